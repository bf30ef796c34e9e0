"""Segment Anything: models, prompts, masks. The public names, loaded when first used."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    "SamPredictor",
    "build_default",
    "build_sam",
    "build_sam_vit_b",
    "build_sam_vit_h",
    "build_sam_vit_l",
    "sam_model_registry",
]


def __getattr__(name: str) -> object:
    """Import a public name from its module: torch is loaded only by who needs it.

    Raises:
        AttributeError: If there is no such public name.
    """
    if name not in __all__:
        raise AttributeError(f"module 'sam_core' has no attribute {name!r}")
    home = "sam_core.predictor" if name == "SamPredictor" else "sam_core.build_sam"
    return getattr(import_module(home), name)
