"""Exports of small datasets as archives, checked like every export."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from app.domain.dataset import DatasetView
from app.domain.export import ExportFormat, ExportReport, Split
from app.exporters.archive import write_archive


def export(
    dataset: DatasetView, kind: ExportFormat, split: Split | None = None
) -> tuple[Mapping[str, bytes], ExportReport]:
    """Return the files of an export by their paths, and its report."""
    report = ExportReport(kind)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.zip"
        write_archive(dataset, path, split, report)
        content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}, report


def losses(report: ExportReport) -> dict[str, int]:
    return {loss.code: loss.count for loss in report.losses}
