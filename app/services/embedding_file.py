"""Embeddings as safetensors in half precision: what lies on disk and travels to the browser."""

import json
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

from app.domain.embedding import Crop
from app.errors import ServerFaultError
from sam_core.export.onnx_decoder import FEATURE_NAMES
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.predictor import SamPredictor

# A safetensors file starts with the length of its header.
_LENGTH_BYTES = 8


def format_embedding(
    predictor: SamPredictor,
    encoder_id: str,
    crop: Crop | None = None,
    image_size_hw: tuple[int, ...] = (),
) -> bytes:
    """Return the features of the predictor's image as the bytes of a safetensors file.

    Args:
        predictor: With an image set.
        encoder_id: Of the predictor's encoder; kept in the metadata.
        crop: The part of an image that the predictor has; ``None`` for all of it.
        image_size_hw: Height and width of that image; needed with a part only.

    Raises:
        ServerFaultError: If a value is not finite in half precision.
    """
    tensors = (predictor.get_image_embedding(), *predictor.high_res_features)
    named = dict(zip(FEATURE_NAMES, tensors, strict=False))
    halves = {name: tensor.to("cpu", torch.float16).contiguous() for name, tensor in named.items()}
    for name, tensor in halves.items():
        if not bool(torch.isfinite(tensor).all()):
            raise ServerFaultError(
                "embedding_not_finite",
                f"{name} must be finite in half precision, got NaN or infinity",
                "the weights are probably damaged; download them again",
            )
    height, width = image_size_hw if crop else predictor.original_size or (0, 0)
    input_height, input_width = predictor.input_size or (0, 0)
    metadata = {
        "encoder_id": encoder_id,
        "model_size": str(predictor.model.image_size),
        "image_height": str(height),
        "image_width": str(width),
        "input_height": str(input_height),
        "input_width": str(input_width),
    }
    if crop:
        part = {"x": crop.left, "y": crop.top, "width": crop.width, "height": crop.height}
        metadata |= {f"crop_{name}": str(value) for name, value in part.items()}
    return save(halves, metadata)


def is_complete(path: Path) -> bool:
    """Return whether an embedding file is as long as its own header says.

    Reads the header only, so it can be asked before every use.
    """
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
            size = path.stat().st_size - _LENGTH_BYTES - length
            header = json.loads(file.read(length)) if size > 0 else {}
            tensors = [entry for name, entry in header.items() if name != "__metadata__"]
            return FEATURE_NAMES[0] in header and size == max(
                entry["data_offsets"][1] for entry in tensors
            )
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def load_embedding(path: Path) -> ImageFeatures:
    """Return the features of an embedding file in single precision.

    Raises:
        ServerFaultError: If the file is damaged.
    """
    try:
        tensors = load(path.read_bytes())
        embeddings = tensors[FEATURE_NAMES[0]].float()
        high_res = tuple(tensors[name].float() for name in FEATURE_NAMES[1:] if name in tensors)
    except (SafetensorError, KeyError) as error:
        raise ServerFaultError(
            "embedding_damaged",
            f"the embedding file {path.name} must be complete, but reading it failed: {error}",
            "delete the file in the data folder; it is computed again",
        ) from error
    return ImageFeatures(embeddings, high_res)
