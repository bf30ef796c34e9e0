"""Arrows point inwards: the import contracts of pyproject.toml hold, and each can fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.project_files import ROOT

ROOMS = {
    "app": """
        blueprints commands services schemas storage exporters importers domain context config
        errors client
    """,
    "sam_core": """
        figures export training predictor data checkpoints build_sam modeling losses prompts
        transforms masks errors
    """,
}

BAD_IMPORTS = {
    "sam_core/masks": ("import app.domain", "The model core knows nothing of the server"),
    "sam_core/errors": ("import sam_core.predictor", "Layers of the model core"),
    "sam_core/training": ("import sam_core.figures", "Layers of the model core"),
    "app/domain": ("import app.storage", "Layers of the server"),
    "app/services": ("import flask", "Only blueprints speak HTTP"),
    "app/exporters": ("import sam_core.modeling", "Only services drive the model"),
    "app/client": ("import app.errors", "The client needs nothing but Python"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    return subprocess.run(
        [*command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """Return a folder with the project's rooms, all empty, and the project's contracts."""
    for package, rooms in ROOMS.items():
        for room in ("", *rooms.split()):
            (tmp_path / package / room).mkdir()
            (tmp_path / package / room / "__init__.py").write_text("")
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return tmp_path


def test_the_project_keeps_its_import_contracts() -> None:
    report = lint_imports(ROOT)
    assert report.returncode == 0, report.stdout + report.stderr


def test_empty_rooms_break_nothing(skeleton: Path) -> None:
    report = lint_imports(skeleton)
    assert report.returncode == 0, report.stdout + report.stderr


@pytest.mark.parametrize("room", BAD_IMPORTS)
def test_a_planted_import_breaks_exactly_its_contract(skeleton: Path, room: str) -> None:
    planted, contract = BAD_IMPORTS[room]
    (skeleton / room / "__init__.py").write_text(f"{planted}\n")
    report = lint_imports(skeleton)
    broken = [line for line in report.stdout.splitlines() if line.endswith("BROKEN")]
    assert report.returncode == 1
    assert [line.removesuffix("BROKEN").strip() for line in broken] == [contract]
