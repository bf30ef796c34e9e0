"""A backup: one ZIP file with every row and every original, and hashes of all of it.

::

    manifest.json         what is in it; written last
    tables/<name>.jsonl   all rows of a table, one line each
    originals/<sha256>    the bytes of an image as they came
    tuned/<sha256>        the weights of a tuned model that differ from its base
"""

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from app.errors import StartUpError


class Scope(StrEnum):
    """What a backup holds; stands in the file as its format."""

    STORE = "maskwright-backup-1"
    PROJECT = "maskwright-project-1"


MANIFEST = "manifest.json"
_ENTRY = re.compile(r"manifest\.json|tables/[a-z_]{1,60}\.jsonl|(originals|tuned)/[0-9a-f]{64}")
_LONGEST_MANIFEST = 1024 * 1024
_CHUNK_BYTES = 1024 * 1024
# Photographs are not packed, and rows not to so little; bombs are.
_ALWAYS_ALLOWED = 1024**3
_LARGEST_RATIO = 200
# What the standard library raises for files that are no ZIP, no JSON, or not whole.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, KeyError, TypeError, AttributeError, RuntimeError),
)


@dataclass(frozen=True, slots=True)
class TableContent:
    """What must be found in a table's entry.

    Attributes:
        rows: Number of lines.
        byte_count: Length of the entry, unpacked.
        sha256: Hash of it.
    """

    rows: int
    byte_count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        schema: Step of the database's schema that the rows belong to.
        created_at: UTC, ISO 8601.
        tables: By name.
        originals: Number of them.
        missing: Hashes of originals and of tuned weights that the store had lost.
        scope: Whether it holds a whole store or one project.
        tuned: Number of tuned models whose weights it holds; earlier versions wrote none, and
            models belong to no project.
    """

    schema: str
    created_at: str
    tables: dict[str, TableContent]
    originals: int
    missing: tuple[str, ...]
    scope: Scope = Scope.STORE
    tuned: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return what stands in the file."""
        fields = asdict(self)
        return {"format": fields.pop("scope"), **fields}


def table_entry(name: str) -> str:
    """Return where the rows of a table lie in the file."""
    return f"tables/{name}.jsonl"


def original_entry(sha256: str) -> str:
    """Return where an original lies in the file."""
    return f"originals/{sha256}"


def tuned_entry(sha256: str) -> str:
    """Return where the weights of a tuned model lie in the file."""
    return f"tuned/{sha256}"


@contextmanager
def opened_backup(path: Path, scope: Scope) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup after looking at all of it; nothing in it is believed before.

    Args:
        path: The file.
        scope: What it must hold.

    Yields:
        The file and its manifest.

    Raises:
        StartUpError: If it is damaged, incomplete, or holds anything else.
    """
    if not path.is_file():
        raise StartUpError(f"the backup {path} must be an existing file")
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            manifest = _verify(archive, scope)
        except _DAMAGE as error:
            raise StartUpError(
                f"the backup {path} must be a whole file of `python -m app backup`, "
                f"got: {error}; take another one"
            ) from error
        yield archive, manifest


def scope_of(path: Path) -> Scope | None:
    """Return what a backup says that it holds, unchecked; ``None`` if it says nothing."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read_manifest(archive).scope
    except _DAMAGE:
        return None


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Go through a file without having all of it in memory.

    Yields:
        The next bytes.
    """
    while chunk := file.read(_CHUNK_BYTES):
        yield chunk


def _verify(archive: zipfile.ZipFile, scope: Scope) -> Manifest:
    names = archive.namelist()
    strange = [name for name in names if _ENTRY.fullmatch(name) is None]
    if strange or len(set(names)) != len(names):
        raise ValueError(f"an entry that no backup has: {(strange or names)[0]!a}")
    packed = sum(entry.compress_size for entry in archive.infolist())
    unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > _ALWAYS_ALLOWED + _LARGEST_RATIO * packed:
        raise ValueError(f"{packed} bytes that unpack to {unpacked}")
    manifest = _read_manifest(archive)
    if manifest.scope is not scope:
        raise ValueError(f"a file of the kind {manifest.scope}, not {scope}")
    expected = {MANIFEST, *map(table_entry, manifest.tables)}
    by_hash = [name for name in names if name.startswith(("originals/", "tuned/"))]
    counts = [sum(name.startswith(kind) for name in by_hash) for kind in ("originals/", "tuned/")]
    if set(names) - set(by_hash) != expected or counts != [manifest.originals, manifest.tuned]:
        raise ValueError("its entries are not those that its manifest lists")
    for name, content in manifest.tables.items():
        _check_entry(archive, table_entry(name), content.sha256, content.byte_count)
    for name in by_hash:
        _check_entry(archive, name, name.rpartition("/")[2], archive.getinfo(name).file_size)
    return manifest


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    with archive.open(MANIFEST) as file:
        content = json.loads(file.read(_LONGEST_MANIFEST))
    scope = Scope(content.pop("format"))
    tables = {name: TableContent(**table) for name, table in content.pop("tables").items()}
    missing = tuple(content.pop("missing"))
    return Manifest(tables=tables, missing=missing, scope=scope, **content)


def _check_entry(archive: zipfile.ZipFile, name: str, sha256: str, byte_count: int) -> None:
    digest, read = hashlib.sha256(), 0
    with archive.open(name) as file:
        for chunk in chunks(file):
            digest.update(chunk)
            read += len(chunk)
            if read > byte_count:  # a small entry that unpacks to something huge
                break
    if read != byte_count or digest.hexdigest() != sha256:
        raise ValueError(f"{name} is not what was written")
