"""Features of an image as if it were mirrored, for what learns on kept features."""

import numpy as np
from numpy.typing import NDArray

from sam_core.build_sam import PATCH_SIZE
from sam_core.modeling import ImageFeatures
from sam_core.transforms import ResizeLongestSide


def mirrored(
    features: ImageFeatures, image_hw: tuple[int, int], image_size: int
) -> tuple[ImageFeatures, int] | None:
    """Return features of an image with left and right exchanged, and within which width.

    The encoder would not give exactly these, but nearly, and it is not asked again. Only what the
    image covers is exchanged, the padding stays on the right.

    Args:
        features: Of one image.
        image_hw: Height and width of the image.
        image_size: Side of the model input.

    Returns:
        The features, and the width of the image in model pixels, with which what lies on it can
        be mirrored too; ``None`` if the image ends within a cell of the embedding, so that cells
        have no partner.
    """
    _, width = ResizeLongestSide.get_preprocess_shape(*image_hw, image_size)
    if width % PATCH_SIZE:
        return None
    maps = (features.image_embeddings, *features.high_res_features)
    turned = []
    for level in maps:
        columns = width * level.shape[-1] // image_size
        copy = level.clone()
        copy[..., :columns] = level[..., :columns].flip(-1)
        turned.append(copy)
    return ImageFeatures(turned[0], tuple(turned[1:])), width


def mirrored_boxes(boxes_xyxy: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Return boxes of an image with left and right exchanged, as new numbers.

    Args:
        boxes_xyxy: (n, 4) edges in model pixels.
        width: Of the image in model pixels.
    """
    boxes = boxes_xyxy.copy()
    boxes[:, [0, 2]] = width - boxes_xyxy[:, [2, 0]]
    return boxes
