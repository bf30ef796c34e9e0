"""A tuned model as the weights in which it differs from the model that it was made from."""

import copy
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor

from sam_core.checkpoints import model_id
from sam_core.errors import CheckpointError
from sam_core.modeling import ObjectDetector, Sam
from sam_core.modeling.object_detector import detector_like

_DETECTOR = "object_detector."


def save_changes(base: Sam, tuned: Sam, path: str | Path) -> int:
    """Write the tensors of a tuned model that differ from those of its base, or are new.

    They are kept in single precision, so that the model has the same id when it is read.

    Args:
        base: What the tuning started from, on the CPU.
        tuned: A model of the same layout, on the CPU; it may have a detector besides.
        path: A safetensors file; it appears under its name only when it is complete.

    Returns:
        Number of tensors in the file.

    Raises:
        CheckpointError: If nothing differs, or a value is not finite.
    """
    before = base.state_dict()
    changed = {
        key: value.detach().to("cpu", torch.float32).contiguous()
        for key, value in tuned.state_dict().items()
        if key not in before or not torch.equal(value, before[key])
    }
    if not changed:
        raise CheckpointError("a tuned model must differ from its base, got the same weights")
    for key, value in changed.items():
        if not bool(torch.isfinite(value).all()):
            raise CheckpointError(f"weight {key} must be finite, got NaN or infinity; tune again")
    path = Path(path)
    unfinished = path.with_name(f".writing-{path.name}")
    metadata = {"format": "pt", "base_id": model_id(base), "model_id": model_id(tuned)}
    save_file(changed, unfinished, metadata=metadata)
    unfinished.replace(path)
    return len(changed)


def with_changes(base: Sam, path: str | Path) -> Sam:
    """Return the tuned model of a file.

    Args:
        base: What the tuning started from. It stays as it is; weights that do not differ are
            shared with it, not copied.
        path: As `save_changes` wrote it.

    Raises:
        CheckpointError: If the file is missing, damaged, or was made from another model.
    """
    path = Path(path)
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
        changed = load_file(path)
    except (SafetensorError, OSError) as error:
        raise CheckpointError(
            f"the tuned weights {path.name} must be a complete file, got: {error}; tune again"
        ) from error
    if metadata.get("base_id") != model_id(base):
        raise CheckpointError(
            f"the tuned weights {path.name} must be used with the model "
            f"{metadata.get('base_id')} that they were made from, got {model_id(base)}; "
            "start with that --checkpoint"
        )
    weights = base.state_dict(keep_vars=True)
    shared = {id(value): value for key, value in weights.items() if key not in changed}
    tuned = copy.deepcopy(base, shared)
    tuned.object_detector = _detector_of(changed) or tuned.object_detector
    tuned.load_state_dict(changed, strict=False)
    if model_id(tuned) != metadata.get("model_id"):
        raise CheckpointError(
            f"the tuned weights {path.name} must give model {metadata.get('model_id')}, got "
            f"{model_id(tuned)}; the file was changed, tune again"
        )
    return tuned


def _detector_of(changed: dict[str, Tensor]) -> ObjectDetector | None:
    """Return an untrained detector of the sizes that a file has, if it has one."""
    own = {
        key.removeprefix(_DETECTOR): value
        for key, value in changed.items()
        if key.startswith(_DETECTOR)
    }
    return detector_like(own).eval().requires_grad_(False) if own else None
