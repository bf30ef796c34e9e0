"""Exports hold what is kept, and nothing that was deleted."""

from __future__ import annotations

import errno
import json
import os
import zipfile
from pathlib import Path

import pytest

from app.context import AppContext
from app.domain.export import ExportFormat, ExportOptions, Split
from app.errors import AppError, ServerFaultError
from app.services import export_service
from tests.helpers.app_fixtures import content
from tests.helpers.sample_images import jpeg


def files_of(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def test_deleted_images_and_annotations_are_left_out(context: AppContext, image_id: int) -> None:
    kept, gone = (context.annotations.add(image_id, content())[0] for _ in range(2))
    context.annotations.delete(gone.id, None)
    hidden, _ = context.images.add("b.jpg", jpeg(seed=1))
    context.annotations.add(hidden.id, content())
    context.images.delete(hidden.id)
    export = context.exports.make(ExportOptions())
    document = json.loads(export.file.path.read_bytes())
    assert [one["id"] for one in document["annotations"]] == [kept.id]
    assert [one["id"] for one in document["images"]] == [image_id]
    assert (export.report.annotations, export.report.compared) == (1, 1)


def test_ids_stay_the_same_from_export_to_export(context: AppContext, image_id: int) -> None:
    first, second = (context.annotations.add(image_id, content())[0] for _ in range(2))
    context.annotations.delete(first.id, None)
    document = json.loads(context.exports.make(ExportOptions()).file.path.read_bytes())
    assert [one["id"] for one in document["annotations"]] == [second.id]


def test_an_export_with_provenance_is_an_archive(context: AppContext, image_id: int) -> None:
    context.annotations.add(image_id, content(author="Ada"))
    export = context.exports.make(ExportOptions(with_provenance=True))
    assert export.file.media_type == "application/zip"
    with zipfile.ZipFile(export.file.path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["annotations.json", "provenance.jsonl", "report.json"]
        assert json.loads(archive.read("provenance.jsonl"))["author"] == "Ada"
        assert json.loads(archive.read("report.json"))["compared"] == 1
    assert files_of(export.file.path.parent) == [export.file.path]


@pytest.mark.parametrize("kind", ExportFormat)
def test_every_format_is_made_checked_and_explained(
    context: AppContext, image_id: int, kind: ExportFormat
) -> None:
    context.annotations.add(image_id, content())
    export = context.exports.make(ExportOptions(kind))
    assert (export.report.images, export.report.annotations, export.report.compared) == (1, 1, 1)
    if kind is not ExportFormat.COCO:
        assert export.file.download_name == f"{kind.value}.zip"
        with zipfile.ZipFile(export.file.path) as archive:
            assert json.loads(archive.read("report.json"))["format"] == kind.value


def test_a_split_of_coco_has_a_file_for_every_part(context: AppContext) -> None:
    for number in range(12):
        image, _ = context.images.add(f"{number}.jpg", jpeg(seed=number))
        context.annotations.add(image.id, content())
    export = context.exports.make(ExportOptions(split=Split(30, 30)))
    assert export.report.annotations == export.report.compared == 12
    with zipfile.ZipFile(export.file.path) as archive:
        counts = {
            name: len(json.loads(archive.read(f"{name}.json"))["annotations"])
            for name in ("train", "val", "test")
        }
    assert counts == export.report.parts
    assert sum(counts.values()) == 12


def test_an_export_leaves_only_after_the_check(
    context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ServerFaultError("export_check_failed", "masks must be equal")

    monkeypatch.setattr(export_service, "check_coco", refuse)
    with pytest.raises(ServerFaultError, match="masks must be equal"):
        context.exports.make(ExportOptions())
    assert files_of(context.config.data_dir / "exports") == []


def test_a_full_disk_is_said_and_leaves_nothing_behind(
    context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_up(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(export_service, "write_coco", fill_up)
    with pytest.raises(AppError, match="disk") as caught:
        context.exports.make(ExportOptions())
    assert caught.value.code == "disk_full"
    assert files_of(context.config.data_dir / "exports") == []


def test_the_progress_ends_where_the_export_ends(context: AppContext, image_id: int) -> None:
    context.annotations.add(image_id, content())
    told: list[tuple[int, int]] = []
    context.exports.make(ExportOptions(), lambda done, total: told.append((done, total)))
    assert told[-1] == (4, 4)
