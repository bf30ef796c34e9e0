"""All formats with files per image: every mask is compared, equal data give equal files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.domain.export import ExportFormat, ExportReport, Split
from app.errors import ServerFaultError
from app.exporters import archive
from app.exporters.archive import WRITERS, write_archive
from app.exporters.image_writer import NamedFile
from tests.helpers.datasets import SHAPES, MemoryDataset, dataset_of
from tests.helpers.export_archives import export


@pytest.mark.parametrize("kind", WRITERS)
def test_every_mask_of_every_shape_is_written_and_compared(kind: ExportFormat) -> None:
    _, report = export(dataset_of(*SHAPES.values()), kind)
    assert (report.images, report.categories) == (len(SHAPES) + 1, 2)
    assert report.annotations == report.compared == len(SHAPES)


@pytest.mark.parametrize("kind", WRITERS)
def test_an_empty_dataset_is_an_archive_too(kind: ExportFormat) -> None:
    _, report = export(MemoryDataset(), kind)
    assert (report.images, report.annotations, report.losses) == (0, 0, [])


@pytest.mark.parametrize("kind", WRITERS)
def test_equal_datasets_give_equal_files(kind: ExportFormat) -> None:
    masks = tuple(SHAPES.values())
    assert export(dataset_of(*masks), kind) == export(dataset_of(*masks), kind)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_split_deals_out_every_image_once(kind: ExportFormat) -> None:
    split = Split(val_percent=30, test_percent=30)
    _, report = export(dataset_of(*[SHAPES["full"]] * 30), kind, split)
    assert sum(report.parts.values()) == report.images == 31
    assert set(report.parts) == {"train", "val", "test"}


@pytest.mark.parametrize("kind", [kind for kind in WRITERS if kind is not ExportFormat.CSV])
def test_a_file_that_does_not_give_the_masks_is_refused(
    tmp_path: Path, kind: ExportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, wrong = dataset_of(SHAPES["full"]), dataset_of(SHAPES["border"])
    writer = WRITERS[kind]

    class Confused(writer):  # type: ignore[misc,valid-type]
        def write(self, image: object, masks: object, place: object) -> Iterator[NamedFile]:
            del masks
            yield from super().write(image, list(wrong.masks()), place)

    monkeypatch.setitem(archive.WRITERS, kind, Confused)
    one_image = MemoryDataset(right.all_images[:1], right.all_masks)
    with pytest.raises(ServerFaultError, match="export must give the stored masks"):
        write_archive(one_image, tmp_path / "a.zip", None, ExportReport(kind))


@pytest.mark.parametrize("kind", WRITERS)
def test_names_lead_nowhere_outside_of_the_archive(kind: ExportFormat) -> None:
    dataset = dataset_of(*[SHAPES["full"]] * 3)
    names = ["../../etc/passwd", "a\\b\x00c:?.jpg", "..", "CON "]
    images = [
        image._replace(file_name=name)
        for image, name in zip(dataset.all_images, names, strict=True)
    ]
    files, _ = export(MemoryDataset(tuple(images), dataset.all_masks), kind)
    for name in files:
        assert not name.startswith(("/", ".."))
        assert not set(name) & set('\\:?\x00<>"|*')
        assert "/../" not in name


def test_masks_of_large_images_are_written(tmp_path: Path) -> None:
    pixels = np.zeros((1500, 2000), dtype=np.bool_)
    pixels[3:1400, 5:1999] = True
    pixels[500:600, 500:600] = False
    for kind in WRITERS:
        path = tmp_path / f"{kind}.zip"
        report = ExportReport(kind)
        write_archive(dataset_of(pixels), path, None, report)
        assert report.compared == 1
        assert zipfile.is_zipfile(path)
