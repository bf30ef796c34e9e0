"""A project comes back next to others, under new ids, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

from app.domain.annotation import Annotation
from app.domain.category import Pattern
from app.errors import NotFoundError, StartUpError
from app.services.project_restore import restore_project
from app.services.store_backup import restore_backup, write_backup
from app.services.store_doctor import examine
from app.storage.annotation_store import AnnotationStore
from app.storage.category_store import CategoryStore
from app.storage.database import Database
from app.storage.file_store import FileStore
from app.storage.image_store import ImageStore
from app.storage.project_store import ProjectStore
from app.storage.snapshot import read_dataset
from app.storage.store import Store
from tests.helpers.app_fixtures import content
from tests.helpers.filled_store import MEASURES, fill_store

Rows = list[dict[str, Any]]


@pytest.fixture
def store(tmp_path: Path, database_url: URL) -> Iterator[Store]:
    store = Store(Database(database_url), FileStore(tmp_path / "data"))
    fill_store(store)
    yield store
    store.database.close()


@pytest.fixture
def backup(store: Store, tmp_path: Path) -> Path:
    path = tmp_path / "project.zip"
    write_backup(store, path, 1)
    return path


def without_ids(annotation: Annotation) -> Annotation:
    said = replace(annotation.content, category_id=0)
    return replace(annotation, id=0, image_id=0, content=said)


def test_everything_comes_back_next_to_what_is_there(store: Store, backup: Path) -> None:
    before = read_dataset(store.database)
    project_id = restore_project(store, backup)
    assert project_id == 2
    assert read_dataset(store.database, 1) == before
    first, second = ProjectStore(store.database).list_all()
    assert second.name == f"{first.name} (2)"
    assert (second.image_counts, second.object_count) == (first.image_counts, first.object_count)
    annotations = AnnotationStore(store.database)
    for old, new in ((1, 3), (2, 4)):
        ours, theirs = annotations.find(new), annotations.find(old)
        assert ours is not None
        assert theirs is not None
        assert without_ids(ours) == without_ids(theirs)
        pairs = zip(annotations.history(new), annotations.history(old), strict=True)
        for one, other in pairs:
            assert without_ids(one.annotation) == without_ids(other.annotation)
            assert (one.annotation.id, one.change) == (new, other.change)
    assert list(examine(store)) == []


def test_classes_come_back_with_their_patterns(store: Store, tmp_path: Path) -> None:
    categories = CategoryStore(store.database)
    first, *_ = categories.list_all(1)
    categories.update(first.id, replace(first.content, pattern=Pattern.DOTS))
    path = tmp_path / "striped.zip"
    write_backup(store, path, 1)
    project_id = restore_project(store, path)
    ours, theirs = categories.list_all(project_id), categories.list_all(1)
    assert [one.content for one in ours] == [one.content for one in theirs]
    assert ours[0].content.pattern is Pattern.DOTS


def test_an_earlier_version_of_a_restored_mask_can_be_brought_back(
    store: Store, backup: Path
) -> None:
    restore_project(store, backup)
    annotations = AnnotationStore(store.database)
    found = annotations.restore_version(3, 1, None)
    assert found is not None
    assert (found.content.author, found.image_id, found.revision) == ("Ada", 2, 3)
    categories = {one.id for one in CategoryStore(store.database).list_all(2)}
    assert found.content.category_id in categories


def test_it_can_go_into_another_kind_of_database(backup: Path, tmp_path: Path) -> None:
    other = Store(Database(tmp_path / "other.sqlite3"), FileStore(tmp_path / "other"))
    assert restore_project(other, backup) == 2
    assert restore_project(other, backup) == 3
    names = [project.name for project in ProjectStore(other.database).list_all()]
    assert names[1:] == [f"{names[0]} (2)", f"{names[0]} (3)"]
    assert list(examine(other)) == []
    category = CategoryStore(other.database).list_all(3)[0]
    added, _ = AnnotationStore(other.database).add(2, content(category.id), MEASURES)
    assert added.id == 5
    other.database.close()


def test_other_projects_are_not_in_it(store: Store, tmp_path: Path) -> None:
    other = ProjectStore(store.database).add("other")
    manifest = write_backup(store, tmp_path / "other.zip", other.id)
    counts = {name: table.rows for name, table in manifest.tables.items()}
    assert counts == {
        "projects": 1,
        "categories": 1,
        "images": 0,
        "annotations": 0,
        "annotation_versions": 0,
    }
    with pytest.raises(NotFoundError):
        write_backup(store, tmp_path / "none.zip", 99)


def test_a_backup_is_of_one_kind(store: Store, backup: Path, tmp_path: Path) -> None:
    write_backup(store, tmp_path / "store.zip")
    with pytest.raises(StartUpError, match="of the kind maskwright-backup-1"):
        restore_project(store, tmp_path / "store.zip")
    with pytest.raises(StartUpError, match="of the kind maskwright-project-1"):
        restore_backup(FileStore(tmp_path / "new"), tmp_path / "new.sqlite3", backup)


def test_one_that_breaks_off_leaves_the_store_as_it_was(
    store: Store, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_dataset(store.database)

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("app.storage.project_copy._renumbered_version", cut_off)
        with pytest.raises(KeyboardInterrupt):
            restore_project(store, backup)
    assert read_dataset(store.database) == before
    assert list(store.files.imports_dir.iterdir()) == []
    restore_project(store, backup)


def forge(path: Path, table: str, change: Callable[[Rows], None], original: bytes = b"") -> None:
    """Change rows of a backup, with hashes that fit."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    rows = [json.loads(line) for line in entries[f"tables/{table}.jsonl"].splitlines()]
    change(rows)
    text = "".join(json.dumps(row) + "\n" for row in rows).encode()
    entries[f"tables/{table}.jsonl"] = text
    manifest = json.loads(entries["manifest.json"])
    manifest["tables"][table] = {
        "rows": len(rows),
        "byte_count": len(text),
        "sha256": hashlib.sha256(text).hexdigest(),
    }
    if original:
        entries[f"originals/{hashlib.sha256(original).hexdigest()}"] = original
        manifest["originals"] += 1
    entries["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)


def set_first(**values: Any) -> Callable[[Rows], None]:
    return lambda rows: rows[0].update(values)


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("projects", lambda rows: rows.append({**rows[0], "id": 2, "name": "b"}), "2 projects"),
        ("projects", lambda rows: rows.clear(), "refers to none of projects"),
        ("annotations", set_first(image_id=99), "refers to none of images"),
        ("annotations", set_first(category_id=99), "refers to none of categories"),
        ("annotations", set_first(counts="~~~"), "not what it says"),
        ("annotations", set_first(area=1), "not what it says"),
        ("annotations", set_first(mask_width=5), "another size"),
        ("images", set_first(width=5), "another size"),
        ("images", set_first(width=[5]), "one sound project"),
        ("images", set_first(file_name=None), "one sound project"),
        ("annotation_versions", set_first(saved_json="{"), "one sound project"),
        ("annotation_versions", set_first(saved_json='{"id": 99}'), "names nothing"),
        ("categories", lambda rows: rows.append(rows[0]), "one sound project"),
        ("categories", set_first(pattern="zigzag"), "a pattern that is none"),
        ("categories", set_first(pattern=[5]), "one sound project"),
    ],
)
def test_a_forged_one_is_refused_and_nothing_is_changed(
    store: Store, backup: Path, table: str, change: Callable[[Rows], None], said: str
) -> None:
    before = read_dataset(store.database)
    forge(backup, table, change)
    with pytest.raises(StartUpError, match=said):
        restore_project(store, backup)
    assert read_dataset(store.database) == before
    assert len(ProjectStore(store.database).list_all()) == 1


def test_what_an_image_is_follows_from_its_bytes(store: Store, backup: Path) -> None:
    forge(backup, "images", set_first(media_type="text/html", pixels_media_type="text/html"))
    project_id = restore_project(store, backup)
    (image,) = ImageStore(store.database).list_all(project_id)
    assert (image.file.media_type, image.file.pixels_media_type) == ("image/jpeg", "image/jpeg")


def test_an_original_that_is_no_image_is_refused(store: Store, backup: Path) -> None:
    page = b"<script>alert(1)</script>"
    forge(backup, "images", set_first(sha256=hashlib.sha256(page).hexdigest()), page)
    with pytest.raises(StartUpError, match="an image that cannot be read"):
        restore_project(store, backup)
