"""All rows of all tables as lines of JSON and back, the same for both databases."""

import base64
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, MetaData, Select, Table, func, select, text

_NOT_DATA = "alembic_version"
# Of one server, for some days: a restored store must not let anybody in who was in elsewhere.
TRANSIENT = ("sessions", "sign_in_failures")
_ROWS_AT_ONCE = 500


def tables_of(connection: Connection) -> list[Table]:
    """Return the tables of what people made, every one after those that it names."""
    return [table for table in _all_tables(connection) if table.name not in TRANSIENT]


def dump_table(
    connection: Connection, table: Table, chosen: Select[Any] | None = None
) -> Iterator[str]:
    """Go through a table by primary key.

    Args:
        connection: In the transaction that reads.
        table: Which table.
        chosen: Some of its rows, with all columns; ``None`` means all.

    Yields:
        One line per row, without its end; bytes are in base64.
    """
    statement = select(table) if chosen is None else chosen
    statement = statement.order_by(*table.primary_key.columns)
    rows = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(statement)
    for row in rows.mappings():
        yield json.dumps({name: _to_json(value) for name, value in row.items()}, allow_nan=False)


def load_table(connection: Connection, table: Table, lines: Iterable[str]) -> int:
    """Insert the rows of `dump_table` and let new ids count on from them.

    Returns:
        Number of rows.

    Raises:
        ValueError: If a line is no row of this table.
    """
    count = 0
    rest = iter(lines)
    while some := [_to_row(table, line) for line in islice(rest, _ROWS_AT_ONCE)]:
        connection.execute(table.insert(), some)
        count += len(some)
    if connection.dialect.name == "postgresql":
        _count_on(connection, table)
    return count


def clear_tables(connection: Connection) -> None:
    """Delete all rows of all tables, those of sessions included."""
    for table in reversed(_all_tables(connection)):
        connection.execute(table.delete())


def _all_tables(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != _NOT_DATA]


def _to_json(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(value).decode("ascii")}
    return value


def _to_row(table: Table, line: str) -> dict[str, Any]:
    values = json.loads(line)
    if not isinstance(values, dict) or set(values) != set(table.columns.keys()):
        raise ValueError(f"a row of {table.name} must have exactly its columns, got {line[:80]!r}")
    return {
        name: base64.b64decode(value["base64"]) if isinstance(value, dict) else value
        for name, value in values.items()
    }


def _count_on(connection: Connection, table: Table) -> None:
    # Rows that bring their own ids do not move PostgreSQL's counter; SQLite's they do.
    if "id" not in table.columns:
        return
    sequence = connection.scalar(
        text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table.name}
    )
    largest = connection.scalar(select(func.max(table.columns.id)))
    if sequence is not None and largest is not None:
        connection.execute(
            text("SELECT setval(CAST(:sequence AS regclass), :largest)"),
            {"sequence": sequence, "largest": largest},
        )
