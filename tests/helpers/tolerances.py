"""How close is close enough, once, with the reason."""

EMBEDDING_RELATIVE = 1e-3
"""Norm of the difference over norm of the reference: half precision alone gives 2e-4."""

LOGIT_ABSOLUTE = 5e-3
"""Low-resolution logits, whose range is about ten."""

IOU_HEAD_ABSOLUTE = 1e-3

MASK_IOU = 0.999
"""Overlap of masks at image size: a few border pixels of a long outline may differ."""

RECORDED = 1e-6
"""Double precision against a recording that is stored in single precision."""

SINGLE_PRECISION = 1e-4
"""Two ways of computing the same thing in single precision."""
