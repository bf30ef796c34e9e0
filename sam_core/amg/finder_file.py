"""The detector that ships, as a file beside the model: read, check, save.

It belongs to an encoder, not to a model: versions with other decoders share it.
"""

import hashlib
from functools import cache
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file

from sam_core.amg.object_rating import KNOWN
from sam_core.errors import CheckpointError
from sam_core.modeling import MaskRating, ObjectFinder
from sam_core.modeling.object_detector import detector_like

SHIPPED_FINDER = Path(__file__).parents[1] / "weights" / "maskwright_s_objects.safetensors"
_DETECTOR = "detector."
_RATING = "rating."


def save_object_finder(finder: ObjectFinder, encoder: str, path: str | Path) -> None:
    """Write a detector and what its objects are worth.

    Weights of the detector are kept in half precision. The file appears under its name only when
    it is complete.

    Args:
        finder: What is written.
        encoder: The id of the encoder whose features it reads.
        path: A safetensors file; an existing one is replaced.
    """
    tensors = {
        f"{_DETECTOR}{key}": value.detach().to("cpu", torch.float16).contiguous()
        for key, value in finder.detector.state_dict().items()
    }
    tensors |= {
        f"{_RATING}{key}": value.detach().cpu().contiguous()
        for key, value in finder.rating.state_dict().items()
    }
    path = Path(path)
    unfinished = path.with_name(f".writing-{path.name}")
    save_file(tensors, unfinished, metadata={"format": "pt", "encoder_id": encoder})
    unfinished.replace(path)


def load_object_finder(path: str | Path, encoder: str) -> ObjectFinder:
    """Return the detector of a file, in single precision.

    Args:
        path: As :func:`save_object_finder` wrote it.
        encoder: The id of the encoder whose features it shall read.

    Raises:
        CheckpointError: If the file is missing, damaged, or belongs to another encoder.
    """
    path = Path(path)
    needed = _read_encoder_id(path)
    if needed != encoder:
        raise CheckpointError(
            f"the detector {path.name} must be used with the encoder {needed}, got "
            f"{encoder}; train one for this model: python -m sam_core.object_finder"
        )
    try:
        tensors = load_file(path)
        state = _part(tensors, _DETECTOR)
        detector = detector_like(state)
        detector.load_state_dict(state)
        told = _part(tensors, _RATING)
        known, hidden = told["mean"].numel(), told["layers.0.bias"].numel()
        rating = MaskRating(known, hidden)
        rating.load_state_dict(told)
    except (SafetensorError, KeyError, RuntimeError) as error:
        raise CheckpointError(
            f"the detector {path.name} must be a complete file, got: {error}; install again"
        ) from error
    if known != KNOWN or not all(bool(value.isfinite().all()) for value in told.values()):
        raise CheckpointError(
            f"the detector {path.name} must rate by {KNOWN} numbers with finite weights, got "
            f"{known}; install again"
        )
    return ObjectFinder(detector.eval().requires_grad_(False), rating.eval().requires_grad_(False))


def _part(tensors: dict[str, torch.Tensor], prefix: str) -> dict[str, torch.Tensor]:
    return {
        key.removeprefix(prefix): value.float()
        for key, value in tensors.items()
        if key.startswith(prefix)
    }


@cache
def shipped_object_finder(encoder: str) -> ObjectFinder | None:
    """Return the detector that ships, if it reads the features of an encoder.

    Args:
        encoder: The id of the encoder; models that share the shipped one share its detector.

    Raises:
        CheckpointError: If the file of the package is missing or damaged.
    """
    if _read_encoder_id(SHIPPED_FINDER) != encoder:
        return None
    return load_object_finder(SHIPPED_FINDER, encoder)


@cache
def shipped_finder_id() -> str:
    """Return 16 hex digits that name the detector that ships and its rating, by the file's bytes.

    Raises:
        CheckpointError: If the file is missing.
    """
    try:
        return hashlib.sha256(SHIPPED_FINDER.read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise CheckpointError(
            f"the detector {SHIPPED_FINDER.name} must be a complete file, got: {error}; "
            "install again"
        ) from error


def _read_encoder_id(path: Path) -> str:
    try:
        with safe_open(path, framework="pt") as file:
            return str((file.metadata() or {}).get("encoder_id", ""))
    except (SafetensorError, OSError) as error:
        raise CheckpointError(
            f"the detector {path.name} must be a complete file, got: {error}; install again"
        ) from error
