"""Archives as other programs pack them, read as an import reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image

from app.domain.dataset_import import (
    AnnotationFileHead,
    AnnotationReader,
    ForeignMask,
    RefusedMask,
)

HEIGHT, WIDTH = 6, 8


def pack(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write an archive and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def png(pixels: np.ndarray) -> bytes:
    """Return a PNG image of numbers, or of colours."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def numbers(**boxes: tuple[int, int, int, int]) -> np.ndarray:
    """Return a map with boxes (left, top, right, bottom); ``n3`` is painted with 3."""
    labels = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    for name, (left, top, right, bottom) in boxes.items():
        labels[top:bottom, left:right] = int(name[1:])
    return labels


def read(
    reader: AnnotationReader, size_hw: tuple[int, int] | None = (HEIGHT, WIDTH)
) -> tuple[AnnotationFileHead, list[ForeignMask | RefusedMask]]:
    """Return all that a reader gives for images of one size that are all found."""
    head = reader.head()
    for key, image in head.images.items():
        if image.height is None and size_hw is not None:
            head.images[key] = image._replace(height=size_hw[0], width=size_hw[1])
    return head, list(reader.masks(head))


def reasons(masks: list[ForeignMask | RefusedMask]) -> list[str]:
    """Return why masks were refused."""
    return [mask.code for mask in masks if isinstance(mask, RefusedMask)]
