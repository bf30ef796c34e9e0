"""From a training checkpoint to the file that ships."""

import pickle
from pathlib import Path
from typing import Any

import torch

from sam_core.build_sam import (
    build_default,
    build_for_training,
    build_from_checkpoint,
    sam_model_registry,
)
from sam_core.checkpoints import save_safetensors
from sam_core.errors import CheckpointError
from sam_core.modeling import Sam
from sam_core.training.checkpoint_file import is_run_checkpoint

TRAINING_KEYS = {"model_name", "image_size", "step", "average"}


def load_model(
    checkpoint: str | Path | None, model: str | None = None, image_size: int | None = None
) -> Sam:
    """Return a model for evaluation.

    Args:
        checkpoint: A weights file, a training checkpoint (its averaged weights count), or
            ``None`` for the shipped model.
        model: Registry name; ``None`` tells it by the weights.
        image_size: Side of the model input in pixels; ``None`` keeps the model's own.

    Raises:
        CheckpointError: If the file is missing, damaged or of another model.
        ValueError: If ``image_size`` is given for a model of fixed size.
    """
    if checkpoint is None:
        sam = build_default()
    elif is_run_checkpoint(checkpoint):
        state = read_training_checkpoint(checkpoint)
        sam = build_for_training(state["model_name"], state["image_size"])
        sam.load_state_dict(state["average"])
    elif model is None:
        sam = build_from_checkpoint(checkpoint)[1]
    else:
        sam = sam_model_registry[model](checkpoint=checkpoint)
    if image_size is not None and image_size != sam.image_size:
        sam.resize_input(image_size)
    return sam.eval()


def pack_checkpoint(
    checkpoint: str | Path, output: str | Path, image_size: int | None = None
) -> Sam:
    """Write the averaged weights of a run as fp16 safetensors, and return the model.

    Args:
        checkpoint: ``checkpoint.pt`` of a training run.
        output: File to write.
        image_size: Side of the model input to ship with; ``None`` keeps the last stage's.

    Raises:
        CheckpointError: If the checkpoint is missing, damaged or not of a training run.
    """
    sam = load_model(checkpoint, image_size=image_size)
    save_safetensors(sam, output, model_name="maskwright_s")
    return sam


def read_training_checkpoint(path: str | Path) -> dict[str, Any]:
    """Return the state that a training run saved.

    Raises:
        CheckpointError: If the file is missing, damaged or not of a training run.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, EOFError, RuntimeError, ValueError, pickle.UnpicklingError) as error:
        raise CheckpointError(
            f"checkpoint must be a file that a training run saved, got {error} for {path}"
        ) from error
    if not isinstance(state, dict) or TRAINING_KEYS - state.keys():
        raise CheckpointError(
            f"checkpoint must have the keys {', '.join(sorted(TRAINING_KEYS))}, got another "
            f"kind of file in {path}; pass the checkpoint.pt of a training run"
        )
    return state
