"""``python -m bench trials``: short trainings that differ in one setting each."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from bench.trial_models import trial_models
from sam_core.data import CocoMaskDataset
from sam_core.errors import SamCoreError, TrainingConfigError
from sam_core.training.checkpoint_file import CHECKPOINT
from sam_core.training.config import PretrainingConfig, PretrainingStage, Stage, TrainingConfig
from sam_core.training.evaluate_command import positive_number
from sam_core.training.evaluation_report import format_table
from sam_core.training.evaluator import evaluate
from sam_core.training.packing import load_model
from sam_core.training.pretrainer import Pretrainer
from sam_core.training.trainer import Trainer

IMAGE_SIZE = 128
IMAGES_PER_STEP = 8
PRETRAINING_CROPS = 32
VALIDATION_IMAGES = 60
MASKS_PER_IMAGE = 4
CLICKS = 3


@dataclass(frozen=True)
class Trial:
    """One change of the base configuration."""

    question: str
    settings: dict[str, Any] = field(default_factory=dict)
    masks_per_image: int = 8
    image_size: int = IMAGE_SIZE
    pretraining_steps: int = 0
    """Steps of masked pre-training before, on top of the trial's own time."""


TRIALS = {
    "base": Trial("the short recipe that every other trial changes"),
    "second seed": Trial("how far do two equal runs differ?", {"seed": 1}),
    "normalised focal": Trial("normalised focal loss for focal loss", {"normalised_focal": True}),
    "recycling": Trial("dormant units recycled every 100 steps", {"recycle_every": 100}),
    "synthetic 10 %": Trial("one sample in ten is made of shapes", {"synthetic_share": 0.1}),
    "copy-paste": Trial("half of the images get pasted objects", {"copy_paste_share": 0.5}),
    "parts": Trial("15 % of the targets are parts of objects", {"part_share": 0.15}),
    "plain encoder": Trial("plain ViT, no convolutions", {"model": "maskwright_vit_s"}),
    "plain encoder after MAE": Trial(
        "plain ViT that has practised on hidden patches before",
        {"model": "maskwright_vit_s"},
        pretraining_steps=300,
    ),
    "no skips": Trial("nothing of stride 4 and 8 for the decoder", {"model": "without_skips"}),
    "decoder width 64": Trial("half the decoder's width", {"model": "narrow_decoder"}),
    "192 pixels": Trial("a larger input, so fewer steps", image_size=192),
    "16 masks x 2 rounds": Trial("more masks, fewer rounds", {"iterations": (2,)}, 16),
    "4 masks x 6 rounds": Trial("fewer masks, more rounds", {"iterations": (6,)}, 4),
}


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen trials, show and write their scores; return the exit status."""
    options = _parse(arguments)
    try:
        with trial_models():
            reports = {name: run_trial(name, options) for name in options.names or TRIALS}
    except SamCoreError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    rows = {f"{name} ({report['steps']} steps)": report["mean"] for name, report in reports.items()}
    sys.stdout.write(format_table(rows, "trial") + "\n")
    return 0


def run_trial(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """Train and score one trial, and return its report.

    A trial that is done is only read again, one that was stopped goes on from its checkpoint.

    Raises:
        TrainingConfigError: If there is no trial of that name.
        DatasetError: If the data set is missing or unreadable.
    """
    if name not in TRIALS:
        raise TrainingConfigError(f"trial must be one of {', '.join(TRIALS)}, got {name}")
    report = options.output / f"{name.replace(' ', '_')}.json"
    if report.exists():
        done: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return done
    config = build_config(TRIALS[name], options.steps, options.minutes_per_trial)
    folder = options.output / name.replace(" ", "_")
    if TRIALS[name].pretraining_steps and not (folder / CHECKPOINT).exists():
        config = replace(config, initial_weights=_pretrain(TRIALS[name], config, options, folder))
    trainer = Trainer(config, _dataset(options.data, "train"), folder, clock=time.process_time)
    trainer.fit()
    result = evaluate(
        load_model(folder / "checkpoint.pt"),
        _dataset(options.data, "val"),
        max_clicks=CLICKS,
        masks_per_image=MASKS_PER_IMAGE,
        limit=VALIDATION_IMAGES,
    )
    content = {
        "question": TRIALS[name].question,
        "config": asdict(config),
        "minutes": trainer.seconds / 60,
        "steps": trainer.step,
        "images": result.images,
        "masks": result.masks,
        "mean": result.mean,
    }
    report.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return content


def _pretrain(
    trial: Trial, config: TrainingConfig, options: argparse.Namespace, folder: Path
) -> str:
    stage = PretrainingStage(trial.image_size, trial.pretraining_steps, PRETRAINING_CROPS)
    settings = PretrainingConfig(
        model=config.model,
        stages=(stage,),
        warmup_steps=trial.pretraining_steps // 10,
        threads=1,
        seed=config.seed,
        cache_dir=config.cache_dir,
    )
    output = folder / "pretraining"
    Pretrainer(settings, options.data / "images", output).fit()
    return str(output / CHECKPOINT)


def build_config(trial: Trial, steps: int, minutes: int = 0) -> TrainingConfig:
    """Return the configuration of a trial of eight images a step.

    Args:
        trial: What it changes.
        steps: Steps of the schedule.
        minutes: Processor time that the trial gets, whatever its steps cost; 0: all steps are
            done.
    """
    stage = Stage(trial.image_size, steps, IMAGES_PER_STEP, trial.masks_per_image, 0.7, 2.0)
    base = TrainingConfig(
        model="maskwright_s",
        stages=(stage,),
        warmup_steps=steps // 10,
        decay_share=0.4,
        ema=0.98,
        threads=1,
        time_limit_s=60.0 * minutes,
    )
    return replace(base, **trial.settings)


def _dataset(folder: Path, split: str) -> CocoMaskDataset:
    packed = folder / f"{split}.json.gz"
    return CocoMaskDataset(
        folder / "images", packed if packed.exists() else folder / f"{split}.json"
    )


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench trials", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(TRIALS))
    parser.add_argument("--data", type=Path, required=True, help="folder with images, train, val")
    parser.add_argument("--output", type=Path, required=True, help="folder of the runs")
    parser.add_argument("--steps", type=positive_number, default=300, help="steps of a trial")
    parser.add_argument(
        "--minutes-per-trial",
        type=positive_number,
        default=0,
        help="processor time of a trial's training process, without the one that prepares "
        "its data; the schedule follows it; default: all steps",
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
