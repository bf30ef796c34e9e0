"""PNG images in which every pixel says whose it is, taken apart into masks."""

import io
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pycocotools import mask as coco_mask

from app.importers.segmentations import LARGEST_PIXELS

BACKGROUND = 0
_OF_ONE_CHANNEL = ("1", "L", "P", "I", "I;16", "I;16B")


class UnusableMap(Exception):
    """A PNG image cannot be read as a map of numbers; the text is the code of the reason."""


def read_label_map(content: bytes) -> NDArray[np.int64]:
    """Return the numbers (height, width) of a PNG image.

    Palettes are not applied. Colours are read as COCO panoptic has them: red, 256 times green and
    65536 times blue together.

    Raises:
        UnusableMap: If it is damaged, too large, or not a PNG image.
    """
    with _opened(content) as picture:
        try:
            picture.load()
        except Exception as error:  # decoders of damaged files raise anything
            raise UnusableMap("file_damaged") from error
        if picture.mode in _OF_ONE_CHANNEL:
            return np.asarray(picture).astype(np.int64)
        colors = np.asarray(picture.convert("RGB")).astype(np.int64)
        return np.asarray(colors[..., 0] + 256 * colors[..., 1] + 65536 * colors[..., 2])


def read_map_size(content: bytes) -> tuple[int, int]:
    """Return height and width of a PNG image without reading its pixels.

    Raises:
        UnusableMap: If it is damaged, too large, or not a PNG image.
    """
    with _opened(content) as picture:
        return picture.height, picture.width


def split_label_map(labels: NDArray[np.int64]) -> Iterator[tuple[int, str]]:
    """Give the mask of every number of a map but 0, by number.

    Args:
        labels: (height, width).

    Yields:
        The number and the compressed code of its pixels.

    Example:
        >>> list(split_label_map(np.array([[7, 0], [7, 9]])))
        [(7, '022'), (9, '31')]
    """
    height, width = labels.shape
    line = labels.T.ravel()  # codes go down the columns
    starts = np.concatenate([[0], np.flatnonzero(line[1:] != line[:-1]) + 1])
    ends = np.append(starts[1:], line.size)
    owners = line[starts]
    order = np.argsort(owners, kind="stable")
    values, firsts = np.unique(owners[order], return_index=True)
    for value, runs in zip(values.tolist(), np.split(order, firsts[1:]), strict=True):
        if value == BACKGROUND:
            continue
        edges = np.stack([starts[runs], ends[runs]], axis=-1).ravel()
        counts = np.diff(np.concatenate([[0], edges, [line.size]])).tolist()
        if counts[-1] == 0:
            counts.pop()
        code = coco_mask.frPyObjects({"size": [height, width], "counts": counts}, height, width)
        yield value, str(code["counts"].decode("ascii"))


def _opened(content: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(content), formats=("PNG",))
    except Exception as error:  # decoders of damaged files raise anything
        raise UnusableMap("file_damaged") from error
    if picture.width * picture.height > LARGEST_PIXELS:
        raise UnusableMap("map_too_large")
    return picture
