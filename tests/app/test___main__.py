"""``python -m app``."""

from __future__ import annotations

import subprocess
import sys

from tests.helpers.project_files import ROOT


def test_the_program_explains_itself() -> None:
    command = [sys.executable, "-m", "app", "--help"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for option in ("--host", "--port", "--data-dir", "--model", "--checkpoint", "--images-root"):
        assert option in answer.stdout
