"""``python -m sam_core.training tune``: its options and what it says."""

import argparse
import sys
from pathlib import Path
from typing import Any

from sam_core.checkpoints import detect_model_name
from sam_core.data import open_dataset
from sam_core.training.checkpoint_file import is_run_checkpoint
from sam_core.training.evaluate_command import positive_number
from sam_core.training.feature_cache import FeatureCache
from sam_core.training.held_out_check import HeldOutScores
from sam_core.training.packing import load_model, read_training_checkpoint
from sam_core.training.progress_line import ProgressLine
from sam_core.training.tuning import TuningProgress, TuningResult, tune
from sam_core.training.tuning_config import load_tuning_config
from sam_core.training.tuning_examples import as_examples

SHIPPED = "maskwright_s"


def add_tune_command(commands: Any) -> None:
    """Add the command to the subparsers of the command line."""
    parser = commands.add_parser("tune", help="teach the decoder alone, on kept features")
    parser.add_argument("--config", type=Path, help="TOML file; default: see docs/training.md")
    parser.add_argument("--checkpoint", type=Path, help="weights to start from; default: shipped")
    parser.add_argument(
        "--image-size", type=positive_number, help="side of the model input, in pixels"
    )
    parser.add_argument("--images", type=Path, required=True, help="folder of the images")
    parser.add_argument("--annotations", type=Path, required=True, help="COCO JSON (.gz) or folder")
    parser.add_argument("--features", type=Path, help="folder of kept features; default: --output")
    parser.add_argument("--output", type=Path, required=True, help="folder of the run")
    parser.set_defaults(run=run_tune)


def run_tune(options: argparse.Namespace) -> int:
    """Tune, say what came of it, and return the exit status: 0 also if nothing was better."""
    config = load_tuning_config(options.config)
    sam = load_model(options.checkpoint, image_size=options.image_size)
    result = tune(
        sam,
        as_examples(open_dataset(options.images, options.annotations)),
        FeatureCache(options.features or options.output / "features", sam),
        config,
        model_name=_model_name(options.checkpoint),
        output=options.output,
        on_progress=_Lines(),
    )
    sys.stdout.write(describe(result))
    return 0


def describe(result: TuningResult) -> str:
    """Return a table of the scores on the images kept apart, before and after."""
    lines = [f"{'':14}{'before':>10}{'after':>10}"]
    if result.before is not None and result.after is not None:
        lines += [
            f"{name:14}{before:10.3f}{after:10.3f}"
            for name, before, after in zip(
                HeldOutScores._fields, result.before, result.after, strict=True
            )
        ]
    kept = "the tuned weights" if result.is_better else "the weights of the start"
    return "\n".join([*lines, f"{result.steps} steps ({result.ended}); kept: {kept}", ""])


class _Lines:
    """Shows the progress of each phase as a line of its own."""

    def __init__(self) -> None:
        self.lines = {"encode": ProgressLine("images encoded"), "tune": ProgressLine("steps")}

    def __call__(self, progress: TuningProgress) -> None:
        if progress.phase in self.lines:
            self.lines[progress.phase](progress.done, progress.total)


def _model_name(checkpoint: Path | None) -> str:
    if checkpoint is None:
        return SHIPPED
    if is_run_checkpoint(checkpoint):
        return str(read_training_checkpoint(checkpoint)["model_name"])
    return detect_model_name(checkpoint)
