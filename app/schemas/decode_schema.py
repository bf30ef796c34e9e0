"""Decoder requests and answers as JSON."""

from dataclasses import dataclass
from typing import Any

from app.domain.candidate import Candidate, DecodeResult
from app.domain.prompts import LowResLogits, Prompts
from app.errors import UnprocessableError
from app.schemas.annotation_schema import format_mask
from app.schemas.json_object import JsonObject
from app.schemas.prompt_schema import format_logits, parse_logits, parse_prompts


@dataclass(frozen=True, slots=True)
class DecodeRequest:
    """The prompts of one object.

    Attributes:
        prompts: At least one point or a box.
        mask_input: Logits of the mask to refine.
    """

    prompts: Prompts
    mask_input: LowResLogits | None


def parse_decode_request(values: Any) -> DecodeRequest:
    """Return the checked request.

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
    return DecodeRequest(prompts, parse_logits(body.child("mask_input")))


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
