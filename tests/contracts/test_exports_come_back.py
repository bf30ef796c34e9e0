"""Every export that holds masks can be imported again, as exactly as its format can carry them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.domain.dataset_import import ForeignMask, ImportFormat
from app.domain.export import ExportFormat, ExportReport, Split
from app.exporters.archive import WRITERS, write_archive
from app.importers.open_reader import open_reader
from sam_core.masks.rle import decode_rle
from tests.helpers.datasets import (
    SHAPES,
    MemoryDataset,
    dataset_of,
    fill_holes,
    image_record,
    mask_record,
    overlapping,
)
from tests.helpers.foreign_archives import reasons

WITH_MASKS = sorted(set(WRITERS) - {ExportFormat.CSV})
Found = dict[str, list[tuple[str, np.ndarray]]]


def come_back(
    dataset: MemoryDataset, kind: ExportFormat, folder: Path, split: Split | None = None
) -> tuple[Found, list[str]]:
    """Export and read again; return class and pixels of the masks by the hash of their image."""
    path = folder / f"{kind}.zip"
    write_archive(dataset, path, split, ExportReport(kind))
    found_format, reader = open_reader(path)
    assert found_format == ImportFormat(kind.value)
    head = reader.head()
    assert {image.sha256 for image in head.images.values()} == {
        image.sha256 for image in dataset.all_images
    }
    masks = list(reader.masks(head))
    found: Found = {}
    for mask in masks:
        if isinstance(mask, ForeignMask):
            pixels = decode_rle({"size": [mask.height, mask.width], "counts": mask.counts})
            name = head.categories[mask.category].name
            found.setdefault(head.images[mask.image].sha256, []).append((name, pixels))
    return found, reasons(masks)


@pytest.mark.parametrize("kind", WITH_MASKS)
@pytest.mark.parametrize("split", [None, Split(30, 30)])
def test_every_shape_comes_back_on_its_image(
    kind: ExportFormat, split: Split | None, tmp_path: Path
) -> None:
    dataset = dataset_of(*SHAPES.values())
    found, refused = come_back(dataset, kind, tmp_path, split)
    assert refused == []
    for image, pixels in zip(dataset.all_images, SHAPES.values(), strict=False):
        ((name, returned),) = found[image.sha256]
        expected = fill_holes(pixels) if kind is ExportFormat.YOLO else pixels
        assert np.array_equal(returned, expected)
        assert name == "object"


@pytest.mark.parametrize("kind", WITH_MASKS)
def test_equal_names_and_names_that_no_system_takes_are_told_apart(
    kind: ExportFormat, tmp_path: Path
) -> None:
    names = ("a.jpg", "a.jpg", "a.png", "b/c:?.v2.jpg", "..", "Käse 奶酪.jpg")
    images = [image_record(number, name, 3, 4) for number, name in enumerate(names, start=1)]
    masks = [mask_record(number, number, SHAPES["border"], 3) for number in range(1, 7)]
    found, _ = come_back(MemoryDataset(tuple(images), tuple(masks)), kind, tmp_path)
    assert {key: [name for name, _ in own] for key, own in found.items()} == {
        image.sha256: ["Größe ñ 👍"] for image in images
    }


random_masks = arrays(np.bool_, (7, 9)).filter(np.any)


@given(masks=st.lists(random_masks, min_size=1, max_size=4))
def test_objects_that_overlap_come_back_as_they_were_painted(
    masks: list[np.ndarray], tmp_path_factory: pytest.TempPathFactory
) -> None:
    dataset = overlapping(*masks)
    folder = tmp_path_factory.mktemp("exports")
    whole, _ = come_back(dataset, ExportFormat.LABELME, folder)
    ((_, returned),) = whole.items()
    assert [pixels.tolist() for _, pixels in returned] == [mask.tolist() for mask in masks]
    cut, refused = come_back(dataset, ExportFormat.INSTANCE_PNG, folder)
    seen = [pixels for own in cut.values() for _, pixels in own]
    assert np.array_equal(np.sum(seen, axis=0), np.any(masks, axis=0).astype(int))
    assert len(seen) + len(refused) == len(masks)
