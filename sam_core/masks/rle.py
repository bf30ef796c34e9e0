"""COCO run-length codes: the truth about a mask, exact at image size.

The code counts runs of equal pixels down the columns, background first. ``counts`` is
the compressed text of the COCO format: five bits and a "more follows" bit per
character; from the fourth run on, its difference to the run two before.
"""

from collections.abc import Mapping
from typing import NoReturn, TypedDict

import numpy as np
from jaxtyping import Bool, Int
from numpy.typing import NDArray
from pycocotools import mask as coco_mask

from sam_core.errors import MaskError

_FIRST_CHARACTER = 48
_PAYLOAD_BITS = 5
_MORE_FLAG = 0x20
_SIGN_FLAG = 0x10
_LARGEST_CHARACTER_VALUE = 0x3F
_LARGEST_RUN = 2**31 - 1
_LONGEST_NUMBER = 7  # characters: 35 bits hold any run of an image below 2**31 pixels


class Rle(TypedDict):
    """One mask as COCO keeps it: ``size`` is height, width."""

    size: list[int]
    counts: str


def encode_rle(mask: Bool[np.ndarray, "h w"]) -> Rle:
    """Return the compressed COCO code of a mask; nothing is lost.

    Args:
        mask: True inside the object.

    Example:
        >>> mask = np.eye(3, dtype=bool)
        >>> bool((decode_rle(encode_rle(mask)) == mask).all())
        True
    """
    code = coco_mask.encode(np.asfortranarray(mask, dtype=np.uint8))
    height, width = mask.shape
    return Rle(size=[int(height), int(width)], counts=code["counts"].decode("ascii"))


def decode_rle(rle: Mapping[str, object]) -> Bool[np.ndarray, "h w"]:
    """Return the mask of a compressed COCO code.

    The code is checked first, because it may come from a request or a file and the C
    decoder of pycocotools trusts whatever it gets.

    Args:
        rle: ``size`` (height, width) and ``counts`` (text).

    Raises:
        MaskError: If a part is missing or malformed, or the runs do not fill the size.
    """
    runs, height, width = _checked_runs(rle)
    values = np.zeros(runs.size, dtype=np.bool_)
    values[1::2] = True
    return np.repeat(values, runs).reshape(width, height).T


def rle_area(rle: Mapping[str, object]) -> int:
    """Return how many pixels the mask has.

    Raises:
        MaskError: If the code is malformed.
    """
    runs, _, _ = _checked_runs(rle)
    return int(runs[1::2].sum())


def rle_bbox(rle: Mapping[str, object]) -> list[int]:
    """Return the tight box of the mask: left, top, width, height in pixels.

    Returns:
        Four zeros for an empty mask.

    Raises:
        MaskError: If the code is malformed.
    """
    runs, height, _ = _checked_runs(rle)
    ends = np.cumsum(runs)
    starts, stops = (ends - runs)[1::2], ends[1::2]
    starts, stops = starts[stops > starts], stops[stops > starts]
    if starts.size == 0:
        return [0, 0, 0, 0]
    left, right = int(starts[0] // height), int((stops[-1] - 1) // height)
    crosses_column = bool(np.any(starts // height != (stops - 1) // height))
    top = 0 if crosses_column else int((starts % height).min())
    bottom = height - 1 if crosses_column else int(((stops - 1) % height).max())
    return [left, top, right - left + 1, bottom - top + 1]


def sample_rle(
    rle: Mapping[str, object], rows: Int[np.ndarray, " m"], columns: Int[np.ndarray, " n"]
) -> Bool[np.ndarray, "m n"]:
    """Return the mask at some pixels only, without decoding the others.

    Args:
        rle: ``size`` (height, width) and ``counts`` (text).
        rows: From 0, below the height.
        columns: From 0, below the width.

    Raises:
        MaskError: If the code is malformed.
    """
    runs, height, _ = _checked_runs(rle)
    places = columns[None, :].astype(np.int64) * height + rows[:, None]
    run_indices = np.searchsorted(np.cumsum(runs), places, side="right")
    inside: NDArray[np.bool_] = run_indices % 2 == 1
    return inside


def _checked_runs(rle: Mapping[str, object]) -> tuple[Int[np.ndarray, " runs"], int, int]:
    height, width = _checked_size(rle.get("size"))
    counts = rle.get("counts")
    if not isinstance(counts, str):
        raise MaskError(
            f"rle counts must be a compressed COCO text, got {type(counts).__name__}; "
            "encode the mask with pycocotools or encode_rle"
        )
    runs = _parse_counts(counts)
    total = int(runs.sum())
    if total != height * width:
        raise MaskError(
            f"rle runs must add up to {height} x {width} = {height * width} pixels, got {total}; "
            "encode the mask at the size of its image"
        )
    return runs, height, width


def _checked_size(size: object) -> tuple[int, int]:
    if isinstance(size, list | tuple):
        match list(size):
            case [int(height), int(width)] if height > 0 and width > 0:
                return height, width
    raise MaskError(f"rle size must be two positive integers (height, width), got {size!r}")


def _parse_counts(counts: str) -> Int[np.ndarray, " runs"]:
    numbers = _parse_numbers(counts)
    # From the fourth on, each is the difference to the run two before.
    numbers[1::2] = numbers[1::2].cumsum()
    numbers[2::2] = numbers[2::2].cumsum()
    if numbers.size and int(numbers.min()) < 0:
        raise MaskError("rle runs must not be negative; the counts text is damaged")
    if numbers.size and int(numbers.max()) > _LARGEST_RUN:
        # Sums of larger ones could overflow, and come out as the right number of pixels.
        _refuse_long_run()
    return numbers


def _parse_numbers(counts: str) -> Int[np.ndarray, " numbers"]:
    values = np.frombuffer(counts.encode("utf-8"), dtype=np.uint8).astype(np.int64)
    values -= _FIRST_CHARACTER
    if values.size and (values.min() < 0 or values.max() > _LARGEST_CHARACTER_VALUE):
        raise MaskError("rle counts must hold only the characters '0' to 'o' of the COCO code")
    last_of_number = np.flatnonzero((values & _MORE_FLAG) == 0)
    if values.size and (last_of_number.size == 0 or last_of_number[-1] != values.size - 1):
        raise MaskError("rle counts must end with a complete number; the text is cut off")
    first_of_number = np.concatenate([[0], last_of_number[:-1] + 1])[: last_of_number.size]
    lengths = last_of_number - first_of_number + 1
    if lengths.size and int(lengths.max()) > _LONGEST_NUMBER:
        _refuse_long_run()
    position = np.arange(values.size) - np.repeat(first_of_number, lengths)
    parts = (values & ~_MORE_FLAG) << (_PAYLOAD_BITS * position)
    numbers = np.add.reduceat(parts, first_of_number) if values.size else parts
    negative = (values[last_of_number] & _SIGN_FLAG) != 0
    signed: NDArray[np.int64] = numbers - (negative.astype(np.int64) << (_PAYLOAD_BITS * lengths))
    return signed


def _refuse_long_run() -> NoReturn:
    raise MaskError("rle counts must hold runs below 2**31; the text is damaged")
