"""A trial changes nothing and promises exactly what the import then does."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.context import AppContext
from app.domain.annotation import CocoRle
from app.domain.category import CategoryContent
from app.domain.dataset_import import ImportFormat, ImportReport
from app.domain.export import ExportFormat, ExportOptions, SegmentationKind
from app.domain.object_details import ObjectDetails
from app.errors import ConflictError, NotFoundError, UnprocessableError
from app.services import import_service
from app.services.exact_mask import from_pixels
from app.services.import_service import StagedFile
from tests.helpers.app_fixtures import content
from tests.helpers.coco_files import HEIGHT, WIDTH, annotation, coco, compressed, rectangle, write
from tests.helpers.foreign_archives import pack
from tests.helpers.sample_images import jpeg

CODE = compressed(rectangle(5, 4, 20, 12))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "foreign.json"


def run(context: AppContext, path: Path, document: Any = None) -> ImportReport:
    """Try a file, take it in, and return the report after comparing the two."""
    if document is not None:
        write(path, document)
    staged = StagedFile(path, "foreign.json", None)
    before = [context.annotations.list_for_image(one.id) for one in context.images.list_all()]
    trial = context.imports.run(staged, is_dry_run=True).report
    after = [context.annotations.list_for_image(one.id) for one in context.images.list_all()]
    assert before == after
    report = context.imports.run(staged, is_dry_run=False).report
    assert replace(trial, is_dry_run=False) == report
    return report


def codes(report: ImportReport) -> dict[str, int]:
    return {note.code: note.count for note in report.notes}


def test_a_foreign_mask_becomes_an_annotation(
    context: AppContext, path: Path, image_id: int
) -> None:
    report = run(context, path, coco(annotation(CODE, iscrowd=1, area=1, bbox=[9, 9, 9, 9])))
    assert (report.images, report.images_found, report.annotations) == (1, 1, 1)
    assert (report.added, report.new_categories, report.notes) == (1, ["cat"], [])
    (kept,) = context.annotations.list_for_image(image_id)
    assert kept.content.mask == CocoRle(HEIGHT, WIDTH, CODE["counts"])
    assert (kept.measures.area, kept.measures.bbox_xywh) == (120, (5, 4, 15, 8))
    assert kept.content.details == ObjectDetails(is_crowd=True)
    category = context.categories.get(kept.content.category_id).content
    assert (category.name, category.supercategory) == ("cat", "animal")
    assert (kept.revision, kept.has_logits, kept.content.model_id) == (1, False, None)


def test_an_image_with_imported_masks_is_in_work(
    context: AppContext, path: Path, image_id: int
) -> None:
    run(context, path, coco(annotation(CODE)))
    assert context.images.get(image_id).state == "in_work"


def test_a_class_of_the_same_name_is_used(context: AppContext, path: Path, image_id: int) -> None:
    cat = context.categories.add(CategoryContent("cat"))
    report = run(context, path, coco(annotation(CODE), annotation(CODE)))
    assert (report.new_categories, report.added) == ([], 2)
    (first, _) = context.annotations.list_for_image(image_id)
    assert first.content.category_id == cat.id


def test_a_class_that_is_not_listed_is_called_by_its_id(
    context: AppContext, path: Path, image_id: int
) -> None:
    report = run(context, path, coco(annotation(CODE, category_id=7), categories=[]))
    assert report.new_categories == ["class 7"]
    assert codes(report) == {"category_not_listed": 1}


def test_the_same_file_again_adds_nothing(context: AppContext, path: Path, image_id: int) -> None:
    document = coco(annotation(CODE), annotation(compressed(rectangle(0, 0, 3, 3))))
    assert run(context, path, document).added == 2
    again = run(context, path)
    assert (again.added, again.already_there) == (0, 2)
    assert len(context.annotations.list_for_image(image_id)) == 2


def test_damaged_masks_are_left_out_and_the_others_are_taken(
    context: AppContext, path: Path, image_id: int
) -> None:
    total = HEIGHT * WIDTH
    report = run(
        context,
        path,
        coco(
            annotation({**CODE, "counts": "oooo"}),
            annotation({**CODE, "counts": "é"}),
            annotation({**CODE, "counts": ""}),
            annotation({**CODE, "counts": [total]}),
            annotation(CODE, notes=5),
            annotation([]),
        ),
    )
    assert codes(report) == {
        "mask_missing": 1,
        "mask_invalid": 3,
        "mask_empty": 1,
        "details_dropped": 1,
    }
    assert (report.annotations, report.added) == (6, 1)


def test_a_code_in_another_spelling_is_kept_in_the_canonical_one(
    context: AppContext, path: Path, image_id: int
) -> None:
    runs = [0, 5, 0, 3, HEIGHT * WIDTH - 8]
    run(context, path, coco(annotation({"size": [HEIGHT, WIDTH], "counts": runs})))
    expected = np.zeros(HEIGHT * WIDTH, dtype=np.bool_)
    expected[:8] = True
    (kept,) = context.annotations.list_for_image(image_id)
    assert kept.content.mask == from_pixels(expected.reshape(WIDTH, HEIGHT).T)[0]


def test_masks_of_images_that_are_not_there_are_counted_apart(
    context: AppContext, path: Path, image_id: int
) -> None:
    images = [
        {"id": 1, "file_name": "photo.jpg", "width": WIDTH + 1, "height": HEIGHT},
        {"id": 2, "file_name": "other.jpg", "width": WIDTH, "height": HEIGHT},
    ]
    masks = [annotation(CODE, image_id=number) for number in (1, 2, 2)]
    report = run(context, path, coco(*masks, images=images))
    assert (report.images, report.images_found, report.added) == (2, 0, 0)
    assert codes(report) == {
        "image_size_differs": 1,
        "image_unknown": 1,
        "mask_of_image_size_differs": 1,
        "mask_of_image_unknown": 2,
    }


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_an_own_export_comes_back_bit_for_bit(
    context: AppContext, path: Path, image_id: int, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_service, "_MASKS_AT_ONCE", at_once)
    monkeypatch.setattr(import_service, "_CODES_AT_ONCE", at_once)
    random = np.random.default_rng(0)
    details = ObjectDetails({"wet": True, "size": 2.5}, 3, True, "look 奶")
    for number in range(5):
        mask, _ = from_pixels(random.random((HEIGHT, WIDTH)) < 0.5)
        said = content(mask=mask, details=details if number else ObjectDetails())
        context.annotations.add(image_id, said)
    kept = context.annotations.list_for_image(image_id)
    export = context.exports.make(ExportOptions())
    for one in kept:
        context.annotations.delete(one.id, None)
    report = run(context, export.file.path)
    assert (report.added, report.notes) == (5, [])
    found = context.annotations.list_for_image(image_id)
    assert [(one.content.mask, one.content.details, one.measures) for one in found] == [
        (one.content.mask, one.content.details, one.measures) for one in kept
    ]


def test_polygons_of_an_own_export_come_back_too(
    context: AppContext, path: Path, image_id: int
) -> None:
    kept, _ = context.annotations.add(image_id, content())
    export = context.exports.make(ExportOptions(segmentation=SegmentationKind.POLYGONS))
    context.annotations.delete(kept.id, None)
    assert run(context, export.file.path).added == 1
    (found,) = context.annotations.list_for_image(image_id)
    assert found.content.mask == kept.content.mask


def test_masks_go_to_the_project_that_was_named(context: AppContext, path: Path) -> None:
    project = context.projects.add("second")
    image, _ = context.images.add("photo.jpg", jpeg(), project.id)
    write(path, coco(annotation(CODE)))
    context.imports.run(StagedFile(path, "", project.id), is_dry_run=False)
    (kept,) = context.annotations.list_for_image(image.id)
    assert context.categories.get(kept.content.category_id).project_id == project.id
    with pytest.raises(NotFoundError, match="project must exist"):
        context.imports.run(StagedFile(path, "", 99), is_dry_run=True)


def test_only_a_trial_that_is_done_can_be_confirmed(context: AppContext, image_id: int) -> None:
    file = io.BytesIO(json.dumps(coco(annotation(CODE))).encode())
    trial = context.imports.start("a.json", file, None)
    broken = context.imports.start("b.json", io.BytesIO(b"{"), None)
    done = context.imports.confirm(finished(context, trial.id))
    finished(context, done.id)
    assert len(context.annotations.list_for_image(image_id)) == 1
    for number in (done.id, broken.id):
        with pytest.raises(ConflictError, match="only a trial that is done"):
            context.imports.confirm(number)


def finished(context: AppContext, number: int) -> int:
    while context.imports.job(number).phase not in {"done", "failed"}:
        pass
    return number


def test_a_broken_file_is_refused_and_changes_nothing(
    context: AppContext, path: Path, image_id: int
) -> None:
    path.write_text(json.dumps(coco(annotation(CODE)))[:-5])
    with pytest.raises(UnprocessableError, match="must be one JSON object"):
        context.imports.run(StagedFile(path, "", None), is_dry_run=True)
    assert context.annotations.list_for_image(image_id) == []


@pytest.mark.parametrize("kind", [one for one in ExportFormat if one is not ExportFormat.CSV])
def test_an_export_of_any_format_comes_back_and_is_there_already(
    context: AppContext, image_id: int, kind: ExportFormat
) -> None:
    context.annotations.add(image_id, content())
    export = context.exports.make(ExportOptions(kind, with_provenance=True))
    report = run(context, export.file.path)
    assert report.format == ImportFormat(kind.value)
    assert (report.images_found, report.annotations, report.added) == (1, 1, 0)
    assert (report.already_there, report.new_categories, report.notes) == (1, [], [])


def test_masks_of_archives_for_images_that_are_not_there_say_so(
    context: AppContext, path: Path, image_id: int
) -> None:
    files = {"labels/photo.txt": "0 0 0 1 0 1 1\n", "labels/other.txt": "0 0 0 1 0 1 1\n"}
    report = run(context, pack(path, {**files, "data.yaml": "names: [cat]"}))
    assert (report.images, report.images_found, report.added) == (2, 1, 1)
    assert codes(report) == {"image_unknown": 1, "mask_of_image_unknown": 1}
    assert len(context.annotations.list_for_image(image_id)) == 1
