"""Models as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.domain.model_description import ModelDescription
from app.domain.model_version import ModelChoice


def format_model(model: ModelDescription, takes_logits_of: Sequence[str]) -> dict[str, Any]:
    """Return what a browser must know about the model."""
    etag = model.decoder_etag
    millions = model.parameter_count / 1e6
    return {
        "model_id": model.model_id,
        "encoder_id": model.encoder_id,
        "name": model.name,
        "image_size": model.image_size,
        "mask_size": model.mask_size,
        "mask_threshold": model.mask_threshold,
        "tensors": [{"name": name, "shape": list(shape)} for name, shape in model.tensor_shapes],
        "decoder_url": None if etag is None else f"/api/model/decoder.onnx?v={etag}",
        "takes_logits_of": list(takes_logits_of),
        "parameters": model.parameter_count,
        "summary": f"{model.name}, {millions:.1f} M parameters, {model.image_size} px",
    }


def format_choices(choices: Sequence[ModelChoice], previous: str | None) -> dict[str, Any]:
    """Return all models, and the id of the one that was served before."""
    return {"models": [_format_choice(choice) for choice in choices], "previous": previous}


def _format_choice(choice: ModelChoice) -> dict[str, Any]:
    version = choice.version
    return {
        "model_id": choice.model_id,
        "name": choice.name,
        "is_served": choice.is_served,
        "problem": choice.problem or None,
        "base_id": None if version is None else version.version.base_id,
        "created_at": None if version is None else version.created_at,
        "byte_count": None if version is None else version.version.byte_count,
        "lesson": None if version is None else asdict(version.version.lesson),
    }
