"""The log of a run as curves: ``python -m sam_core.training curves``."""

import argparse
import sys
from pathlib import Path
from typing import Any

from sam_core.errors import TrainingConfigError
from sam_core.training.run_log import read_log

PANELS = {
    "loss": "loss",
    "iou_": "IoU on training views",
    "gradient_norm": "norm of the gradient",
    "learning_rate": "learning rate",
    "images_per_s": "images per second",
}
"""Beginning of the columns that share a panel, and what its axis says."""

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#e69f00")
"""Colours of Okabe and Ito, which colour-blind readers tell apart."""

SMOOTHED_SHARE = 0.02
WIDTH, PANEL_HEIGHT, DPI = 8.0, 2.2, 110


def add_curves_command(commands: Any) -> None:
    """Add the command to the subparsers of the command line."""
    parser = commands.add_parser("curves", help="draw the log of a run")
    parser.add_argument("--run", type=Path, required=True, dest="folder", help="folder of the run")
    parser.add_argument("--output", type=Path, required=True, help="PNG file to write")
    parser.set_defaults(run=_run_curves)


def _run_curves(options: argparse.Namespace) -> int:
    draw_curves(options.folder, options.output)
    sys.stdout.write(f"{options.output}\n")
    return 0


def draw_curves(run: Path, output: Path) -> None:
    """Write the columns of a run's log as curves over the steps, pale, with their mean bold.

    Args:
        run: Folder of a fit or of a pre-training.
        output: PNG file to write.

    Raises:
        TrainingConfigError: If there is no log with a row, the output cannot be written, or
            matplotlib is not installed.
    """
    rows = read_log(run / "log.csv")
    if not rows:
        raise TrainingConfigError(
            f"{run} must be the folder of a run with rows in log.csv, got none; pass --output "
            "of the fit, or wait until it has logged"
        )
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415 - a fit must not need matplotlib
    except ImportError as error:
        raise TrainingConfigError(
            f"matplotlib must be installed to draw curves, got {error}; run "
            '"pip install -r requirements-dev.txt"'
        ) from error
    panels = choose_panels(rows)
    size = (WIDTH, PANEL_HEIGHT * len(panels))
    figure = Figure(figsize=size, dpi=DPI, layout="constrained")
    for axis, (label, columns) in zip(
        figure.subplots(len(panels), squeeze=False, sharex=True)[:, 0], panels.items(), strict=True
    ):
        for colour, column in zip(COLOURS, columns, strict=False):
            known = [(row["step"], row[column]) for row in rows if column in row]
            steps, values = [step for step, _ in known], [value for _, value in known]
            axis.plot(steps, values, color=colour, alpha=0.25, linewidth=1)
            axis.plot(steps, smooth(values), color=colour, linewidth=1.8, label=column)
        axis.set_ylabel(label)
        axis.grid(alpha=0.3)
        if len(columns) > 1:
            axis.legend(fontsize=8, ncols=len(columns), frameon=False)
    axis.set_xlabel("steps")
    try:
        figure.savefig(output, format="png")
    except OSError as error:
        raise TrainingConfigError(
            f"--output must be a file that can be written, got {error}"
        ) from error


def choose_panels(rows: list[dict[str, float]]) -> dict[str, list[str]]:
    """Return the columns of each panel by its label; what was never logged has none."""
    columns = dict.fromkeys(key for row in rows for key in row)
    chosen = {
        label: [name for name in columns if name.startswith(start)]
        for start, label in PANELS.items()
    }
    return {label: names for label, names in chosen.items() if names}


def smooth(values: list[float]) -> list[float]:
    """Return the mean over the rows around each row: 2 % of all to either side, at least one.

    Example:
        >>> smooth([0.0, 3.0, 0.0, 3.0])
        [1.5, 1.0, 2.0, 1.5]
    """
    reach = max(1, round(SMOOTHED_SHARE * len(values)))
    windows = (values[max(0, at - reach) : at + reach + 1] for at in range(len(values)))
    return [sum(window) / len(window) for window in windows]
