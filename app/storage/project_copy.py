"""The rows of one project: chosen for a backup, and added to another store under new ids."""

import json
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, Select, Table, null, select

from app.storage.table_dump import tables_of

PROJECTS, IMAGES, ANNOTATIONS = "projects", "images", "annotations"
CATEGORIES, VERSIONS = "categories", "annotation_versions"
# Every one after those that it names. What belongs to people and not to a project is left out.
PROJECT_TABLES = (PROJECTS, CATEGORIES, IMAGES, ANNOTATIONS, VERSIONS)
_ROWS_AT_ONCE = 500

Row = dict[str, Any]
Revise = Callable[[str, list[Row]], None]


def choose_project(connection: Connection, project_id: int) -> list[tuple[Table, Select[Any]]]:
    """Return the tables of a project and its rows in them, deleted ones included.

    References to what is not in these tables, such as accounts, are null.

    Args:
        connection: In the transaction that will read them.
        project_id: Which project.
    """
    tables = {table.name: table for table in tables_of(connection)}
    projects, images = tables[PROJECTS], tables[IMAGES]
    annotations = tables[ANNOTATIONS]
    own_images = select(images.c.id).where(images.c.project_id == project_id)
    own_annotations = select(annotations.c.id).where(annotations.c.image_id.in_(own_images))
    conditions = {
        PROJECTS: projects.c.id == project_id,
        CATEGORIES: tables[CATEGORIES].c.project_id == project_id,
        IMAGES: images.c.project_id == project_id,
        ANNOTATIONS: annotations.c.image_id.in_(own_images),
        VERSIONS: tables[VERSIONS].c.annotation_id.in_(own_annotations),
    }
    return [
        (tables[name], _columns_of(tables[name]).where(conditions[name])) for name in PROJECT_TABLES
    ]


def copy_project(source: Connection, target: Connection, name: str, revise: Revise) -> int:
    """Add the one project of a database to another one and return its new id.

    Args:
        source: A database with one project and nothing else, of the same schema.
        target: In a transaction that writes.
        name: What the project shall be called; free.
        revise: Is given the table's name and some rows before they are added; may change them.

    Raises:
        ValueError: If a row refers to none that is there.
    """
    there = {table.name: table for table in tables_of(target)}
    here = {table.name: table for table in tables_of(source)}
    new_ids: dict[str, dict[int, int]] = {}
    for table_name in PROJECT_TABLES:
        ids = new_ids.setdefault(table_name, {})
        with closing(_some_rows(source, here[table_name])) as groups:
            for rows in groups:
                revise(table_name, rows)
                added = [_renumbered(row, there[table_name], new_ids) for row in rows]
                if table_name == PROJECTS:
                    added = [{**row, "name": name} for row in added]
                if table_name == VERSIONS:  # they are named by their annotation
                    target.execute(there[table_name].insert(), added)
                    continue
                old_ids = [row["id"] for row in rows]
                ids.update(zip(old_ids, _add(target, there[table_name], added), strict=True))
    return next(iter(new_ids[PROJECTS].values()))


def _columns_of(table: Table) -> Select[Any]:
    outside = {
        column.name
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name not in PROJECT_TABLES
    }
    columns = (
        null().label(column.name) if column.name in outside else column for column in table.columns
    )
    return select(*columns).order_by(*table.primary_key.columns)


def _some_rows(connection: Connection, table: Table) -> Generator[list[Row]]:
    statement = select(table).order_by(*table.primary_key.columns)
    with connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(statement) as result:
        for rows in result.mappings().partitions():
            yield [dict(row) for row in rows]


def _renumbered(row: Row, table: Table, new_ids: dict[str, dict[int, int]]) -> Row:
    changed = {name: value for name, value in row.items() if name != "id"}
    for column in table.columns:
        for key in column.foreign_keys:
            ids = new_ids.get(key.column.table.name, {})
            if changed[column.name] is not None:
                changed[column.name] = _new_id(changed[column.name], ids, column.name)
    if "saved_json" in changed:
        changed["saved_json"] = _renumbered_version(changed["saved_json"], new_ids)
    return changed


def _renumbered_version(text: str, new_ids: dict[str, dict[int, int]]) -> str:
    saved = json.loads(text)
    for name, table in (("id", ANNOTATIONS), ("image_id", IMAGES), ("category_id", CATEGORIES)):
        saved[name] = _new_id(saved[name], new_ids[table], name)
    return json.dumps(saved, allow_nan=False)


def _new_id(number: Any, ids: dict[int, int], name: str) -> int:
    if number not in ids:
        raise ValueError(f"{name} {number!r:.20} names nothing in the file")
    return ids[number]


def _add(connection: Connection, table: Table, rows: Sequence[Row]) -> Sequence[int]:
    statement = table.insert().returning(table.c.id, sort_by_parameter_order=True)
    return connection.execute(statement, list(rows)).scalars().all()
