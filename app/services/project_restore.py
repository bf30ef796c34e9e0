"""Adds the project of a backup to a store, next to what is there."""

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from app.domain.category import Pattern
from app.domain.image_record import NewImage
from app.errors import AppError, StartUpError
from app.services.backup_file import Manifest, Scope, opened_backup, original_entry, table_entry
from app.services.image_reading import inspect_image
from app.services.staging import new_place
from app.storage.engines import make_engines, sqlite_url
from app.storage.project_copy import (
    ANNOTATIONS,
    CATEGORIES,
    IMAGES,
    PROJECT_TABLES,
    PROJECTS,
    Row,
    copy_project,
)
from app.storage.project_rows import LIVE_PROJECT
from app.storage.schema_upgrade import schema_transaction, upgrade_schema
from app.storage.store import Store
from app.storage.table_dump import clear_tables, load_table, tables_of
from app.storage.tables import ProjectRow
from sam_core.masks.rle_batch import measure_codes


def restore_project(store: Store, path: Path) -> int:
    """Add the project of a backup with all that is in it: everything, or nothing.

    It gets new ids, so nothing that is there is touched, and another name if its own is taken.
    Originals are decoded and masks are measured again: the file may come from anywhere.

    Args:
        store: Others may use it meanwhile; their writes wait.
        path: A backup of one project, looked through completely before anything is written.

    Returns:
        The new id.

    Raises:
        StartUpError: If the backup is damaged, of a later program, or of a whole store.
        AppError: If the store cannot take it.
    """
    place = new_place(store.files.imports_dir)
    try:
        with opened_backup(path, Scope.PROJECT) as (archive, manifest):
            try:
                engine, writing = make_engines(sqlite_url(place / "rows.sqlite3"))
                try:
                    with schema_transaction(writing) as connection:
                        _load_rows(connection, archive, manifest)
                    with engine.connect() as source:
                        return _add_to(store, source, archive)
                finally:
                    engine.dispose()
            except (ValueError, KeyError, TypeError, SQLAlchemyError) as error:
                said = error.orig if isinstance(error, DBAPIError) else error
                reason = " ".join(str(said).split())[:200]
                raise StartUpError(
                    f"the backup {path.name} must hold one sound project, got: {reason}; "
                    "take another one"
                ) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _load_rows(connection: Connection, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    if set(manifest.tables) != set(PROJECT_TABLES):
        raise ValueError("other tables than those of a project")
    upgrade_schema(connection, manifest.schema)
    tables = tables_of(connection)
    clear_tables(connection)
    for table in tables:
        if table.name in manifest.tables:
            with archive.open(table_entry(table.name)) as file:
                load_table(connection, table, io.TextIOWrapper(file, encoding="ascii"))
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise ValueError(f"a row of {broken[0]} that refers to none of {broken[2]}")
    upgrade_schema(connection)


def _add_to(store: Store, source: Connection, archive: zipfile.ZipFile) -> int:
    projects = next(table for table in tables_of(source) if table.name == PROJECTS)
    names = source.scalars(select(projects.c.name)).all()
    if len(names) != 1:
        raise ValueError(f"{len(names)} projects")
    _restore_originals(store, archive)
    with store.database.write() as session:
        revise = _checking(store)
        return copy_project(source, session.connection(), _free_name(session, names[0]), revise)


def _restore_originals(store: Store, archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        folder, _, sha256 = entry.filename.rpartition("/")
        if folder == original_entry("").rstrip("/"):
            store.files.save(store.files.original_path(sha256), archive.read(entry))


def _free_name(session: Session, wanted: str) -> str:
    taken = set(session.scalars(select(ProjectRow.name).where(LIVE_PROJECT)))
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted} ({number})"
    return name


def _checking(store: Store) -> Callable[[str, list[Row]], None]:
    """Return a check of rows that must fit what they describe."""
    sizes: dict[int, tuple[int, int]] = {}

    def check(table: str, rows: list[Row]) -> None:
        if table == IMAGES:
            for row in rows:
                row.update(_facts_of_original(store, row))
                sizes[row["id"]] = (row["height"], row["width"])
        elif table == ANNOTATIONS and rows:
            _check_masks(rows, sizes)
        elif table == CATEGORIES:
            _check_patterns(rows)

    return check


def _check_patterns(rows: list[Row]) -> None:
    for row in rows:
        if row["pattern"] not in list(Pattern):
            raise ValueError(f"category {row['id']} with a pattern that is none")


def _facts_of_original(store: Store, row: Row) -> dict[str, Any]:
    """Return what the bytes of an image say, whatever its row says; a lost one is left alone.

    Raises:
        ValueError: If they are no image, or one of another size.
    """
    path = store.files.original_path(row["sha256"])
    if not path.is_file():
        return {}
    try:
        found: NewImage = inspect_image(path.read_bytes(), row["file_name"])
    except AppError as error:
        raise ValueError(f"an image that cannot be read: {error.message}") from error
    if (found.width, found.height) != (row["width"], row["height"]):
        raise ValueError(f"image {row['id']} of another size than its original")
    return {
        "media_type": found.media_type,
        "pixels_media_type": found.pixels_media_type,
        "is_original_shown": found.is_original_shown,
        "byte_count": found.byte_count,
        "file_name": found.file_name,
    }


def _check_masks(rows: list[Row], sizes: dict[int, tuple[int, int]]) -> None:
    for row in rows:
        if (row["mask_height"], row["mask_width"]) != sizes.get(row["image_id"]):
            raise ValueError(f"annotation {row['id']} of another size than its image")
    said = np.array([[row["mask_height"], row["mask_width"]] for row in rows])
    measured = measure_codes([str(row["counts"]) for row in rows], said)
    for number, row in enumerate(rows):
        box = [row[f"bbox_{side}"] for side in ("x", "y", "width", "height")]
        is_right = (
            measured.area[number] == row["area"] and measured.bbox_xywh[number].tolist() == box
        )
        if not (measured.is_sound[number] and is_right):
            raise ValueError(f"annotation {row['id']} with a mask that is not what it says")
