"""A whole data set in the memory of the training device, so that no step waits for a disk."""

import logging
from collections.abc import Iterator
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import UInt8
from PIL import Image
from torch import Tensor
from torch.nn import functional

from sam_core.data.records import ImageRecord, MaskDataset, decode_mask, read_image
from sam_core.errors import DatasetError

MASK_CELL = 2
"""Pixels of a stored image per cell of its stored masks, along each side."""

logger = logging.getLogger(__name__)


class ResidentImages(NamedTuple):
    """Every image of a data set and its masks, on one device.

    Images lie in the upper left corner of a square canvas. Those longer than the canvas are
    scaled down, shorter ones keep their size.
    """

    pixels: Tensor
    """(n, 3, side, side) uint8 RGB, 0 beside the image."""
    sizes: Tensor
    """(n, 2) float32: height and width of each image on its canvas, in pixels."""
    masks: Tensor
    """(m, side / 2, side / 2) uint8: coverage of each cell, 0 to 255."""
    first: Tensor
    """(n,) int64: where the masks of an image begin; they lie one after the other."""
    masks_of: Tensor
    """(n,) int64: how many masks each image has, 1 or more."""


class _Canvas(NamedTuple):
    """One image as a worker process hands it over."""

    pixels: UInt8[np.ndarray, "h w 3"]
    packed_masks: UInt8[np.ndarray, "masks side side/8"]
    problems: list[str]


def load_resident_images(
    dataset: MaskDataset, side: int, device: torch.device, workers: int = 1
) -> ResidentImages:
    """Return a data set as tensors on a device.

    A broken image or mask is logged with its file and id and left out.

    Args:
        dataset: Images with masks.
        side: Side of the canvas in pixels, a multiple of 8.
        device: Where the tensors go.
        workers: Processes that decode; 0 decodes in this process.

    Raises:
        DatasetError: If not one image with a mask could be read.
    """
    pixels: list[Tensor] = []
    sizes: list[tuple[int, int]] = []
    masks: list[Tensor] = []
    for canvas in _read_all(dataset, side, workers):
        for problem in canvas.problems:
            logger.warning("left out: %s", problem)
        if not len(canvas.packed_masks):
            continue
        height, width = canvas.pixels.shape[:2]
        image = torch.from_numpy(canvas.pixels).to(device).permute(2, 0, 1)
        pixels.append(functional.pad(image, (0, side - width, 0, side - height)))
        sizes.append((height, width))
        masks.append(_coverage(torch.from_numpy(canvas.packed_masks).to(device)))
    if not pixels:
        raise DatasetError(
            "data set must have an image with a mask that can be read, got none of "
            f"{len(dataset)}; the log names what is wrong with them"
        )
    counts = torch.tensor([len(part) for part in masks])
    return ResidentImages(
        torch.stack(pixels),
        torch.tensor(sizes, dtype=torch.float32, device=device),
        torch.cat(masks),
        (counts.cumsum(0) - counts).to(device),
        counts.to(device),
    )


def _read_all(dataset: MaskDataset, side: int, workers: int) -> Iterator[_Canvas]:
    read = partial(_read_canvas, side=side)
    if not workers:
        yield from map(read, _records(dataset))
        return
    # Started anew and not forked: a copy of a process that uses an accelerator is not safe.
    with get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(read, _records(dataset), chunksize=16)


def _records(dataset: MaskDataset) -> Iterator[ImageRecord]:
    for index in range(len(dataset)):
        try:
            yield dataset[index]
        except DatasetError as error:
            logger.warning("left out: %s", error)


def _read_canvas(record: ImageRecord, side: int) -> _Canvas:
    nothing = np.zeros((0, side, side // 8), dtype=np.uint8)
    try:
        image = Image.fromarray(read_image(record))
    except DatasetError as error:
        return _Canvas(np.zeros((0, 0, 3), dtype=np.uint8), nothing, [str(error)])
    scale = min(1.0, side / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    packed: list[np.ndarray] = []
    problems: list[str] = []
    for segmentation in record.segmentations:
        try:
            mask = decode_mask(record, segmentation)
        except DatasetError as error:
            problems.append(str(error))
            continue
        drawn = Image.fromarray(mask.astype(np.uint8) * 255).resize(size, Image.Resampling.BOX)
        canvas = np.zeros((side, side), dtype=bool)
        canvas[: size[1], : size[0]] = np.asarray(drawn) >= 128
        if canvas.any():
            packed.append(np.packbits(canvas, axis=1))
    pixels = np.array(image.resize(size, Image.Resampling.LANCZOS))
    return _Canvas(pixels, np.stack(packed) if packed else nothing, problems)


def _coverage(packed: UInt8[Tensor, "m side side/8"]) -> UInt8[Tensor, "m side/2 side/2"]:
    shifts = torch.arange(7, -1, -1, device=packed.device, dtype=torch.uint8)
    bits = (packed.unsqueeze(-1) >> shifts) & 1  # (m, side, side / 8, 8)
    pixels = bits.flatten(-2).float()
    return (functional.avg_pool2d(pixels, MASK_CELL) * 255).round().to(torch.uint8)
