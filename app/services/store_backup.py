"""Writes and restores backups of a whole store; works from one database to the other."""

import hashlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Select, Table, func, select

from app.errors import StartUpError
from app.services.backup_file import (
    MANIFEST,
    Manifest,
    Scope,
    TableContent,
    opened_backup,
    original_entry,
    table_entry,
    tuned_entry,
)
from app.storage.database import utc_now
from app.storage.engines import make_engines, sqlite_url
from app.storage.file_store import FileStore
from app.storage.project_copy import choose_project
from app.storage.project_rows import resolve_project
from app.storage.schema_upgrade import schema_transaction, schema_version, upgrade_schema
from app.storage.store import Store
from app.storage.table_dump import clear_tables, dump_table, load_table, tables_of

_ORIGINALS_OF, _TUNED_OF = "images", "model_versions"


def write_backup(store: Store, path: Path, project_id: int | None = None) -> Manifest:
    """Write the whole store or a project as one file, as it is at one moment, and read it back.

    The server may run meanwhile. Embeddings and other things that are computed are left out.

    Args:
        store: What to write.
        project_id: Which project; ``None`` means the whole store.
        path: The file; there only when it is complete and was verified.

    Raises:
        StartUpError: If the file is there already, or cannot be written.
        NotFoundError: If there is no such project.
    """
    if path.exists():
        raise StartUpError(f"the backup {path} must be a new file, but there is one already")
    unfinished = path.with_name(f".writing-{path.name}")
    try:
        with unfinished.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                _write_entries(store, archive, project_id)
            file.flush()
            os.fsync(file.fileno())
        with opened_backup(unfinished, _scope_of(project_id)) as (_, manifest):
            pass  # read back to its end
        unfinished.rename(path)
        return manifest
    except OSError as error:
        raise StartUpError(
            f"the backup {path} must be writable, got: {error.strerror}; choose another place"
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def restore_backup(files: FileStore, location: Path | URL, path: Path) -> Manifest:
    """Put a backup into an empty store: everything, or nothing.

    Args:
        files: The data folder.
        location: Of the database.
        path: The backup, looked through completely before anything is written.

    Raises:
        StartUpError: If the backup is damaged or of a later program, or the store not empty.
    """
    url = sqlite_url(location) if isinstance(location, Path) else location
    engine, writing_engine = make_engines(url)
    try:
        with (
            opened_backup(path, Scope.STORE) as (archive, manifest),
            schema_transaction(writing_engine) as connection,
        ):
            _prepare(connection, manifest)
            _restore_files(files, archive)
            _restore_tables(connection, archive, manifest)
            upgrade_schema(connection)
            return manifest
    finally:
        engine.dispose()


def _scope_of(project_id: int | None) -> Scope:
    return Scope.STORE if project_id is None else Scope.PROJECT


def _write_entries(store: Store, archive: zipfile.ZipFile, project_id: int | None) -> None:
    with store.database.read() as session:
        connection = session.connection()
        schema = schema_version(connection) or ""
        if project_id is None:
            chosen = [(table, select(table)) for table in tables_of(connection)]
        else:
            resolve_project(session, project_id)
            chosen = choose_project(connection, project_id)
        contents = {
            table.name: _write_table(archive, table.name, dump_table(connection, table, rows))
            for table, rows in chosen
        }
        originals = _hashes(connection, chosen, _ORIGINALS_OF, "sha256")
        tuned = _hashes(connection, chosen, _TUNED_OF, "file_sha256")
    files = {original_entry(sha256): store.files.original_path(sha256) for sha256 in originals}
    files |= {tuned_entry(sha256): store.files.tuned_path(sha256) for sha256 in tuned}
    missing = tuple(entry for entry, path in files.items() if not _write_file(archive, entry, path))
    lost_tuned = sum(entry.startswith("tuned/") for entry in missing)
    manifest = Manifest(
        schema,
        utc_now(),
        contents,
        originals=len(originals) - len(missing) + lost_tuned,
        missing=tuple(entry.rpartition("/")[2] for entry in missing),
        scope=_scope_of(project_id),
        tuned=len(tuned) - lost_tuned,
    )
    archive.writestr(MANIFEST, json.dumps(manifest.to_json(), indent=1))


def _write_table(archive: zipfile.ZipFile, name: str, lines: Iterable[str]) -> TableContent:
    digest, rows, byte_count = hashlib.sha256(), 0, 0
    with archive.open(table_entry(name), "w", force_zip64=True) as file:
        for line in lines:
            content = f"{line}\n".encode("ascii")
            file.write(content)
            digest.update(content)
            rows += 1
            byte_count += len(content)
    return TableContent(rows, byte_count, digest.hexdigest())


def _hashes(
    connection: Connection, chosen: list[tuple[Table, Select[Any]]], name: str, column: str
) -> Sequence[str]:
    for table, rows in chosen:
        if table.name == name:
            hashes = rows.subquery().c[column]
            return connection.scalars(select(hashes).distinct().order_by(hashes)).all()
    return ()  # an earlier version had no such table, and a project has no models


def _write_file(archive: zipfile.ZipFile, entry: str, path: Path) -> bool:
    if not path.is_file():
        return False
    # Photographs are packed already, and weights cannot be.
    archive.write(path, entry, compress_type=zipfile.ZIP_STORED)
    return True


def _prepare(connection: Connection, manifest: Manifest) -> None:
    present = schema_version(connection)
    if present is None:
        upgrade_schema(connection, manifest.schema)
    elif present != manifest.schema or not _is_empty(connection):
        raise StartUpError(
            "a backup must be restored into an empty store, but this one holds images or is of "
            "another version; choose a new --data-dir, or another DATABASE_URL"
        )


def _is_empty(connection: Connection) -> bool:
    images = next(table for table in tables_of(connection) if table.name == _ORIGINALS_OF)
    return connection.scalar(select(func.count()).select_from(images)) == 0


def _restore_files(files: FileStore, archive: zipfile.ZipFile) -> None:
    paths = {"originals": files.original_path, "tuned": files.tuned_path}
    entries = [entry for entry in archive.infolist() if entry.filename.partition("/")[0] in paths]
    needed, free = sum(entry.file_size for entry in entries), shutil.disk_usage(files.root).free
    if needed > free:
        raise StartUpError(
            f"the disk of the data folder must have room for {needed} bytes, got {free}; "
            "make room or choose another --data-dir"
        )
    for entry in entries:
        kind, _, sha256 = entry.filename.partition("/")
        files.save(paths[kind](sha256), archive.read(entry))


def _restore_tables(connection: Connection, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    tables: list[Table] = tables_of(connection)
    if {table.name for table in tables} != set(manifest.tables):
        raise StartUpError("the backup must hold the tables of its version, got others")
    clear_tables(connection)
    for table in tables:
        with archive.open(table_entry(table.name)) as file:
            load_table(connection, table, io.TextIOWrapper(file, encoding="ascii"))
