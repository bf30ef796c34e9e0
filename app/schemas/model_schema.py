"""The model as JSON."""

from typing import Any

from app.domain.model_description import ModelDescription


def format_model(model: ModelDescription) -> dict[str, Any]:
    """Return what a browser must know about the model."""
    etag = model.decoder_etag
    millions = model.parameter_count / 1e6
    return {
        "model_id": model.model_id,
        "name": model.name,
        "image_size": model.image_size,
        "mask_size": model.mask_size,
        "mask_threshold": model.mask_threshold,
        "tensors": [{"name": name, "shape": list(shape)} for name, shape in model.tensor_shapes],
        "decoder_url": None if etag is None else f"/api/model/decoder.onnx?v={etag}",
        "parameters": model.parameter_count,
        "summary": f"{model.name}, {millions:.1f} M parameters, {model.image_size} px",
    }
