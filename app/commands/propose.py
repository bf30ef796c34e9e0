"""Make masks of all photographs of a project or a folder, without anybody; it can be resumed.

What is done is kept in FILE.unfinished beside the result, photograph by photograph: a run that was
killed goes on where it was when the same command is given again.
"""

import argparse
import sys
from contextlib import AbstractContextManager, nullcontext

from app.commands.options import add_store_options, to_path, to_share, to_whole_number
from app.commands.progress_line import ProgressLine, TimeLeft
from app.config import AppConfig
from app.domain.proposal_run import Photograph, RunWish
from app.errors import AppError, StartUpError
from app.services.cluster_road import ADDRESSES, ClusterRoad, check_address
from app.services.live_model import LiveModel
from app.services.model_service import ModelService
from app.services.proposal_run import (
    RunReport,
    photographs_of_folder,
    photographs_of_project,
    run_proposals,
)
from app.services.proposal_search import finder_id
from app.services.proposal_work import LocalRoad, Road
from app.services.served_model import ServedModel, load_model
from app.storage.image_store import ImageStore
from app.storage.model_store import ModelStore
from app.storage.store import opened_store

HELP = "make masks of a project or folder without anybody"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    defaults, wish = AppConfig(), RunWish("")
    add = parser.add_argument
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--project", type=_to_id, default=None, help="id of the project")
    source.add_argument("--folder", type=to_path, default=None, help="folder of photographs")
    add("--out", type=to_path, required=True, help="the COCO file to write")
    add("--points-per-side", type=_to_side, default=wish.points_per_side, help="of the grid")
    add("--most", type=_to_count, default=wish.most_masks, help="masks of one photograph")
    add("--min-iou", type=to_share, default=wish.least_iou, help="least predicted IoU")
    add("--min-stability", type=to_share, default=wish.least_stability, help="least stability")
    add("--min-area", type=_to_count, default=wish.least_area, help="least pixels of a mask")
    add("--ray", metavar="ADDRESS", default="", help=f"work on a Ray cluster: {ADDRESSES}")
    add("--workers", type=_to_workers, default=0, help="of the cluster; 0: one for each core")
    add("--model", default=defaults.model, help="vit_b, vit_l or vit_h with --checkpoint")
    add("--checkpoint", type=to_path, default=None, help="weights file of that model")
    add_store_options(parser)


def run(options: argparse.Namespace) -> int:
    """Make the masks and print what came of it; return 0, or 1 if a photograph failed.

    Raises:
        StartUpError: If the store, the weights, the folder of the result or the cluster cannot
            be used.
    """
    if not options.out.parent.is_dir():
        raise StartUpError(f"the folder of --out must be there, got {options.out.parent}")
    if options.workers and not options.ray:
        raise StartUpError("--workers are those of a cluster; name it with --ray")
    lines = _Lines()
    if options.ray:
        check_address(options.ray)  # before the model is loaded and the folder is searched
    try:
        model, photographs = _open(options)
        wish = _wish(options, model)
        with _road(options, model, wish) as road:
            report = run_proposals(road, photographs, wish, options.out, lines.show)
    except AppError as error:
        lines.end()
        sys.stderr.write(f"maskwright: {error.message}; {error.hint}\n")
        return 1
    finally:
        lines.end()
    _print(report, options)
    return 1 if report.problems else 0


def _road(
    options: argparse.Namespace, model: ServedModel, wish: RunWish
) -> AbstractContextManager[Road]:
    if not options.ray:
        return nullcontext(LocalRoad(model, wish))
    log = options.out.with_name(options.out.name + ".ray.log")
    return ClusterRoad(options.ray, options.workers, model, wish, log)


class _Lines:
    """A line of progress for each stage of a run."""

    def __init__(self) -> None:
        self._line = ProgressLine("")
        self._stage = ""
        self._time_left = TimeLeft()

    def show(self, stage: str, done: int, total: int) -> None:
        """Draw how many photographs of how many are done in a stage."""
        if stage != self._stage:
            self.end()
            self._line, self._stage, self._time_left = ProgressLine(stage), stage, TimeLeft()
        self._line.show(done, total, self._time_left.after(done, total))

    def end(self) -> None:
        """Leave the line; a second time is no harm."""
        self._line.end()
        self._line = ProgressLine("")


def _wish(options: argparse.Namespace, model: ServedModel) -> RunWish:
    return RunWish(
        model_id=model.model_id,
        points_per_side=options.points_per_side,
        most_masks=options.most,
        least_iou=options.min_iou,
        least_stability=options.min_stability,
        least_area=options.min_area,
        finder_id=finder_id(model),
    )


def _open(options: argparse.Namespace) -> tuple[ServedModel, list[Photograph]]:
    """Return the model and the photographs; a project is searched by the model that is in use."""
    model = load_model(AppConfig(model=options.model, checkpoint=options.checkpoint))
    if options.folder is not None:
        return model, photographs_of_folder(options.folder)
    with opened_store(options.data_dir, options.database_url) as store:
        live = LiveModel(model)
        ModelService(live, ModelStore(store.database), store.files).follow()
        images = ImageStore(store.database).list_all(options.project)
        return live.current, photographs_of_project(images, store.files)


def _print(report: RunReport, options: argparse.Namespace) -> None:
    for problem in report.problems:
        sys.stdout.write(f"problem: {problem}\n")
    details = [
        f"{count} {what}"
        for count, what in (
            (report.resumed, "done before"),
            (report.copies, "copies left out"),
            (len(report.problems), "problems"),
        )
        if count
    ]
    rest = f" ({', '.join(details)})" if details else ""
    sys.stdout.write(f"{options.out}: {report.images} images, {report.masks} masks{rest}\n")


def _to_id(text: str) -> int:
    return to_whole_number(text, 1, 2**63 - 1)


def _to_side(text: str) -> int:
    return to_whole_number(text, 1, 128)


def _to_count(text: str) -> int:
    return to_whole_number(text, 1, 2**31)


def _to_workers(text: str) -> int:
    return to_whole_number(text, 0, 10**6)
