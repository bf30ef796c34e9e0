"""``python -m sam_core.training evaluate``: its options and its report."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from sam_core.build_sam import sam_model_registry
from sam_core.checkpoints import model_id
from sam_core.data import CocoMaskDataset, MaskDataset, open_dataset
from sam_core.errors import CheckpointError, DatasetError, TrainingConfigError
from sam_core.modeling import Sam
from sam_core.training.evaluation_report import EvaluationReport, format_table
from sam_core.training.evaluator import DEFAULT_CLICKS, DEFAULT_MASKS_PER_IMAGE, evaluate
from sam_core.training.packing import load_model
from sam_core.training.progress_line import ProgressLine


def add_evaluate_command(commands: Any) -> None:
    """Add the command to the subparsers of the command line."""
    parser = commands.add_parser("evaluate", help="score a model with simulated clicks")
    parser.add_argument("--checkpoint", type=Path, help="weights; default: the shipped model")
    parser.add_argument(
        "--model", choices=sorted(sam_model_registry), help="default: told by the weights"
    )
    parser.add_argument(
        "--image-size", type=positive_number, help="side of the model input, in pixels"
    )
    parser.add_argument(
        "--clicks",
        type=positive_number,
        default=DEFAULT_CLICKS,
        help=f"clicks per mask (default {DEFAULT_CLICKS}); NoC is measured from 20 on",
    )
    parser.add_argument(
        "--masks-per-image",
        type=positive_number,
        default=DEFAULT_MASKS_PER_IMAGE,
        help=f"most masks of an image (default {DEFAULT_MASKS_PER_IMAGE})",
    )
    parser.add_argument("--json", type=Path, help="also write the report here")
    add_dataset_options(parser)
    parser.set_defaults(run=run_evaluate)


def add_dataset_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that name a data set and a part of it."""
    parser.add_argument(
        "--data", type=Path, help="folder with images/, train.json and val.json (.gz)"
    )
    parser.add_argument("--split", default="val", help="file of --data to use (default val)")
    parser.add_argument("--images", type=Path, help="instead of --data: folder of the images")
    parser.add_argument(
        "--annotations", type=Path, help="instead of --split: COCO JSON (.gz), or SA-1B folder"
    )
    parser.add_argument(
        "--limit", type=positive_number, help="number of images, evenly spaced; default: all"
    )


def run_evaluate(options: argparse.Namespace) -> int:
    """Score a model, print the table and write the report; return the exit status.

    Raises:
        TrainingConfigError: If the report has no folder to go to.
    """
    require_folder(options.json)
    dataset = open_chosen_dataset(options)
    sam = load_for_evaluation(options.checkpoint, options.model, options.image_size)
    report = evaluate(
        sam,
        dataset,
        max_clicks=options.clicks,
        masks_per_image=options.masks_per_image,
        limit=options.limit,
        on_progress=ProgressLine("images"),
    )
    sys.stdout.write(format_table({**report.per_source, "**mean**": report.mean}) + "\n")
    sys.stdout.write("\n" + _summary(report) + "\n")
    if options.json:
        content = {"model_id": model_id(sam), **report.to_dict()}
        options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


def require_folder(report_path: Path | None) -> None:
    """Refuse a report that could not be written, before the long work and not after it.

    Raises:
        TrainingConfigError: If the folder of the file does not exist.
    """
    if report_path and not report_path.parent.is_dir():
        raise TrainingConfigError(
            f"--json must name a file in a folder that exists, got {report_path}; make the folder"
        )


def _summary(report: EvaluationReport) -> str:
    left_out = len(report.skipped) + report.skipped_entries
    falls = "never falls" if report.largest_fall == 0 else f"falls by {report.largest_fall:.4f}"
    return (
        f"{report.masks} masks of {report.images} images, {left_out} left out, input "
        f"{report.image_size} pixels; from click to click the mean {falls}"
    )


def open_chosen_dataset(options: argparse.Namespace) -> MaskDataset:
    """Return the data set that the options name.

    Raises:
        DatasetError: If they name none, or a file or folder is missing.
    """
    if options.data is None:
        if options.images is None:
            raise DatasetError("data set must be given, got none; pass --data DIR")
        return open_dataset(options.images, options.annotations)
    if options.images is not None or options.annotations is not None:
        raise DatasetError(
            "data set must be given once, got --data and --images or --annotations; leave one out"
        )
    names = [f"{options.split}.json", f"{options.split}.json.gz"]
    files = [options.data / name for name in names if (options.data / name).is_file()]
    if not files:
        raise DatasetError(
            f"data folder must have {names[0]} or {names[1]}, got neither in {options.data}"
        )
    return CocoMaskDataset(options.data / "images", files[0])


def load_for_evaluation(checkpoint: Path | None, model: str | None, image_size: int | None) -> Sam:
    """Return a model in evaluation mode; see `load_model` for the arguments.

    Raises:
        CheckpointError: If the file is missing, damaged or of another model.
        TrainingConfigError: If the model cannot have that input size, or is a public one
            without weights.
    """
    if checkpoint is None and model not in {None, "maskwright_s"}:
        raise TrainingConfigError(
            f"model {model} must have weights, got none; pass --checkpoint FILE"
        )
    try:
        return load_model(checkpoint, model, image_size)
    except ValueError as error:
        raise TrainingConfigError(str(error)) from error
    except RuntimeError as error:
        raise CheckpointError(
            f"checkpoint must fit the model that it names, got {error} for {checkpoint}; "
            "evaluate it with the version of the program that wrote it"
        ) from error


def positive_number(text: str) -> int:
    """Return a whole number of an option, 1 or more.

    Raises:
        ArgumentTypeError: If it is anything else.
    """
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 on, got {text}")
    return int(text)
