"""Adding images: what is left behind when something fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.context import AppContext
from app.errors import AppError, ForbiddenError
from app.storage.file_store import FileStore
from app.storage.image_store import ImageStore
from tests.helpers.sample_images import jpeg


def test_a_refused_file_leaves_nothing_in_the_data_folder(context: AppContext) -> None:
    with pytest.raises(AppError, match="must be complete"):
        context.images.add("half.jpg", jpeg(64, 64)[:900])
    assert not (context.config.data_dir / "originals").exists()


def test_a_crash_between_file_and_record_is_mended_by_the_next_upload(
    context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise OSError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr(ImageStore, "add", crash)
        with pytest.raises(OSError, match="power"):
            context.images.add("a.jpg", jpeg())
    assert context.images.list_all() == []
    image, is_new = context.images.add("a.jpg", jpeg())
    assert is_new
    assert context.versions.original(image).path.read_bytes() == jpeg()


def test_a_folder_that_cannot_be_listed_is_refused(
    context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(ForbiddenError, match=r"must be able to list .* got: Permission denied"):
        context.images.add_folder(".")


def test_a_file_that_cannot_be_read_is_reported(
    context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    (context.config.images_root / "a.jpg").write_bytes(jpeg())

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    skipped = context.images.add_folder(".").skipped
    assert [file.reason.code for file in skipped] == ["file_unreadable"]


def test_links_in_a_circle_are_reported_and_the_rest_is_added(context: AppContext) -> None:
    root = context.config.images_root
    (root / "a.jpg").symlink_to(root / "b.jpg")
    (root / "b.jpg").symlink_to(root / "a.jpg")
    (root / "c.jpg").write_bytes(jpeg())
    result = context.images.add_folder(".")
    assert [image.file.file_name for image in result.images] == ["c.jpg"]
    assert len(result.skipped) == 2


def test_a_full_disk_is_no_fault_of_the_file(
    context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    (context.config.images_root / "a.jpg").write_bytes(jpeg())

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileStore, "save", refuse)
    with pytest.raises(OSError, match="No space left"):
        context.images.add_folder(".")
