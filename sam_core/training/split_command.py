"""``python -m sam_core.training split``: photographs to learn from, and others kept apart."""

import argparse
import gzip
import json
import sys
from pathlib import Path
from typing import Any

from sam_core.errors import DatasetError
from sam_core.training.evaluate_command import positive_number

DEFAULT_EVERY = 21


def add_split_command(commands: Any) -> None:
    """Add the command to the subparsers of the command line."""
    parser = commands.add_parser("split", help="one annotation file into fit and calibrate")
    parser.add_argument("--annotations", type=Path, required=True, help="COCO JSON, .gz or not")
    parser.add_argument("--output", type=Path, required=True, help="folder of the two files")
    parser.add_argument(
        "--every",
        type=positive_number,
        default=DEFAULT_EVERY,
        help=f"every so many images one is kept apart (default {DEFAULT_EVERY})",
    )
    parser.set_defaults(run=run_split)


def run_split(options: argparse.Namespace) -> int:
    """Write ``fit.json.gz`` and ``calibrate.json.gz``, and return the exit status."""
    parts = split_coco(_read(options.annotations), options.every)
    options.output.mkdir(parents=True, exist_ok=True)
    for name, part in zip(("fit", "calibrate"), parts, strict=True):
        path = options.output / f"{name}.json.gz"
        # No name and no time in the file: the same input gives the same bytes.
        with path.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
            file.write(json.dumps(part).encode())
        images, masks = len(part["images"]), len(part["annotations"])
        sys.stdout.write(f"{path}: {images} images, {masks} masks\n")
    return 0


def split_coco(document: dict[str, Any], every: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a COCO document without, and with only, each ``every``-th image.

    Counted are the images in the order of the file, and the last of each group is kept apart.

    Args:
        document: The content of the file.
        every: Size of a group, 2 or more.

    Raises:
        DatasetError: If a part would have no image, or the document is not COCO's.

    Example:
        >>> images = [{"id": number} for number in range(5)]
        >>> fit, apart = split_coco({"images": images, "annotations": []}, 2)
        >>> [image["id"] for image in apart["images"]]
        [1, 3]
    """
    try:
        images, annotations = document["images"], document["annotations"]
        apart = {image["id"] for image in images[every - 1 :: every]}
        owners = [annotation["image_id"] for annotation in annotations]
    except (KeyError, TypeError) as error:
        raise DatasetError(
            f"annotation file must have images with ids and annotations, got {error!r}"
        ) from error
    if every < 2 or not apart:
        raise DatasetError(
            f"every must be 2 or more and at most the number of images, got {every} for "
            f"{len(images)} images"
        )

    def part(is_apart: bool) -> dict[str, Any]:
        return document | {
            "images": [image for image in images if (image["id"] in apart) == is_apart],
            "annotations": [
                annotation
                for annotation, owner in zip(annotations, owners, strict=True)
                if (owner in apart) == is_apart
            ],
        }

    return part(False), part(True)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
        document = json.loads(gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)
    except (OSError, EOFError, ValueError) as error:
        raise DatasetError(f"annotation file must be readable JSON, got {error}") from error
    if not isinstance(document, dict):
        raise DatasetError(f"annotation file must hold an object, got {type(document).__name__}")
    return document
