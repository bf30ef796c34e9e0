"""The doctor finds what is wrong, repairs what follows from the masks, deletes nothing made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, update

from app.domain.embedding import EmbeddingKey
from app.services.store_doctor import examine
from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database
from app.storage.file_store import FileStore
from app.storage.store import Store
from app.storage.tables import AnnotationRow
from tests.helpers.filled_store import MEASURES, fill_store


@pytest.fixture
def store(tmp_path: Path, database_url: URL) -> Iterator[Store]:
    store = Store(Database(database_url), FileStore(tmp_path / "data"))
    yield store
    store.database.close()


@pytest.fixture
def sha256(store: Store) -> str:
    return fill_store(store)


def findings(store: Store) -> list[str]:
    return [finding.what for finding in examine(store)]


def repair(store: Store) -> None:
    for finding in list(examine(store)):
        if finding.repair is not None:
            finding.repair()


def change_rows(store: Store, **values: object) -> None:
    with store.database.write() as session:
        session.execute(update(AnnotationRow).values(**values))


def test_a_whole_store_has_nothing_to_find(store: Store, sha256: str) -> None:
    assert sha256
    assert findings(store) == []


def test_a_lost_and_a_changed_original_are_found_and_left_alone(store: Store, sha256: str) -> None:
    path = store.files.original_path(sha256)
    path.write_bytes(b"changed")
    assert findings(store) == ["the original of image 1 must be as it came, but it was changed"]
    repair(store)
    assert path.read_bytes() == b"changed"
    path.unlink()
    assert findings(store) == ["the original of image 1 must be there, but it is gone"]


def test_an_original_without_an_image_is_kept(store: Store, sha256: str) -> None:
    stray = store.files.original_path("f" * 64)
    store.files.save(stray, b"photo")
    assert findings(store) == [f"no image has the original {stray.name}"]
    assert [finding.is_harmless for finding in examine(store)] == [True]
    repair(store)
    assert stray.is_file()
    assert sha256 != stray.name


@pytest.mark.usefixtures("sha256")
def test_measures_that_do_not_follow_from_the_mask_are_computed_again(store: Store) -> None:
    change_rows(store, area=7, bbox_x=0)
    assert len(findings(store)) == 2
    repair(store)
    assert findings(store) == []
    found = AnnotationStore(store.database).find(1)
    assert found is not None
    assert (found.measures, found.content.author, found.revision) == (MEASURES, "Bo", 2)
    assert found.content.low_res_logits is not None


@pytest.mark.usefixtures("sha256")
def test_a_damaged_mask_is_found_and_its_history_can_bring_it_back(store: Store) -> None:
    change_rows(store, counts="?")
    assert [what.partition(":")[0] for what in findings(store)] == [
        "annotation 1 of image 1",
        "annotation 2 of image 1",
    ]
    repair(store)
    annotations = AnnotationStore(store.database)
    for number in (1, 2):
        assert annotations.restore_version(number, 1, None) is not None
    assert findings(store) == []


@pytest.mark.usefixtures("sha256")
def test_a_damaged_embedding_is_removed(store: Store) -> None:
    path = store.files.embedding_path(EmbeddingKey("a" * 64, "model"))
    store.files.save(path, b"half")
    assert findings(store) == [f"the embedding {path.name} must be complete, got a damaged one"]
    repair(store)
    assert not path.exists()
