"""What the loop of the data engine saves: ``python -m bench.data_engine --json FILE``.

It needs photographs with masks of a domain that the model does badly on, which the project
does not ship: name them with ``--images`` and ``--annotations``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.engine_stages import measure_engine
from bench.harness import describe_machine
from bench.learnt_objects import learn_objects
from bench.tuning_gain import HELD_OUT_SHARE, GainOptions, measure_gain
from sam_core.build_sam import build_default
from sam_core.checkpoints import model_id
from sam_core.data import open_dataset
from sam_core.training.held_out_check import split_examples
from sam_core.training.tuning_examples import TuningExample, as_examples


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, show and write the numbers; return the exit status."""
    defaults = GainOptions()
    parser = argparse.ArgumentParser(prog="python -m bench.data_engine", description=__doc__)
    add = parser.add_argument
    add("--json", type=Path, help="file to write the numbers to")
    add("--images", type=Path, required=True, help="folder of photographs")
    add("--annotations", type=Path, required=True, help="COCO JSON (.gz) of their masks")
    add("--tested-images", type=Path, help="folder of the images to test on, if apart")
    add("--tested-annotations", type=Path, help="their COCO JSON; all others are learnt from")
    add("--annotated", type=int, default=defaults.annotated, help="images that are learnt from")
    add("--tested", type=int, default=defaults.tested, help="images that are clicked, at most")
    add("--masks", type=int, default=defaults.masks_per_image, help="annotated of each image")
    add("--tested-masks", type=int, default=defaults.tested_masks, help="clicked of each image")
    add("--minutes", type=float, default=defaults.minutes, help="of processor time to learn")
    add("--rate", type=float, default=defaults.rate, help="peak of the learning rate")
    options = parser.parse_args(arguments)
    sam = build_default().eval().requires_grad_(False)
    examples = _read(options.images, options.annotations)
    others = _read(options.tested_images or options.images, options.tested_annotations)
    wanted = GainOptions(
        annotated=options.annotated,
        tested=options.tested,
        masks_per_image=options.masks,
        tested_masks=options.tested_masks,
        minutes=options.minutes,
        rate=options.rate,
    )
    gain = measure_gain(sam, examples, wanted, _say, apart=others)
    objects = learn_objects(gain, wanted.minutes, _say)
    _, apart = split_examples(gain.learnt, HELD_OUT_SHARE)
    engine = measure_engine(gain.tuned, apart, gain.tested, gain.clicks, wanted.tested_masks)
    numbers: dict[str, Any] = {
        "model_id": model_id(sam),
        **gain.numbers,
        **objects,
        **engine,
        "machine": describe_machine(),
    }
    text = json.dumps(numbers, indent=2) + "\n"
    sys.stdout.write(text)
    if options.json is not None:
        options.json.write_text(text, encoding="utf-8")
    return 0


def _read(images: Path, annotations: Path | None) -> list[TuningExample]:
    """Return the images of an annotation file; without a file there are none."""
    return [] if annotations is None else as_examples(open_dataset(images, annotations))


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
