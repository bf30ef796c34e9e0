"""Segment Anything: models, prompts, masks. The public names, as in the published package."""

from sam_core.automatic_mask_generator import SamAutomaticMaskGenerator
from sam_core.build_sam import (
    build_default,
    build_sam,
    build_sam_vit_b,
    build_sam_vit_h,
    build_sam_vit_l,
    sam_model_registry,
)
from sam_core.predictor import SamPredictor

__all__ = [
    "SamAutomaticMaskGenerator",
    "SamPredictor",
    "build_default",
    "build_sam",
    "build_sam_vit_b",
    "build_sam_vit_h",
    "build_sam_vit_l",
    "sam_model_registry",
]
