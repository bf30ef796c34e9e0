"""The images that were added: by upload, or from a folder on the server."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from app.domain.image_record import ImageRecord, ImageState, StoredImage
from app.errors import AppError, ForbiddenError, InvalidRequestError, NotFoundError, TooLargeError
from app.services.image_reading import inspect_image
from app.storage.file_store import FileStore
from app.storage.image_store import ImageStore


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file of a folder that was not added.

    Attributes:
        file_name: Its name in the folder.
        reason: The error that an upload of it would have given.
    """

    file_name: str
    reason: AppError


@dataclass(frozen=True, slots=True)
class FolderResult:
    """What became of the files of a folder, by name.

    Attributes:
        images: Added, or there already.
        skipped: Not added, and why.
    """

    images: tuple[ImageRecord, ...]
    skipped: tuple[SkippedFile, ...]


class ImageLibrary:
    """Adds, finds and deletes images.

    Args:
        images: Their records.
        files: Where the original bytes go.
        images_root: Folder outside of which `add_folder` adds nothing.
        max_bytes: Largest file.
    """

    def __init__(
        self, images: ImageStore, files: FileStore, images_root: Path, max_bytes: int
    ) -> None:
        self._images = images
        self._files = files
        self._root = images_root.expanduser().resolve()
        self._max_bytes = max_bytes

    def add(
        self, file_name: str, content: bytes, project_id: int | None = None
    ) -> tuple[ImageRecord, bool]:
        """Keep an image file byte for byte, or find the record of the same bytes.

        Args:
            file_name: As the client gave it.
            content: The whole file.
            project_id: Where it goes; ``None`` means the oldest project.

        Returns:
            The record, and whether it is new.

        Raises:
            AppError: If the file is not an image that can be taken.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._files.original_path(sha256)
        known = self._images.find_content(sha256, project_id) if path.is_file() else None
        if known is not None:
            return known, False
        image = inspect_image(content, file_name)
        self._files.save(path, content)
        return self._images.add(image, project_id)

    def add_folder(self, path_text: str, project_id: int | None = None) -> FolderResult:
        """Add the image files that lie directly in a folder of the server.

        Links are followed, but never out of the permitted root.

        Args:
            path_text: Absolute, or relative to the permitted root.
            project_id: Where they go; ``None`` means the oldest project.

        Raises:
            ForbiddenError: If the folder lies outside the permitted root.
            NotFoundError: If there is no such folder.
            InvalidRequestError: If the text cannot be a path.
        """
        folder = self._resolve_inside(path_text)
        added: list[ImageRecord] = []
        skipped: list[SkippedFile] = []
        for path in _sorted_entries(folder):
            try:
                added.append(self._add_file(path, project_id)[0])
            except AppError as reason:
                skipped.append(SkippedFile(path.name, reason))
        return FolderResult(tuple(added), tuple(skipped))

    def list_all(self, project_id: int | None = None) -> list[ImageRecord]:
        """Return the images of a project, or of all, oldest first.

        Raises:
            NotFoundError: If there is no such project.
        """
        return self._images.list_all(project_id)

    def get(self, image_id: int) -> ImageRecord:
        """Return an image.

        Raises:
            NotFoundError: If there is none or it was deleted.
        """
        record = self._images.find(image_id)
        if record is None:
            _raise_missing(image_id)
        return record

    def stored(self, image_id: int) -> StoredImage:
        """Return an image without counting its masks, which costs the more the more it has.

        Raises:
            NotFoundError: If there is none or it was deleted.
        """
        return self._images.find_stored(image_id) or _raise_missing(image_id)

    def set_state(self, image_id: int, state: ImageState) -> ImageRecord:
        """Say how far an image is.

        Raises:
            NotFoundError: If there is none or it was deleted.
        """
        record = self._images.set_state(image_id, state)
        if record is None:
            _raise_missing(image_id)
        return record

    def delete(self, image_id: int) -> None:
        """Delete an image and hide its annotations; adding the file again brings all back.

        Raises:
            NotFoundError: If there is none or it was deleted.
        """
        if not self._images.delete(image_id):
            _raise_missing(image_id)

    def _resolve_inside(self, path_text: str) -> Path:
        try:
            path = (self._root / Path(path_text).expanduser()).resolve()
            self._check_inside(path)
            is_folder = path.is_dir()
        except (ValueError, RuntimeError, OSError) as error:
            raise InvalidRequestError(
                "path_invalid",
                f"path must name a folder, got {path_text!r} ({error})",
                "write it as a path of the server's system",
            ) from error
        if not is_folder:
            raise NotFoundError(
                "folder_not_found",
                f"path must be a folder of the server, got {path_text!r}",
                "check the spelling; the path is one of the server, not of the browser",
            )
        return path

    def _check_inside(self, path: Path) -> None:
        if not path.is_relative_to(self._root):
            raise ForbiddenError(
                "path_outside_root",
                f"paths must lie inside {self._root}, got {path}",
                "move the files there, or start the server with another --images-root",
            )

    def _add_file(self, path: Path, project_id: int | None) -> tuple[ImageRecord, bool]:
        try:
            content = self._read_file(path)
        except (OSError, RuntimeError) as error:  # links in a circle are a RuntimeError
            raise ForbiddenError(
                "file_unreadable",
                f"the server must be able to read {path.name}, got: "
                f"{getattr(error, 'strerror', None) or error}",
                "change the file's permissions",
            ) from error
        return self.add(path.name, content, project_id)

    def _read_file(self, path: Path) -> bytes:
        target = path.resolve()
        self._check_inside(target)
        if not target.is_file():
            raise InvalidRequestError(
                "not_a_file",
                f"only files are added, got {path.name}",
                "add the images of a folder inside by its own path",
            )
        byte_count = target.stat().st_size
        if byte_count > self._max_bytes:
            raise TooLargeError(
                "upload_too_large",
                f"a file must have at most {self._max_bytes} bytes, got {byte_count}",
                "start the server with a larger --max-upload-mb",
            )
        return target.read_bytes()


def _sorted_entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise ForbiddenError(
            "folder_unreadable",
            f"the server must be able to list {folder}, got: {error.strerror}",
            "change the folder's permissions",
        ) from error


def _raise_missing(image_id: int) -> NoReturn:
    raise NotFoundError(
        "image_not_found",
        f"the image must exist, got id {image_id}",
        "reload the list of images; it may have been deleted",
    )
