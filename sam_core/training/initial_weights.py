"""Start a run from weights instead of random numbers."""

import pickle
from pathlib import Path
from typing import Any

import torch

from sam_core.checkpoints import check_layout, load_weights
from sam_core.errors import CheckpointError
from sam_core.modeling import Sam
from sam_core.training.checkpoint_file import is_run_checkpoint

ENCODER = "image_encoder."


def load_initial_weights(sam: Sam, path: str | Path) -> str:
    """Copy weights into a model and return what they are, for the log.

    Args:
        sam: The model; only its image encoder changes if the file holds only that.
        path: ``checkpoint.pt`` of a pre-training (the encoder), of a training run
            (its averaged weights), or a weights file such as the one that ships.

    Raises:
        CheckpointError: If the file is missing, damaged, or of another model.
    """
    if not is_run_checkpoint(path):
        load_weights(sam, path)
        return "all weights"
    state = read_run(path, "initial_weights")
    if "encoder" in state:
        prefix, weights, what = ENCODER, state["encoder"], "the encoder of a pre-training"
    else:
        prefix, weights, what = "", state["average"], "the averaged weights of a run"
    got = {prefix + key: value for key, value in weights.items()}
    own = sam.state_dict()
    check_layout({key: own[key] for key in own if key.startswith(prefix)}, got, path)
    sam.load_state_dict({**own, **got})
    return what


def read_run(path: str | Path, name: str) -> dict[str, Any]:
    """Return what a run saved in its ``checkpoint.pt``.

    Args:
        path: The file.
        name: What to call it in a message.

    Raises:
        CheckpointError: If the file is missing, damaged, or holds something else.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, EOFError, RuntimeError, ValueError, pickle.UnpicklingError) as error:
        raise CheckpointError(
            f"{name} must be a file that can be read, got {error} for {path}"
        ) from error
    if not isinstance(state, dict):
        raise CheckpointError(f"{name} must be a checkpoint, got {type(state).__name__} in {path}")
    return state
