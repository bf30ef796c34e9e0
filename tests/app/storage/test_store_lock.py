"""The lock on a data folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import StartUpError
from app.storage.store_lock import store_lock
from tests.helpers.project_files import ROOT

HOLD = """
import sys, time
from pathlib import Path
from app.storage.store_lock import store_lock
with store_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_another_program_is_refused_until_the_first_one_dies(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(StartUpError, match="one server at a time"), store_lock(tmp_path):
            pass
        other.kill()
        other.wait()
        with store_lock(tmp_path):
            pass


def test_the_folder_is_made_or_refused(tmp_path: Path) -> None:
    with store_lock(tmp_path / "new" / "data"):
        assert (tmp_path / "new" / "data").is_dir()
    (tmp_path / "file").write_text("")
    with pytest.raises(StartUpError, match=r"must be writable.*--data-dir"):
        store_lock(tmp_path / "file" / "data").__enter__()
