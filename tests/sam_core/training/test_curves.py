"""Curves: every column has its place, and a folder without a log is named."""

from pathlib import Path

import pytest
from PIL import Image

from sam_core.errors import TrainingConfigError
from sam_core.training.__main__ import main
from sam_core.training.curves import choose_panels, draw_curves, smooth
from sam_core.training.pretrainer import LOG_COLUMNS as PRETRAINING_COLUMNS
from sam_core.training.run_log import RunLog
from sam_core.training.trainer import LOG_COLUMNS


@pytest.fixture
def run(tmp_path: Path) -> Path:
    with RunLog(tmp_path, LOG_COLUMNS, first_step=0, total_steps=5, every=1) as log:
        for step in range(1, 6):
            values = dict.fromkeys(LOG_COLUMNS, 1 / step)
            if step % 2:
                del values["iou_box"]
            log.add(step, values, 2)
    return tmp_path


def test_the_command_writes_a_picture(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = run / "curves.png"
    assert main(["curves", "--run", str(run), "--output", str(output)]) == 0
    assert str(output) in capsys.readouterr().out
    with Image.open(output) as picture:
        assert picture.height > picture.width > 500


@pytest.mark.parametrize("columns", [LOG_COLUMNS, PRETRAINING_COLUMNS])
def test_every_column_has_a_panel(columns: tuple[str, ...]) -> None:
    panels = choose_panels([dict.fromkeys(("step", "images_per_s", *columns), 1.0)])
    assert {name for names in panels.values() for name in names} == {"images_per_s", *columns}


def test_what_was_never_logged_has_no_panel() -> None:
    assert choose_panels([{"step": 1.0, "loss": 2.0}]) == {"loss": ["loss"]}


def test_smoothing_keeps_the_level_and_the_number() -> None:
    assert smooth([2.0] * 7) == [2.0] * 7
    assert smooth([4.0]) == [4.0]


def test_a_folder_without_rows_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingConfigError, match=r"with rows in log\.csv, got none"):
        draw_curves(tmp_path, tmp_path / "curves.png")


def test_an_output_that_cannot_be_written_is_named(run: Path) -> None:
    with pytest.raises(TrainingConfigError, match="--output must be a file that can be written"):
        draw_curves(run, run / "nowhere" / "curves.png")


def test_a_missing_matplotlib_is_told(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.figure", None)
    with pytest.raises(TrainingConfigError, match="matplotlib must be installed to draw curves"):
        draw_curves(run, run / "curves.png")
