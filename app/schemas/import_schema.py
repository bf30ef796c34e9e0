"""Imports as JSON."""

from dataclasses import asdict
from typing import Any

from app.domain.dataset_import import ImportReport


def format_import_report(report: ImportReport) -> dict[str, Any]:
    """Return a report as JSON."""
    return {**asdict(report), "format": report.format.value}
