"""Tuned models without the tuning: small, different, and kept as a run keeps them."""

from __future__ import annotations

import copy

from app.domain.model_version import CurvePoint, Lesson, Scores
from sam_core.modeling import Sam

BEFORE, AFTER = Scores(6.0, 0.5), Scores(3.0, 0.7)
LESSON = Lesson(
    project_name="cells",
    image_count=40,
    mask_count=200,
    held_out_image_count=10,
    held_out_mask_count=50,
    seconds=12.5,
    before=BEFORE,
    after=AFTER,
    curve=(CurvePoint(0.0, BEFORE), CurvePoint(10.0, AFTER)),
)


def tuned(base: Sam, by: float = 0.1) -> Sam:
    """Return a model whose decoder differs from that of the base."""
    changed = copy.deepcopy(base)
    changed.mask_decoder.iou_token.weight.data += by
    return changed
