"""What every store of annotations, categories and images promises, with both databases."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import URL
from sqlalchemy.orm import Session

from app.domain.annotation import Annotation, AnnotationContent, CocoRle, MaskMeasures
from app.domain.category import CategoryContent
from app.domain.image_record import ImageState, NewImage
from app.domain.prompts import LowResLogits, Point, Prompts
from app.errors import (
    AnnotationDeletedError,
    ConflictError,
    RevisionConflictError,
    UnprocessableError,
)
from app.storage.annotation_store import AnnotationStore
from app.storage.category_store import CategoryStore
from app.storage.database import Database
from app.storage.engines import sqlite_url
from app.storage.image_store import ImageStore
from app.storage.snapshot import read_dataset
from tests.helpers.app_fixtures import content
from tests.helpers.store_fixtures import KINDS

KEY = "7b0c4f0e-52a1-4d0e-9c1e-0d6b3f5a9e11"
MEASURES = MaskMeasures(120, (5, 4, 15, 8))


def new_image(sha256: str = "aa", name: str = "photo.jpg") -> NewImage:
    return NewImage(name, 48, 32, sha256, 1234, "image/jpeg", "image/jpeg", True)


class Stores:
    """All stores of one database, which can be closed and opened again."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.open()

    def open(self) -> None:
        self.database = Database(self.url)
        self.images = ImageStore(self.database)
        self.categories = CategoryStore(self.database)
        self.annotations = AnnotationStore(self.database)

    def reopen(self) -> None:
        self.database.close()
        self.open()


@pytest.fixture
def stores(database_url: URL) -> Iterator[Stores]:
    stores = Stores(database_url)
    yield stores
    stores.database.close()


def keep(stores: Stores, **more: object) -> Annotation:
    image, _ = stores.images.add(new_image())
    kept, _ = stores.annotations.add(image.id, content(**more), MEASURES)  # type: ignore[arg-type]
    return kept


def full_content() -> AnnotationContent:
    prompts = Prompts((Point(1.25, 2.5, 1), Point(-0.1, 1e-9, 0)), (0.0, 1.0, 2.5, 3.0))
    return content(
        prompts=prompts,
        low_res_logits=LowResLogits(2, 3, bytes(range(12))),
        model_id="0123456789abcdef",
        predicted_iou=0.123456789,
        author="Ada Løvelace 奶",
        client_key=KEY,
    )


def test_what_is_added_is_found_again_after_a_restart(stores: Stores) -> None:
    image, is_new = stores.images.add(new_image())
    kept, _ = stores.annotations.add(image.id, full_content(), MEASURES)
    category = stores.categories.add(CategoryContent("Käse", "food", "#010203"))
    stores.reopen()
    assert is_new
    assert stores.images.find(image.id) == replace(
        image, annotation_count=1, state=ImageState.IN_WORK, masks_version="1-1-1"
    )
    assert stores.annotations.find(kept.id) == kept
    assert kept.content == full_content()
    assert stores.categories.find(category.id) == category


def test_ids_count_from_one_and_are_never_used_twice(stores: Stores) -> None:
    first = keep(stores)
    assert (first.id, first.image_id, first.content.category_id) == (1, 1, 1)
    stores.annotations.delete(first.id, None)
    assert keep(stores).id == 2


def test_a_list_is_in_order_and_has_no_logits(stores: Stores) -> None:
    kept = [stores.annotations.add(keep(stores).image_id, full_content(), MEASURES)[0]]
    found = stores.annotations.list_for_image(1)
    assert [one.id for one in found] == sorted(one.id for one in found)
    without = replace(kept[0].content, low_res_logits=None)
    assert found[-1] == replace(kept[0], content=without)
    assert found[-1].has_logits


def test_every_change_counts_the_revision(stores: Stores) -> None:
    kept = keep(stores)
    changed = stores.annotations.update(
        kept.id, lambda saved: (replace(saved.content, author="new"), saved.measures), None
    )
    assert changed is not None
    assert (changed.revision, changed.content.author) == (2, "new")
    assert changed.created_at == kept.created_at


def test_an_outdated_change_is_refused_with_the_saved_one(stores: Stores) -> None:
    kept = keep(stores)
    revise = lambda saved: (saved.content, saved.measures)  # noqa: E731
    saved = stores.annotations.update(kept.id, revise, 1)
    with pytest.raises(RevisionConflictError, match="must be 2, the saved one, got 1") as caught:
        stores.annotations.update(kept.id, revise, 1)
    assert caught.value.current == saved
    with pytest.raises(RevisionConflictError):
        stores.annotations.delete(kept.id, 1)
    assert stores.annotations.find(kept.id) == saved


def test_deleted_annotations_leave_lists_and_come_back(stores: Stores) -> None:
    kept = keep(stores)
    deleted = stores.annotations.delete(kept.id, 1)
    assert deleted is not None
    assert deleted.is_deleted
    assert stores.annotations.list_for_image(1) == []
    assert stores.annotations.delete(kept.id, None) is None
    restored = stores.annotations.restore(kept.id)
    assert restored is not None
    assert (restored.content, restored.revision) == (kept.content, 3)
    assert stores.annotations.restore(kept.id) == restored


def test_every_version_stays_and_can_come_back(stores: Stores) -> None:
    image, _ = stores.images.add(new_image())
    first, _ = stores.annotations.add(image.id, full_content(), MEASURES)
    other = MaskMeasures(1, (0, 0, 1, 1))
    plain = content(client_key=KEY, mask=CocoRle(32, 48, "other"))
    stores.annotations.update(first.id, lambda _: (plain, other), None, "Bo")
    stores.annotations.delete(first.id, None, "Cy")
    stores.reopen()
    restored = stores.annotations.restore_version(first.id, 1, 3, "Di")
    assert restored is not None
    assert (restored.content, restored.measures) == (first.content, first.measures)
    history = stores.annotations.history(first.id)
    assert [(one.annotation.revision, one.change.value, one.changed_by) for one in history] == [
        *((4, "restored", "Di"), (3, "deleted", "Cy"), (2, "changed", "Bo")),
        (1, "created", "Ada Løvelace 奶"),
    ]
    assert [one.annotation.content.mask.counts for one in history[1:3]] == ["other", "other"]
    assert [one.annotation.is_deleted for one in history] == [False, True, False, False]
    assert stores.annotations.restore_version(first.id, 9, None) is None
    with pytest.raises(RevisionConflictError):
        stores.annotations.restore_version(first.id, 1, 1)


def test_a_version_whose_category_was_deleted_brings_it_back(stores: Stores) -> None:
    cat = stores.categories.add(CategoryContent("cat"))
    kept = keep(stores, category_id=cat.id)
    stores.annotations.update(kept.id, lambda saved: (content(), saved.measures), None)
    assert stores.categories.delete(cat.id)
    restored = stores.annotations.restore_version(kept.id, 1, None)
    assert restored is not None
    assert restored.content.category_id == cat.id
    assert stores.categories.find(cat.id) == cat


def test_the_last_version_of_a_deleted_annotation_can_be_named(stores: Stores) -> None:
    kept = keep(stores)
    stores.annotations.delete(kept.id, None)
    restored = stores.annotations.restore_version(kept.id, 2, 2)
    assert restored is not None
    assert (restored.is_deleted, restored.content, restored.revision) == (False, kept.content, 3)


def test_an_unknown_category_is_refused(stores: Stores) -> None:
    kept = keep(stores)
    with pytest.raises(UnprocessableError, match="category_id must name a category"):
        keep(stores, category_id=5)
    with pytest.raises(UnprocessableError, match="got 5"):
        stores.annotations.update(
            kept.id, lambda saved: (replace(saved.content, category_id=5), saved.measures), None
        )
    assert stores.annotations.find(kept.id) == kept


def test_what_is_added_twice_under_one_key_is_kept_once(stores: Stores) -> None:
    kept = keep(stores, client_key=KEY)
    stores.reopen()
    assert keep(stores, client_key=KEY, author="again") == kept
    other, _ = stores.images.add(new_image("bb"))
    elsewhere, is_new = stores.annotations.add(other.id, content(client_key=KEY), MEASURES)
    assert is_new
    assert elsewhere.id != kept.id
    assert keep(stores).id != keep(stores).id


def test_a_deleted_annotation_is_not_added_again_under_its_key(stores: Stores) -> None:
    kept = keep(stores, client_key=KEY)
    stores.annotations.delete(kept.id, None)
    with pytest.raises(AnnotationDeletedError, match=f"got that of {kept.id}") as caught:
        keep(stores, client_key=KEY)
    assert caught.value.current.id == kept.id
    assert stores.annotations.list_for_image(kept.image_id) == []


def test_adding_one_key_from_many_threads_keeps_one(stores: Stores) -> None:
    image, _ = stores.images.add(new_image())
    add = lambda _: stores.annotations.add(image.id, content(client_key=KEY), MEASURES)  # noqa: E731
    with ThreadPoolExecutor(8) as executor:
        answers = list(executor.map(add, range(16)))
    assert [is_new for _, is_new in answers].count(True) == 1
    assert len(stores.annotations.list_for_image(image.id)) == 1


def test_unknown_ids_give_nothing(stores: Stores) -> None:
    assert stores.images.find(9) is None
    assert not stores.images.delete(9)
    assert stores.annotations.find(9) is None
    assert stores.annotations.delete(9, None) is None
    assert stores.annotations.restore(9) is None
    assert stores.annotations.restore_version(9, 1, None) is None
    assert stores.annotations.history(9) == []
    assert stores.categories.find(9) is None
    assert stores.categories.update(9, CategoryContent("x")) is None
    assert not stores.categories.delete(9)


def test_equal_bytes_have_one_record_that_deletion_does_not_lose(stores: Stores) -> None:
    kept = keep(stores)
    again, is_new = stores.images.add(new_image(name="other name.jpg"))
    assert (again.id, is_new, again.file.file_name) == (kept.image_id, False, "photo.jpg")
    assert stores.images.delete(again.id)
    assert (stores.images.list_all(), stores.annotations.find(kept.id)) == ([], None)
    stores.images.add(new_image())
    assert stores.annotations.find(kept.id) == kept


def test_category_names_are_unique_while_in_use(stores: Stores) -> None:
    car = stores.categories.add(CategoryContent("car"))
    with pytest.raises(ConflictError, match="must be unique, got 'car'"):
        stores.categories.add(CategoryContent("car"))
    with pytest.raises(ConflictError, match="must be unique"):
        stores.categories.update(1, CategoryContent("car"))
    stores.categories.delete(car.id)
    assert stores.categories.add(CategoryContent("car")).id != car.id


def test_the_snapshot_leaves_out_everything_deleted(stores: Stores) -> None:
    kept, gone = keep(stores), keep(stores)
    stores.annotations.delete(gone.id, None)
    hidden, _ = stores.images.add(new_image("bb"))
    stores.annotations.add(hidden.id, content(), MEASURES)
    stores.images.delete(hidden.id)
    dataset = read_dataset(stores.database)
    assert [one.id for one in dataset.images] == [kept.image_id]
    assert [one.id for one in dataset.annotations] == [kept.id]
    assert [one.id for one in dataset.categories] == [1]


@pytest.mark.parametrize("operation", ["add", "update", "delete"])
def test_a_crash_while_saving_leaves_the_earlier_state(
    stores: Stores, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    kept = keep(stores)
    before = read_dataset(stores.database)

    def crash(_: Session) -> None:
        raise OSError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr("sqlalchemy.engine.base.Transaction.commit", crash)
        with pytest.raises(OSError, match="power is gone"):
            run(stores, operation, kept)
    stores.reopen()
    assert read_dataset(stores.database) == before
    assert stores.annotations.find(kept.id) == kept


def run(stores: Stores, operation: str, kept: Annotation) -> None:
    if operation == "add":
        stores.annotations.add(kept.image_id, content(), MEASURES)
    elif operation == "update":
        stores.annotations.update(
            kept.id, lambda saved: (replace(saved.content, author="new"), saved.measures), None
        )
    else:
        stores.annotations.delete(kept.id, None)


finite = st.floats(allow_nan=False, allow_infinity=False)
points = st.builds(Point, finite, finite, st.integers(0, 1))
prompt_sets = st.builds(
    Prompts, st.lists(points, max_size=5).map(tuple), st.none() | st.tuples(*[finite] * 4)
)


@pytest.fixture(scope="module", params=KINDS)
def lasting_stores(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stores]:
    if request.param == "sqlite":
        stores = Stores(sqlite_url(tmp_path_factory.mktemp("stores") / "db.sqlite3"))
    else:
        stores = Stores(request.getfixturevalue("postgres").new_url())
    stores.images.add(new_image())
    yield stores
    stores.database.close()


@given(
    prompts=prompt_sets,
    logits=st.none() | st.binary(max_size=64).map(lambda data: LowResLogits(1, 1, data)),
    # What schemas let through: PostgreSQL holds no null characters, so clients may send none.
    author=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20),
    predicted_iou=st.none() | finite,
)
def test_every_content_survives_saving_and_loading(
    lasting_stores: Stores,
    prompts: Prompts,
    logits: LowResLogits | None,
    author: str,
    predicted_iou: float | None,
) -> None:
    said = AnnotationContent(1, CocoRle(32, 48, "x"), prompts, logits, None, predicted_iou, author)
    kept, _ = lasting_stores.annotations.add(1, said, MEASURES)
    found = lasting_stores.annotations.find(kept.id)
    assert found is not None
    assert found.content == said
