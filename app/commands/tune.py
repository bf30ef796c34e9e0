"""Tune the decoder on the accepted masks of a project; the server may run meanwhile."""

import argparse
import signal
import sys
from dataclasses import dataclass
from threading import Event
from typing import Any

from app.commands.options import add_store_options, to_path
from app.commands.progress_line import ProgressLine
from app.config import AppConfig
from app.domain.model_version import Scores
from app.domain.tuning import (
    DEFAULT_MINUTES,
    MOST_MINUTES,
    TuningMaterial,
    TuningPhase,
    TuningRequest,
    TuningState,
)
from app.errors import AppError, StartUpError
from app.services.live_model import LiveModel
from app.services.model_service import ModelService
from app.services.served_model import load_model
from app.services.tuning_material import collect
from app.services.tuning_run import TuningParts, TuningRun, begin_run, lower_priority
from app.storage.embedding_cache import EmbeddingCache
from app.storage.model_store import ModelStore
from app.storage.project_store import ProjectStore
from app.storage.store import Store, opened_store
from app.storage.tuning_folder import TuningFolder

HELP = "tune the decoder on accepted masks"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    defaults = AppConfig()
    add = parser.add_argument
    add("--project", default=None, help="name or id of the project; the oldest without it")
    add("--minutes", type=_to_minutes, default=DEFAULT_MINUTES, help="how long it may learn")
    add("--dry-run", action="store_true", help="only say what it would learn from")
    add("--resume", action="store_true", help="go on with the run that was interrupted")
    add_store_options(parser)
    add("--model", default=defaults.model, help="vit_b, vit_l or vit_h with --checkpoint")
    add("--checkpoint", type=to_path, default=None, help="weights file of that model")


def run(options: argparse.Namespace) -> int:
    """Tune and print what it brought; return 0, or 1 if it was refused, failed or cancelled.

    Raises:
        StartUpError: If the store or the weights cannot be used.
    """
    with opened_store(options.data_dir, options.database_url) as store:
        try:
            if options.dry_run:
                return _show_material(store, options)
            return _tune(store, options)
        except AppError as error:
            sys.stderr.write(f"maskwright: {error.message}; {error.hint}\n")
            return 1


def _show_material(store: Store, options: argparse.Namespace) -> int:
    material = collect(store.database, _project_id(store, options.project)).count()
    sys.stdout.write(_describe(material))
    sys.stdout.write("enough to learn from\n" if material.is_enough else "too little\n")
    return 0 if material.is_enough else 1


def _tune(store: Store, options: argparse.Namespace) -> int:
    config = AppConfig(
        data_dir=options.data_dir, model=options.model, checkpoint=options.checkpoint
    )
    folder = TuningFolder(store.files.tuning_dir)
    if not options.resume:
        project = _project_id(store, options.project)
        begin_run(store.database, folder, TuningRequest(project, options.minutes))
    elif folder.own_state().phase is TuningPhase.NONE:
        raise StartUpError("--resume must follow a run that was interrupted, but there is none")
    lower_priority()
    base = load_model(config)
    parts = TuningParts(
        base=base,
        models=ModelService(LiveModel(base), ModelStore(store.database), store.files),
        database=store.database,
        files=store.files,
        cache=EmbeddingCache(store.files, config.max_embeddings_bytes),
    )
    asked_to_end = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked_to_end.set())
    lines = _Lines()
    state = TuningRun(parts, folder, lines.show, asked_to_end.is_set).go_on()
    lines.end()
    return _report(state)


def _project_id(store: Store, wanted: str | None) -> int:
    projects = ProjectStore(store.database).list_all()
    if wanted is None:
        return projects[0].id
    for project in projects:
        if project.name == wanted:
            return project.id
    if wanted.isascii() and wanted.isdigit() and int(wanted) in {one.id for one in projects}:
        return int(wanted)
    names = ", ".join(repr(project.name) for project in projects)
    raise StartUpError(f"--project must be the name or id of one of {names}, got {wanted!r}")


def _report(state: TuningState) -> int:
    out = sys.stdout.write
    if state.material is not None:
        out(_describe(state.material))
    if state.phase is TuningPhase.FAILED:
        error = state.error or {}
        sys.stderr.write(f"maskwright: {error.get('message')}; {error.get('hint')}\n")
        return 1
    if state.phase is TuningPhase.CANCELLED:
        out("cancelled; nothing was kept\n")
        return 1
    if state.phase is not TuningPhase.DONE:
        out("interrupted; `python -m app tune --resume` goes on\n")
        return 0
    best = min((point.scores.clicks_to_90 for point in state.curve), default=0.0)
    if state.before is not None:
        before = state.before.clicks_to_90
        out(f"clicks to 90 % IoU on images kept apart: {before:.2f} -> {best:.2f}\n")
    if state.model_id is None:
        out("nothing was better than the decoder as it is, which stays\n")
    else:
        out(f"kept as {state.model_id}; `python -m app models use {state.model_id}` serves it\n")
    return 0


def _describe(material: TuningMaterial) -> str:
    return (
        f"learns from {material.mask_count} masks on {material.image_count} images, "
        f"keeps {material.held_out_image_count} images with {material.held_out_mask_count} "
        f"masks apart, leaves {material.left_out} masks out\n"
    )


@dataclass
class _Lines:
    """Shows each phase as a line of its own, and each look at the images kept apart."""

    phase: TuningPhase | None = None
    line: ProgressLine | None = None
    points: int = 0

    def show(self, state: TuningState) -> None:
        if state.phase is not self.phase:
            self.end()
            self.phase, self.line = state.phase, ProgressLine(state.phase.value)
        assert self.line is not None, "made with the phase"
        self.line.show(state.done, state.total)
        for point in state.curve[self.points :]:
            self.end()
            sys.stdout.write(f"{point.seconds:7.1f} s  {_scores(point.scores)}\n")
            sys.stdout.flush()
        self.points = len(state.curve)

    def end(self) -> None:
        if self.line is not None:
            self.line.end()


def _scores(scores: Scores) -> str:
    return f"{scores.clicks_to_90:.2f} clicks to 90 % IoU, {scores.first_iou:.3f} IoU at once"


def _to_minutes(text: str) -> Any:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes <= MOST_MINUTES:
        raise argparse.ArgumentTypeError(
            f"must be above 0 and at most {MOST_MINUTES}, got {text!r}"
        )
    return minutes
