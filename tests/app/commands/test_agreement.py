"""The command ``agreement``."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import cli
from app.commands import agreement
from app.domain.agreement import Agreement


def test_shares_are_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Agreement(8, 20, 4, 6, 7, 0.9)
    monkeypatch.setattr(agreement, "check_agreement", lambda *_: found)
    assert cli.main(["agreement", "--data-dir", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "8 of 20 automatic masks compared",
        "above 90 % IoU: 75.0%",
        "above 75 % IoU: 87.5%",
        "mean IoU: 0.900",
        "unchanged: 50.0%",
    ]


def test_nothing_to_compare_and_no_project_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["agreement", "--data-dir", str(tmp_path)]) == 1
    assert "accepted proposals, got none" in capsys.readouterr().err
    assert cli.main(["agreement", "--data-dir", str(tmp_path), "--project", "9"]) == 1
    assert "project" in capsys.readouterr().err
