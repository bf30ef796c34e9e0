"""Projects as files for the page; what waits on the disk is removed."""

from __future__ import annotations

import errno
import io
import os
import zipfile

import pytest

from app.context import AppContext
from app.domain.project import ProjectChanges
from app.errors import NoSpaceError, NotFoundError, UnprocessableError


def waiting(context: AppContext) -> list[str]:
    files = context.store.files
    folders = (files.exports_dir, files.imports_dir)
    return [path.name for folder in folders if folder.exists() for path in folder.iterdir()]


def test_a_file_is_made_and_restored(context: AppContext, image_id: int) -> None:
    context.projects.change(1, ProjectChanges(name="cats: 2026/27"))
    file = context.project_backups.make(1)
    assert file.download_name == "cats_ 2026_27.zip"
    content = file.path.read_bytes()
    context.project_backups.discard(file)
    project = context.project_backups.restore(io.BytesIO(content))
    assert (project.id, project.name) == (2, "cats: 2026/27 (2)")
    assert sum(project.image_counts.values()) == 1
    assert waiting(context) == []


def test_what_is_no_backup_of_a_project_is_refused(context: AppContext) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("../evil.txt", "x")
    for content in (b"", b"no archive", other.getvalue()):
        with pytest.raises(UnprocessableError) as caught:
            context.project_backups.restore(io.BytesIO(content))
        assert caught.value.code == "backup_unusable"
    assert waiting(context) == []
    assert len(context.projects.list_all()) == 1


def test_a_project_that_is_not_there_has_no_file(context: AppContext) -> None:
    with pytest.raises(NotFoundError):
        context.project_backups.make(9)
    assert waiting(context) == []


def test_a_full_disk_leaves_nothing(context: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", fail)
        with pytest.raises(NoSpaceError):
            context.project_backups.make(1)
    with monkeypatch.context() as patch:
        patch.setattr("shutil.copyfileobj", fail)
        with pytest.raises(NoSpaceError):
            context.project_backups.restore(io.BytesIO(b"x"))
    assert waiting(context) == []
