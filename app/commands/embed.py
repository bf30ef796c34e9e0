"""Add the photographs of a folder and compute their embeddings ahead; it can be repeated."""

import argparse
import sys
import time

from app.commands.options import to_path, to_whole_number
from app.commands.progress_line import ProgressLine
from app.config import AppConfig
from app.context import AppContext, build_context
from app.domain.embedding import EmbeddingPhase
from app.domain.image_record import ImageRecord
from app.errors import AppError

HELP = "compute the embeddings of a folder ahead"
_PAUSE_S = 0.02


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    defaults = AppConfig()
    add = parser.add_argument
    add("folder", type=to_path, help="the photographs")
    add("--project", type=_to_number, default=None, help="id of the project; the oldest without it")
    add("--data-dir", type=to_path, default=defaults.data_dir, help="where everything is kept")
    add("--model", default=defaults.model, help="vit_b, vit_l or vit_h with --checkpoint")
    add("--checkpoint", type=to_path, default=None, help="weights file of that model")
    add(
        "--max-embeddings-mb",
        type=_to_number,
        default=defaults.max_embeddings_mb,
        help="room for embeddings on disk, in MiB",
    )
    parser.set_defaults(database_url="")


def run(options: argparse.Namespace) -> int:
    """Add the folder, compute what is missing; return 0, or 1 if a photograph failed.

    Raises:
        StartUpError: If the store or the weights cannot be used.
    """
    folder = options.folder.resolve()
    config = AppConfig(
        data_dir=options.data_dir,
        model=options.model,
        checkpoint=options.checkpoint,
        images_root=folder,
        max_embeddings_mb=options.max_embeddings_mb,
        database_url=options.database_url,
    )
    context = build_context(config)
    try:
        found = context.images.add_folder(str(folder), options.project)
        problems = [f"{one.file_name}: {one.reason.message}" for one in found.skipped]
        problems += _embed(context, found.images)
    except AppError as error:
        sys.stderr.write(f"maskwright: {error.message}; {error.hint}\n")
        return 1
    finally:
        context.close()
    for problem in problems:
        sys.stdout.write(f"problem: {problem}\n")
    sys.stdout.write(f"{len(found.images)} photographs, {len(problems)} problems\n")
    return 1 if problems else 0


def _embed(context: AppContext, images: tuple[ImageRecord, ...]) -> list[str]:
    line = ProgressLine("embedding")
    problems = []
    for number, image in enumerate(images, start=1):
        state = context.embeddings.request(image)
        while state.phase in {EmbeddingPhase.WAITING, EmbeddingPhase.ENCODING}:
            time.sleep(_PAUSE_S)
            state = context.embeddings.state(image)
        if state.error is not None:
            problems.append(f"{image.file.file_name}: {state.error['message']}")
        line.show(number, len(images))
    line.end()
    return problems


def _to_number(text: str) -> int:
    return to_whole_number(text, 1, 2**31)
