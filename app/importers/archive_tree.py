"""The files of a foreign ZIP archive; nothing of it is ever unpacked onto the disk."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NoReturn, TextIO

from app.errors import UnprocessableError

MOST_ENTRIES = 1_000_000
LARGEST_ENTRY = 256 * 1024 * 1024
# Label maps of large empty images pack to a hundredth; bombs pack to a thousandth and less.
_LARGEST_RATIO = 200
_ALWAYS_ALLOWED = 64 * 1024 * 1024
_LEADS_OUTSIDE = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)")
# What the standard library raises for archives that are not whole, or are packed in other ways.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(OSError, ValueError, RuntimeError, NotImplementedError),
)


class ArchiveTree:
    """The files of an open archive, by their paths with forward slashes.

    Args:
        archive: Open for reading.

    Attributes:
        names: All files in order; what systems add for themselves is left out.

    Raises:
        UnprocessableError: If an entry leads outside, comes twice, or the archive is a bomb.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        if not all(entry.filename for entry in archive.infolist()):
            _refuse("a file without a name")
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        self._entries = {entry.filename.replace("\\", "/"): entry for entry in entries}
        if len(entries) > MOST_ENTRIES:
            _refuse(f"{len(entries)} files, more than {MOST_ENTRIES}")
        if len(self._entries) < len(entries):
            _refuse("a file of the same name twice")
        outside = next((name for name in self._entries if _LEADS_OUTSIDE.search(name)), None)
        if outside is not None:
            _refuse(f"a file that leads outside: {outside!a:.80}")
        packed = sum(entry.compress_size for entry in entries)
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > _ALWAYS_ALLOWED + _LARGEST_RATIO * packed:
            _refuse(f"{packed} bytes that unpack to {unpacked}")
        self.names = sorted(name for name in self._entries if not _is_of_a_system(name))

    def read(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            UnprocessableError: If it is damaged, locked or too large.
        """
        entry = self._entries[name]
        if entry.file_size > LARGEST_ENTRY:
            _refuse(f"{name!a:.80} of {entry.file_size} bytes, more than {LARGEST_ENTRY}")
        with _refusing_damage():
            return self._archive.read(entry)

    @contextmanager
    def open_text(self, name: str) -> Iterator[TextIO]:
        """Open a file of any length as UTF-8.

        Yields:
            The file.

        Raises:
            UnprocessableError: If it is damaged or locked.
        """
        with _refusing_damage(), self._archive.open(self._entries[name]) as file:
            yield io.TextIOWrapper(file, encoding="utf-8")

    def named(self, ending: str, folder: str = "") -> list[str]:
        """Return the files with an ending, of all folders or of those of some name."""
        return [
            name
            for name in self.names
            if name.lower().endswith(ending)
            and (not folder or folder in PurePosixPath(name).parts[:-1])
        ]


@contextmanager
def opened_tree(path: Path) -> Iterator[ArchiveTree]:
    """Open an archive.

    Yields:
        Its files.

    Raises:
        UnprocessableError: If it is damaged or hostile.
    """
    with _refusing_damage():
        archive = _open(path)
    with archive:
        yield ArchiveTree(archive)


def _open(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except UnicodeDecodeError as error:
        raise zipfile.BadZipFile(f"a file name that is no text ({error})") from error


@contextmanager
def _refusing_damage() -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError:
        raise  # the reader of the text says what it wanted
    except _DAMAGE as error:
        raise UnprocessableError(
            "archive_damaged",
            f"the archive must be a whole ZIP file without a password, got: {error}",
            "pack it again, or fetch it again",
        ) from error


def _is_of_a_system(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(".")


def _refuse(got: str) -> NoReturn:
    raise UnprocessableError(
        "archive_unusable",
        f"an archive must hold the files of one export, got {got}",
        "pack the folder of the annotations again, as it is",
    )
