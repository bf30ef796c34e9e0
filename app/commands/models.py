"""List the models that can be served, choose one, or remove one; a running server follows."""

import argparse
import sys

from app.commands.options import add_store_options, to_path
from app.config import AppConfig
from app.domain.model_version import ModelChoice
from app.errors import AppError, StartUpError
from app.services.live_model import LiveModel
from app.services.model_service import ModelService
from app.services.served_model import load_model
from app.storage.model_store import ModelStore
from app.storage.store import opened_store

HELP = "list, choose or remove tuned models"
_ACTIONS = ("list", "use", "remove")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    defaults = AppConfig()
    add = parser.add_argument
    add("action", choices=_ACTIONS, help="what shall be done")
    add("model_id", nargs="?", default=None, help="the model, for `use` and `remove`")
    add_store_options(parser)
    add("--model", default=defaults.model, help="vit_b, vit_l or vit_h with --checkpoint")
    add("--checkpoint", type=to_path, default=None, help="weights file of that model")


def run(options: argparse.Namespace) -> int:
    """Do it and print the list; return 0, or 1 if it was refused.

    Raises:
        StartUpError: If the store or the weights cannot be used, or no model is named.
    """
    if (options.action == "list") != (options.model_id is None):
        raise StartUpError(
            f"`models {options.action}` must "
            + ("name no model" if options.action == "list" else "name the id of a model")
        )
    config = AppConfig(model=options.model, checkpoint=options.checkpoint)
    with opened_store(options.data_dir, options.database_url) as store:
        live = LiveModel(load_model(config))
        models = ModelService(live, ModelStore(store.database), store.files)
        try:
            models.follow()
            if options.action == "use":
                models.use(options.model_id)
            elif options.action == "remove":
                models.remove(options.model_id)
        except AppError as error:
            sys.stderr.write(f"maskwright: {error.message}; {error.hint}\n")
            return 1
        for choice in models.list_choices():
            sys.stdout.write(_describe(choice))
    return 0


def _describe(choice: ModelChoice) -> str:
    mark = "*" if choice.is_served else " "
    text = f"{mark} {choice.model_id}  {choice.name}"
    if choice.version is not None:
        lesson = choice.version.version.lesson
        text += (
            f"  {choice.version.created_at[:10]}, {lesson.mask_count} masks of "
            f"{lesson.project_name}, {lesson.before.clicks_to_90:.2f} -> "
            f"{lesson.after.clicks_to_90:.2f} clicks"
        )
    return text + (f"  ({choice.problem})\n" if choice.problem else "\n")
