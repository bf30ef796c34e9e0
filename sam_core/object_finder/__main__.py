"""``python -m sam_core.object_finder``: teach a detector which things people draw."""

import argparse
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sam_core.amg.crops import generate_crops
from sam_core.amg.finder_file import save_object_finder
from sam_core.amg.object_search import OVERLAP
from sam_core.checkpoints import encoder_id
from sam_core.data import open_dataset
from sam_core.errors import SamCoreError, TrainingConfigError
from sam_core.modeling import ObjectFinder
from sam_core.modeling.object_detector import LEVEL_SIDES
from sam_core.object_finder.rating_fit import fit_rating
from sam_core.training.detector_training import DetectorConfig, train_detector
from sam_core.training.evaluate_command import positive_number
from sam_core.training.feature_cache import FeatureCache
from sam_core.training.held_out_check import choose
from sam_core.training.packing import load_model
from sam_core.training.progress_line import ProgressLine
from sam_core.training.tuning_examples import TuningExample, as_examples

STEPS = 3000
WIDTH = 128
RATED = 160


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, fit, write the file; return the exit status."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    try:
        teach(_parse(arguments))
    except SamCoreError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    return 0


def teach(options: argparse.Namespace) -> None:
    """Train the detector, learn what its finds are worth, and write the file.

    Raises:
        TrainingConfigError: If the folder of the file does not exist.
        DatasetError: If one of the data sets cannot be used.
    """
    if not options.output.parent.is_dir():
        raise TrainingConfigError(
            f"output must lie in an existing folder, got {options.output}; make it first"
        )
    sam = load_model(options.checkpoint).requires_grad_(False)
    learn = as_examples(open_dataset(options.images, options.annotations))
    apart = as_examples(open_dataset(options.images, options.apart))
    config = DetectorConfig(
        steps=options.steps,
        width=options.width,
        levels=len(LEVEL_SIDES) + 1,
        warmup_steps=min(50, options.steps),
        ema=0.995,
        precision=options.precision,
    )
    cache = FeatureCache(options.features, sam)
    shown = [*learn, *crops_of(learn)]
    train_detector(sam, shown, cache, config, on_progress=ProgressLine("steps"))
    detector, sam.object_detector = sam.object_detector, None
    assert detector is not None, "it was trained"
    searched = [*apart, *choose(learn, options.rated)]
    rating = fit_rating(sam, detector, searched, ProgressLine("images searched"))
    save_object_finder(ObjectFinder(detector, rating), encoder_id(sam), options.output)
    sys.stdout.write(f"{options.output}\n")


def crops_of(examples: Sequence[TuningExample]) -> list[TuningExample]:
    """Return one of the four crops of each image that a search looks at, the next one each time.

    Args:
        examples: Whole images.
    """
    crops = []
    for number, example in enumerate(examples):
        around = generate_crops(example.size, 1, OVERLAP)[1:]
        crops.append(replace(example, prompts=(), part_xyxy=around[number % len(around)].box_xyxy))
    return crops


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sam_core.object_finder", description=__doc__)
    add = parser.add_argument
    add("--checkpoint", type=Path, help="weights of the model; default: the model that ships")
    add("--images", type=Path, required=True, help="folder of the images")
    add("--annotations", type=Path, required=True, help="to learn from: COCO JSON (.gz) or folder")
    add("--apart", type=Path, required=True, help="other images, to learn what finds are worth")
    add("--features", type=Path, required=True, help="folder of kept features")
    add("--output", type=Path, required=True, help="safetensors file to write")
    add("--steps", type=positive_number, default=STEPS, help=f"of 8 images (default {STEPS})")
    add("--width", type=positive_number, default=WIDTH, help=f"channels (default {WIDTH})")
    add(
        "--rated",
        type=positive_number,
        default=RATED,
        help=f"images of --annotations that tell what finds are worth, too (default {RATED})",
    )
    add(
        "--precision",
        choices=("float32", "bfloat16"),
        default="float32",
        help="bfloat16 where the processor multiplies it natively",
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
