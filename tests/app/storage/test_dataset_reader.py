"""A reader sees one moment of the store, in the order of the ids, without what was deleted."""

from __future__ import annotations

import pytest

from app.domain.annotation import MaskMeasures
from app.domain.category import CategoryContent
from app.domain.image_record import NewImage
from app.domain.object_details import ObjectDetails
from app.errors import NotFoundError
from app.storage import dataset_reader
from app.storage.annotation_store import AnnotationStore
from app.storage.category_store import CategoryStore
from app.storage.database import Database
from app.storage.dataset_reader import open_dataset
from app.storage.image_store import ImageStore
from app.storage.project_store import ProjectStore
from tests.helpers.app_fixtures import content

MEASURES = MaskMeasures(120, (5, 4, 15, 8))


def add_image(database: Database, number: int, name: str = "a.jpg") -> int:
    image = NewImage(name, 48, 32, f"{number:064x}", 9, "image/png", "image/png", True)
    return ImageStore(database).add(image)[0].id


def keep(database: Database, image_id: int, **more: object) -> int:
    store = AnnotationStore(database)
    return store.add(image_id, content(**more), MEASURES)[0].id  # type: ignore[arg-type]


def test_masks_come_by_id_and_by_image(database: Database) -> None:
    images = [add_image(database, number) for number in range(3)]
    first, second, third = (keep(database, images[n]) for n in (2, 0, 2))
    with open_dataset(database) as dataset:
        assert [mask.id for mask in dataset.masks()] == [first, second, third]
        by_image = [(image.id, [m.id for m in own]) for image, own in dataset.masks_by_image()]
    assert by_image == [(images[0], [second]), (images[1], []), (images[2], [first, third])]


def test_a_mask_has_everything_that_was_kept(database: Database) -> None:
    image_id = add_image(database, 1)
    details = ObjectDetails({"wet": True}, 4, True, "look")
    keep(database, image_id, details=details)
    with open_dataset(database) as dataset:
        (mask,), (annotation,) = dataset.masks(), dataset.annotations()
    assert (mask.image_id, mask.category_id, mask.area, mask.is_crowd) == (image_id, 1, 120, True)
    assert mask.bbox_xywh == [5, 4, 15, 8]
    assert (mask.attributes_json, mask.group_id, mask.notes) == ('{"wet": true}', 4, "look")
    assert mask.coco_rle == content().mask.to_coco()
    assert (annotation.content, annotation.measures) == (content(details=details), MEASURES)


def test_what_was_deleted_is_not_there(database: Database) -> None:
    kept_image, gone_image = add_image(database, 1), add_image(database, 2)
    kept, gone = keep(database, kept_image), keep(database, kept_image)
    keep(database, gone_image)
    AnnotationStore(database).delete(gone, None)
    ImageStore(database).delete(gone_image)
    with open_dataset(database) as dataset:
        assert [image.id for image in dataset.images()] == [kept_image]
        assert [mask.id for mask in dataset.masks()] == [kept]
        assert [annotation.id for annotation in dataset.annotations()] == [kept]
        assert (dataset.facts.image_count, dataset.facts.annotation_count) == (1, 1)


def test_facts_name_what_there_is_once(database: Database) -> None:
    images = [add_image(database, n, name) for n, name in enumerate(("b", "a", "b"))]
    for author in ("Grace", "Ada", "Ada", ""):
        keep(database, images[0], author=author, model_id="cafe" if author else None)
    with open_dataset(database) as dataset:
        facts = dataset.facts
    assert (facts.authors, facts.model_ids) == (("Ada", "Grace"), ("cafe",))
    assert facts.repeated_file_names == ("b",)
    assert facts.newest_change.startswith("20")


def test_an_empty_store_has_no_newest_change(database: Database) -> None:
    with open_dataset(database) as dataset:
        assert dataset.facts.newest_change == ""
        assert [one.content.name for one in dataset.categories] == ["object"]


def test_what_is_saved_meanwhile_is_not_seen(database: Database) -> None:
    image_id = add_image(database, 1)
    kept = keep(database, image_id)
    with open_dataset(database) as dataset:
        assert [mask.id for mask in dataset.masks()] == [kept]
        keep(database, image_id)
        CategoryStore(database).add(CategoryContent("late"))
        assert [mask.id for mask in dataset.masks()] == [kept]
        assert len(dataset.categories) == 1


def test_rows_are_read_in_pieces_and_counted(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset_reader, "_ROWS_AT_ONCE", 2)
    image_id = add_image(database, 1)
    for _ in range(5):
        keep(database, image_id)
    pieces: list[int] = []
    with open_dataset(database) as dataset:
        dataset.on_rows = pieces.append
        assert len(list(dataset.masks())) == 5
    assert pieces == [2, 2, 1]


def test_one_project_can_be_chosen(database: Database) -> None:
    keep(database, add_image(database, 1))
    project = ProjectStore(database).add("second")
    image = NewImage("b.jpg", 48, 32, "b" * 64, 9, "image/png", "image/png", True)
    other = ImageStore(database).add(image, project.id)[0]
    with open_dataset(database, project.id) as dataset:
        assert [one.id for one in dataset.images()] == [other.id]
        assert list(dataset.masks()) == []
        assert [one.project_id for one in dataset.categories] == [project.id]
    ProjectStore(database).delete(project.id)
    with open_dataset(database) as dataset:
        assert dataset.facts.image_count == 1
    with (
        pytest.raises(NotFoundError, match="project must exist"),
        open_dataset(database, project.id),
    ):
        pass
