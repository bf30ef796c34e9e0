"""Decoder requests and answers as JSON."""

from dataclasses import dataclass
from typing import Any

from app.domain.candidate import Candidate, DecodeResult
from app.domain.embedding import Crop
from app.domain.prompts import LowResLogits, Prompts
from app.errors import UnprocessableError
from app.schemas.annotation_schema import format_mask
from app.schemas.crop_schema import parse_crop
from app.schemas.json_object import JsonObject
from app.schemas.prompt_schema import format_logits, parse_logits, parse_prompts


@dataclass(frozen=True, slots=True)
class DecodeRequest:
    """The prompts of one object.

    Attributes:
        prompts: At least one point or a box.
        mask_input: Logits of the mask to refine.
        crop: The part of the image that answers, and that the logits lie on; ``None`` for all.
    """

    prompts: Prompts
    mask_input: LowResLogits | None
    crop: Crop | None = None


def parse_decode_request(values: Any, size_hw: tuple[int, int]) -> DecodeRequest:
    """Return the checked request.

    Args:
        values: Parsed JSON.
        size_hw: Height and width of the upright image.

    Raises:
        InvalidRequestError: If a field is malformed.
        UnprocessableError: If there is no prompt, or one cannot be right.
    """
    body = JsonObject(values)
    prompts = parse_prompts(body)
    if not prompts.points and prompts.box_xyxy is None:
        raise UnprocessableError(
            "prompt_missing",
            "prompts must hold a point or a box, got none",
            "click on the object or draw a box around it",
        )
    crop = parse_crop(None if body.raw("crop") is None else body.items("crop"), size_hw)
    return DecodeRequest(prompts, parse_logits(body.child("mask_input")), crop)


def format_decode_result(result: DecodeResult) -> dict[str, Any]:
    """Return candidates, best first, as JSON."""
    return {
        "candidates": [_format_candidate(candidate) for candidate in result.candidates],
        "model_id": result.model_id,
        "decode_ms": result.decode_ms,
    }


def _format_candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "predicted_iou": candidate.predicted_iou,
        **format_mask(candidate.mask, candidate.measures),
        "low_res_logits": format_logits(candidate.low_res_logits),
    }
