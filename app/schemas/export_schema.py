"""Exports as JSON."""

from dataclasses import asdict
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.export import (
    ExportFormat,
    ExportOptions,
    ExportReport,
    SegmentationKind,
    Split,
    SplitGroups,
)
from app.errors import InvalidRequestError
from app.schemas.json_object import JsonObject

Choice = TypeVar("Choice", bound=StrEnum)


def parse_export_options(values: Any) -> ExportOptions:
    """Return the checked wish for an export; what is not named has its default.

    Raises:
        InvalidRequestError: If a field is malformed.
    """
    body = JsonObject(values)
    return ExportOptions(
        format=parse_choice(ExportFormat, "format", body.raw("format")),
        segmentation=parse_choice(SegmentationKind, "segmentation", body.raw("segmentation")),
        with_provenance=body.flag("with_provenance"),
        project_id=_parse_project(body),
        split=_parse_split(body.child("split")),
    )


def _parse_project(body: JsonObject) -> int | None:
    return None if body.raw("project_id") is None else body.integer("project_id")


def _parse_split(body: JsonObject | None) -> Split | None:
    if body is None:
        return None
    split = Split(
        val_percent=_parse_whole(body, "val_percent", 10),
        test_percent=_parse_whole(body, "test_percent", 10),
        seed=_parse_whole(body, "seed", 0),
        groups=parse_choice(SplitGroups, "split.groups", body.raw("groups")),
    )
    shares = (split.val_percent, split.test_percent)
    if min(shares) < 0 or sum(shares) > 100:
        raise InvalidRequestError(
            "field_invalid",
            "split.val_percent and split.test_percent must be from 0 to 100 and leave something, "
            f"got {shares[0]} and {shares[1]}",
            "choose smaller shares",
        )
    return split


def _parse_whole(body: JsonObject, name: str, default: int) -> int:
    return default if body.raw(name) is None else body.integer(name)


def parse_choice(choices: type[Choice], name: str, value: Any) -> Choice:
    """Return one of some words; ``None`` gives the first.

    Raises:
        InvalidRequestError: If it is none of them.
    """
    if value is None:
        return next(iter(choices))
    if isinstance(value, str) and value in set(choices):
        return choices(value)
    raise InvalidRequestError(
        "field_invalid",
        f"{name} must be {' or '.join(choices)}, got {value!a:.60}",
        "leave it out for the default",
    )


def format_report(report: ExportReport) -> dict[str, Any]:
    """Return a report as JSON."""
    return {**asdict(report), "format": report.format.value}
