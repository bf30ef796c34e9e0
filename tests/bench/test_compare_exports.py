"""The comparison runs the other program as a process of its own and believes nothing it says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench import compare_exports as module
from bench.compare_exports import compare_exports

COPIES = """
import json, pathlib, sys
source, folder = map(pathlib.Path, sys.argv[1:])
document = json.loads(source.read_text())
folder.mkdir()
document["annotations"] = document["annotations"][{first}:]
(folder / "a.json").write_text(json.dumps(document))
print(json.dumps({{"seconds": 100.0, "version": "1.0"}}))
"""


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text(text)
    monkeypatch.setattr(module, "_WORKER", worker)


def test_the_ratio_is_their_time_over_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, COPIES.format(first=0))
    found = compare_exports(tmp_path, 40, 1, Path(sys.executable))
    assert (found["compared_masks"], found["datumaro"]) == (40, "1.0")
    assert found["compared_datumaro_s"] == 100.0
    assert isinstance(found["ratio_datumaro"], float)
    assert found["ratio_datumaro"] > 1


@pytest.mark.parametrize(
    ("worker", "said"),
    [(COPIES.format(first=1), "must write 40 masks, got 39"), ("raise SystemExit('no')", "no")],
)
def test_a_program_that_loses_masks_or_fails_is_not_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worker: str, said: str
) -> None:
    stand_in(tmp_path, monkeypatch, worker)
    with pytest.raises(RuntimeError, match=said):
        compare_exports(tmp_path, 40, 1, Path(sys.executable))
