"""Checkpoints of a run: never half a file, and a clear word when one does not fit."""

import pickle
from pathlib import Path
from typing import Any

import torch

from sam_core.errors import TrainingConfigError

CHECKPOINT = "checkpoint.pt"
_RUN_PARTS = ("average", "encoder")  # of a training run, of a pre-training


def write_checkpoint(state: dict[str, Any], folder: Path) -> None:
    """Write the checkpoint of a run; a kill in the middle leaves the earlier one."""
    temporary = folder / f"{CHECKPOINT}.new"
    torch.save(state, temporary)
    temporary.replace(folder / CHECKPOINT)


def is_run_checkpoint(path: str | Path) -> bool:
    """Return whether a file was saved by a run, told by its keys and never by its name.

    Public weights have the same endings. A file that cannot be read is none: reading it as
    weights says what is wrong with it.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, EOFError, RuntimeError, ValueError, KeyError, pickle.UnpicklingError):
        return False
    return isinstance(state, dict) and any(isinstance(state.get(key), dict) for key in _RUN_PARTS)


def read_own_checkpoint(folder: Path, model_name: str, kind: str) -> dict[str, Any] | None:
    """Return the state of an earlier part of the same run, ``None`` if there is none.

    Args:
        folder: Folder of the run.
        model_name: Registry name that the checkpoint must be of.
        kind: Key that only this kind of run saves.

    Raises:
        TrainingConfigError: If the checkpoint is damaged, of another model or of another kind
            of run.
    """
    path = folder / CHECKPOINT
    if not path.exists():
        return None
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        name = state["model_name"]
    except (OSError, EOFError, RuntimeError, ValueError, KeyError, pickle.UnpicklingError) as error:
        raise TrainingConfigError(
            f"{path} must be a complete checkpoint, got {error!r:.200}; remove it or choose "
            "another folder"
        ) from error
    if name != model_name or kind not in state:
        other = f"a checkpoint of {name}" + ("" if kind in state else " of another command")
        raise TrainingConfigError(
            f"output folder must belong to a run of {model_name}, got {other}; "
            "choose another folder"
        )
    return state
