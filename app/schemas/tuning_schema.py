"""Learning as JSON."""

from dataclasses import asdict
from typing import Any

from app.domain.tuning import (
    DEFAULT_MINUTES,
    LEAST_IMAGES,
    LEAST_MASKS,
    MOST_MINUTES,
    TuningMaterial,
    TuningRequest,
    TuningState,
)
from app.errors import InvalidRequestError
from app.schemas.json_object import JsonObject


def parse_tuning_request(body: Any) -> TuningRequest | None:
    """Return what shall be learnt from; ``None`` asks that an interrupted run goes on.

    Raises:
        InvalidRequestError: If a field is missing or impossible.
    """
    fields = JsonObject(body)
    if fields.flag("resume"):
        return None
    minutes = fields.number("minutes") if "minutes" in fields else DEFAULT_MINUTES
    if not 0 < minutes <= MOST_MINUTES:
        raise InvalidRequestError(
            "field_invalid",
            f"minutes must be above 0 and at most {MOST_MINUTES}, got {minutes:g}",
            "choose another time",
        )
    return TuningRequest(fields.integer("project_id"), minutes)


def format_material(material: TuningMaterial) -> dict[str, Any]:
    """Return how much there is to learn from, and how much is needed."""
    return {
        "image_count": material.image_count,
        "mask_count": material.mask_count,
        "held_out_image_count": material.held_out_image_count,
        "held_out_mask_count": material.held_out_mask_count,
        "left_out": material.left_out,
        "by_category": [
            {"category_id": category, "mask_count": count}
            for category, count in material.by_category
        ],
        "is_enough": material.is_enough,
        "least_images": LEAST_IMAGES,
        "least_masks": LEAST_MASKS,
    }


def format_tuning_state(state: TuningState) -> dict[str, Any]:
    """Return how far a run is."""
    return {
        "state": state.phase.value,
        "project_id": state.project_id or None,
        "project_name": state.project_name,
        "minutes": state.minutes,
        "done": state.done,
        "total": state.total,
        "material": None if state.material is None else format_material(state.material),
        "before": None if state.before is None else asdict(state.before),
        "curve": [asdict(point) for point in state.curve],
        "model_id": state.model_id,
        "error": state.error,
    }
