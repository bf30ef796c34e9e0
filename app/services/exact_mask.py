"""Masks that come in are checked here; area and box always follow from the mask."""

import numpy as np
from numpy.typing import NDArray

from app.domain.annotation import CocoRle, MaskMeasures
from app.errors import UnprocessableError
from sam_core.errors import MaskError
from sam_core.masks.rle import Rle, decode_rle, encode_rle, rle_area, rle_bbox
from sam_core.masks.rle_batch import measure_codes

# A run of one pixel needs at most two characters, longer runs need fewer per pixel; twice
# that leaves room for the empty runs that some encoders write.
_LONGEST_CODE_PER_PIXEL = 4


def from_pixels(pixels: NDArray[np.bool_]) -> tuple[CocoRle, MaskMeasures]:
    """Return the code and the measures of a mask.

    Args:
        pixels: (height, width), true inside the object.
    """
    code = encode_rle(pixels)
    height, width = code["size"]
    return CocoRle(height, width, code["counts"]), _measure(code)


def check_mask(mask: CocoRle, image_size_hw: tuple[int, int]) -> tuple[CocoRle, MaskMeasures]:
    """Return a mask in its one canonical code, and its measures.

    The pixels stay as they are; only runs of length zero, which some encoders write, go.

    Args:
        mask: As a client sent it.
        image_size_hw: Height and width that the mask must have.

    Raises:
        UnprocessableError: If the size is another one, the code is damaged, or no pixel is set.
    """
    height, width = image_size_hw
    if (mask.height, mask.width) != image_size_hw:
        raise UnprocessableError(
            "mask_size_mismatch",
            f"segmentation size must be [{height}, {width}], the height and width of the image, "
            f"got [{mask.height}, {mask.width}]",
            "encode the mask at the size of the upright image",
        )
    longest = _LONGEST_CODE_PER_PIXEL * (height * width + 1)
    if len(mask.counts) > longest:
        raise UnprocessableError(
            "mask_invalid",
            f"counts must have at most {longest} characters for this image, got {len(mask.counts)}",
            "leave out runs of length zero",
        )
    canonical, measures = _check_code(mask)
    if measures.area == 0:
        raise UnprocessableError(
            "mask_empty",
            "segmentation must have at least one pixel, got an empty mask",
            "click on the object first",
        )
    return canonical, measures


def _check_code(mask: CocoRle) -> tuple[CocoRle, MaskMeasures]:
    measured = measure_codes([mask.counts], np.array([[mask.height, mask.width]]))
    if measured.is_canonical[0]:  # nearly always; its pixels need not be made
        left, top, width, height = measured.bbox_xywh[0].tolist()
        return mask, MaskMeasures(int(measured.area[0]), (left, top, width, height))
    try:
        code = encode_rle(decode_rle(mask.to_coco()))
    except MaskError as error:
        raise UnprocessableError(
            "mask_invalid", str(error), "encode the mask as compressed COCO RLE"
        ) from error
    return CocoRle(mask.height, mask.width, code["counts"]), _measure(code)


def _measure(code: Rle) -> MaskMeasures:
    left, top, width, height = rle_bbox(code)
    return MaskMeasures(rle_area(code), (left, top, width, height))
