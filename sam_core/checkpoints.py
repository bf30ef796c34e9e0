"""Weights files: read, check, load, save, and the identity of a model.

A file is told by its contents and its keys, never by its name. Pickles are read with
``weights_only=True``, so that a file cannot run code.
"""

import hashlib
import pickle
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor

from sam_core.errors import CheckpointError
from sam_core.modeling import Sam

KNOWN_MODELS = ("vit_b", "vit_l", "vit_h", "maskwright_s", "maskwright_vit_s", "tiny")

_VIT_KEY = "image_encoder.blocks.0.norm1.weight"
_VIT_NAMES = {768: "vit_b", 1024: "vit_l", 1280: "vit_h", 192: "maskwright_vit_s", 32: "tiny"}
_HYBRID_KEY = "image_encoder.stem.0.weight"
_FOREIGN_MARKS = {
    "mask_decoder.hf_token": "HQ-SAM",
    "image_encoder.norm_head.": "MobileSAM or TinySAM",
    "bbox_top_left_embeddings": "EfficientSAM",
    "image_encoder.trunk.": "SAM 2",
    "image_encoder.backbone.": "EfficientViT-SAM",
}
_NAMED_IN_MESSAGES = 3
_LARGEST_HALF = 65504.0
_ID_DIGITS = 16
_ENCODER = "image_encoder."


def load_weights(sam: Sam, path: str | Path) -> None:
    """Copy the weights of a file into a model, all of them or none.

    Args:
        sam: The model; its weights are replaced, in its own precision and on its device.
        path: A ``.pth`` file of the published format or a safetensors file.

    Raises:
        CheckpointError: If the file is missing, damaged, or of another model.
    """
    state = _without_foreign(read_state_dict(path), path)
    check_layout(sam.state_dict(), state, path)
    sam.load_state_dict(state)


def detect_model_name(path: str | Path) -> str:
    """Return the registry name of the model that a weights file is for.

    Raises:
        CheckpointError: If the file is missing, damaged, or of no known model.
    """
    state = _without_foreign(read_state_dict(path), path)
    name = _name_of(state)
    if name is None:
        raise CheckpointError(
            f"checkpoint {path} must hold one of the models {', '.join(KNOWN_MODELS)}, "
            f"got {len(state)} tensors of another layout ({_some(state)}); "
            "use a file of the published segment_anything format"
        )
    return name


def read_state_dict(path: str | Path) -> dict[str, Tensor]:
    """Return the tensors of a weights file by key, on the CPU.

    Args:
        path: A ``.pth`` file, also one whose tensors are wrapped in ``{"model": ...}``, or
            a safetensors file. The format is told by the first bytes.

    Raises:
        CheckpointError: If the file is missing, unreadable, damaged or not a weights file.
    """
    path = Path(path)
    if not path.is_file():
        raise CheckpointError(
            f"checkpoint {path} must be an existing file, found none; check the path"
        )
    try:
        content: object = load_file(path) if _is_safetensors(path) else _load_pickle(path)
    except (SafetensorError, RuntimeError, EOFError, OSError, ValueError, KeyError) as error:
        raise CheckpointError(
            f"checkpoint {path} must be a complete .pth or safetensors file, "
            f"got {path.stat().st_size} bytes that cannot be read ({_first_line(error)}); "
            "download it again"
        ) from error
    if isinstance(content, Mapping) and isinstance(content.get("model"), Mapping):
        content = content["model"]
    return _checked_tensors(content, path)


def save_safetensors(
    sam: Sam, path: str | Path, *, model_name: str, dtype: torch.dtype = torch.float16
) -> None:
    """Write the weights of a model to a safetensors file.

    The file appears under its name only when it is complete.

    Args:
        sam: The model; it is not changed.
        path: Where to write; an existing file is replaced.
        model_name: Registry name, kept in the file's metadata for people who look.
        dtype: Precision on disk. Half precision halves the file; the model is the rounded
            one from then on.

    Raises:
        CheckpointError: If a weight is not finite or too large for half precision.
    """
    limit = _LARGEST_HALF if dtype == torch.float16 else torch.finfo(dtype).max
    tensors = {}
    for key, value in sam.state_dict().items():
        if not bool((value.abs() <= limit).all()):
            raise CheckpointError(
                f"weight {key} must be finite and at most {limit:g}, got a larger value or NaN; "
                "save with dtype=torch.float32 or look for a diverged training"
            )
        tensors[key] = value.detach().to("cpu", dtype).contiguous()
    metadata = {"format": "pt", "model_name": model_name, "image_size": str(sam.image_size)}
    path = Path(path)
    unfinished = path.with_name(path.name + ".part")
    save_file(tensors, unfinished, metadata=metadata)
    unfinished.replace(path)


def read_image_size(path: str | Path) -> int | None:
    """Return the side of the model input that a safetensors file was saved with, in pixels.

    ``None`` means that the file does not say; files of the published models never do.
    """
    path = Path(path)
    if not path.is_file() or not _is_safetensors(path):
        return None
    try:
        with safe_open(path, framework="pt") as file:
            stated = (file.metadata() or {}).get("image_size", "")
    except SafetensorError:
        return None  # reading the weights reports the damage
    return int(stated) if stated.isdecimal() else None


def model_id(sam: Sam) -> str:
    """Return 16 hex digits that name the weights and the preprocessing of a model.

    A mask keeps it as its origin, and a decoder file as its own. It does not depend on the
    file, the device or the precision on disk, only on the values in memory.
    """
    return _hash((*_preprocessing(sam), sam.mask_threshold), sam.state_dict())


def encoder_id(sam: Sam) -> str:
    """Return 16 hex digits that name what an embedding follows from: encoder and preprocessing.

    Models that differ in their decoders alone share it, and with it their embeddings.
    """
    weights = {key: value for key, value in sam.state_dict().items() if key.startswith(_ENCODER)}
    return _hash(_preprocessing(sam), weights)


def _preprocessing(sam: Sam) -> tuple[object, ...]:
    return (sam.image_size, sam.pixel_mean.flatten().tolist(), sam.pixel_std.flatten().tolist())


def _hash(settings: tuple[object, ...], weights: Mapping[str, Tensor]) -> str:
    digest = hashlib.sha256(repr(settings).encode())
    for key, value in sorted(weights.items()):
        digest.update(f"{key}{tuple(value.shape)}".encode())
        digest.update(value.detach().to("cpu", torch.float32).contiguous().numpy().data)
    return digest.hexdigest()[:_ID_DIGITS]


def _is_safetensors(path: Path) -> bool:
    # Eight bytes of header length, then the header, which is JSON.
    with path.open("rb") as file:
        return file.read(9)[8:] == b"{"


def _load_pickle(path: Path) -> object:
    try:
        # An open file, because torch guesses the format of a path by its name.
        with path.open("rb") as file:
            return torch.load(file, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise CheckpointError(
            f"checkpoint {path} must hold only tensors by key, got other Python objects or no "
            "checkpoint at all; such files can run code and are never loaded: save the "
            "state dict of the model instead"
        ) from error


def _checked_tensors(content: object, path: Path) -> dict[str, Tensor]:
    if not isinstance(content, Mapping) or not content:
        raise CheckpointError(
            f"checkpoint {path} must hold tensors by key, got {type(content).__name__}; "
            "save the state dict of the model"
        )
    wrong = [key for key, value in content.items() if not isinstance(value, Tensor)]
    if wrong:
        raise CheckpointError(
            f"checkpoint {path} must hold tensors by key, got other values under {_some(wrong)}; "
            "save the state dict of the model"
        )
    return {str(key): value for key, value in content.items()}


def _without_foreign(state: dict[str, Tensor], path: str | Path) -> dict[str, Tensor]:
    for mark, model in _FOREIGN_MARKS.items():
        if any(mark in key for key in state):
            raise CheckpointError(
                f"checkpoint {path} must hold one of the models {', '.join(KNOWN_MODELS)}, "
                f"got {model} (it has {mark!r} among its keys), which cannot be loaded yet"
            )
    return state


def _name_of(state: Mapping[str, Tensor]) -> str | None:
    if _HYBRID_KEY in state:
        return "maskwright_s"
    if _VIT_KEY in state:
        return _VIT_NAMES.get(state[_VIT_KEY].shape[0])
    return None


def check_layout(
    expected: Mapping[str, Tensor], got: Mapping[str, Tensor], path: str | Path
) -> None:
    """Compare the tensors of a file with those that a model expects, by key and shape.

    Args:
        expected: State dict of the model, or a part of it.
        got: Tensors of the file.
        path: The file, for the message.

    Raises:
        CheckpointError: If a tensor is missing, unknown or of another shape; some are named.
    """
    missing = sorted(expected.keys() - got.keys())
    unknown = sorted(got.keys() - expected.keys())
    resized = sorted(
        key for key in expected.keys() & got.keys() if expected[key].shape != got[key].shape
    )
    if not (missing or unknown or resized):
        return
    findings = []
    if missing:
        findings.append(f"{len(missing)} missing ({_some(missing)})")
    if unknown:
        findings.append(f"{len(unknown)} unknown ({_some(unknown)})")
    if resized:
        key = resized[0]
        findings.append(
            f"{len(resized)} of another shape ({key}: "
            f"expected {tuple(expected[key].shape)}, got {tuple(got[key].shape)})"
        )
    raise CheckpointError(
        f"checkpoint {path} must hold the {len(expected)} tensors of "
        f"{_describe(expected)}, got {_describe(got)}: {'; '.join(findings)}; "
        "choose the model that the file was made for"
    )


def _describe(state: Mapping[str, Tensor]) -> str:
    return _name_of(state) or "an unknown model"


def _some(keys: Mapping[str, Tensor] | list[str]) -> str:
    named = list(keys)[:_NAMED_IN_MESSAGES]
    return ", ".join(named) + (", ..." if len(keys) > len(named) else "")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
