"""What takes longer is described with all of its fields."""

from __future__ import annotations

from dataclasses import fields

from app.domain.dataset_import import ImportReport
from app.domain.export import ExportOptions, ExportReport
from app.schemas.openapi_work_components import WORK_COMPONENTS
from app.services.background_jobs import JobPhase


def named(component: str) -> set[str]:
    return set(WORK_COMPONENTS[component]["properties"])


def test_reports_and_options_are_described_whole() -> None:
    for component, kind in (
        ("ExportReport", ExportReport),
        ("ImportReport", ImportReport),
        ("ExportOptions", ExportOptions),
    ):
        assert named(component) == {field.name for field in fields(kind)}


def test_a_job_has_the_phases_of_jobs() -> None:
    for component in ("Export", "Import"):
        assert WORK_COMPONENTS[component]["properties"]["state"]["enum"] == list(JobPhase)
