"""``python -m sam_core.training``: pre-train, fit, tune, evaluate and pack a model."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from sam_core.data import open_dataset
from sam_core.errors import SamCoreError
from sam_core.training.calibration import MASKS_PER_IMAGE, calibrate
from sam_core.training.config import load_config, load_pretraining_config
from sam_core.training.curves import add_curves_command
from sam_core.training.evaluate_command import add_evaluate_command, positive_number
from sam_core.training.packing import pack_checkpoint
from sam_core.training.pretrainer import Pretrainer
from sam_core.training.progress_line import ProgressLine
from sam_core.training.split_command import add_split_command
from sam_core.training.trainer import Trainer
from sam_core.training.tune_command import add_tune_command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    options = _build_parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    try:
        status: int = options.run(options)
    except SamCoreError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    return status


def _fit(options: argparse.Namespace) -> int:
    config = load_config(options.config)
    dataset = open_dataset(options.images, options.annotations)
    Trainer(config, dataset, options.output).fit()
    return 0


def _pretrain(options: argparse.Namespace) -> int:
    config = load_pretraining_config(options.config)
    Pretrainer(config, options.images, options.output).fit()
    return 0


def _calibrate(options: argparse.Namespace) -> int:
    calibrate(
        options.checkpoint,
        open_dataset(options.images, options.annotations),
        output=options.output,
        image_size=options.image_size,
        steps=options.steps,
        masks_per_image=options.masks_per_image,
        on_progress=ProgressLine("images"),
    )
    return 0


def _pack(options: argparse.Namespace) -> int:
    pack_checkpoint(options.checkpoint, options.output, options.image_size)
    sys.stdout.write(f"{options.output}\n")
    return 0


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sam_core.training", description=__doc__)
    commands = parser.add_subparsers(required=True)
    fit = commands.add_parser("fit", help="train, or continue a run that was stopped")
    fit.add_argument("--config", type=Path, required=True, help="TOML file, see configs/")
    fit.add_argument("--output", type=Path, required=True, help="folder of the run")
    _add_data(fit)
    fit.set_defaults(run=_fit)
    pretrain = commands.add_parser("pretrain", help="train the encoder on images without masks")
    pretrain.add_argument("--config", type=Path, required=True, help="TOML file, see configs/")
    pretrain.add_argument("--images", type=Path, required=True, help="folder of the images")
    pretrain.add_argument("--output", type=Path, required=True, help="folder of the run")
    pretrain.set_defaults(run=_pretrain)
    add_split_command(commands)
    add_tune_command(commands)
    add_curves_command(commands)
    add_evaluate_command(commands)
    last = commands.add_parser("calibrate", help="teach the quality head alone, after a run")
    last.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt of a run")
    last.add_argument("--output", type=Path, required=True, help="folder of the new checkpoint")
    last.add_argument("--image-size", type=int, required=True, help="side of the model input")
    last.add_argument("--steps", type=int, default=300, help="steps of 256 clicks (default 300)")
    last.add_argument(
        "--masks-per-image",
        type=positive_number,
        default=MASKS_PER_IMAGE,
        help=f"most masks of an image that are clicked on (default {MASKS_PER_IMAGE})",
    )
    _add_data(last)
    last.set_defaults(run=_calibrate)
    pack = commands.add_parser("pack", help="write the averaged weights as fp16 safetensors")
    pack.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt of a run")
    pack.add_argument("--output", type=Path, required=True, help="safetensors file to write")
    pack.add_argument("--image-size", type=int, help="side of the model input, in pixels")
    pack.set_defaults(run=_pack)
    return parser


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--images", type=Path, required=True, help="folder of the images")
    parser.add_argument("--annotations", type=Path, required=True, help="COCO JSON (.gz) or folder")


if __name__ == "__main__":
    sys.exit(main())
