"""Weights by formula, for tests: no download, the same on every machine."""

import hashlib
import math

import numpy as np
import torch
from torch import Tensor, nn


def fill_weights(module: nn.Module) -> None:
    """Set every parameter and buffer of a module by its key and shape alone."""
    filled = {key: formula_tensor(key, value) for key, value in module.state_dict().items()}
    module.load_state_dict(filled)


def formula_tensor(key: str, like: Tensor) -> Tensor:
    """Return the tensor that belongs under a key, in the shape and precision of another.

    Noise is seeded by the key and scaled so that signals keep their size through the layers.
    """
    shape = tuple(like.shape)
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "little")
    noise = np.random.RandomState(seed).standard_normal(shape).astype(np.float32)
    return torch.from_numpy(_scaled(noise, key, shape)).to(like)


def _scaled(noise: np.ndarray, key: str, shape: tuple[int, ...]) -> np.ndarray:
    if "gaussian_matrix" in key:
        return noise
    if "pos_embed" in key or "rel_pos" in key:
        return 0.1 * noise
    if "_embed.weight" in key or "point_embeddings" in key or "token" in key:
        return 0.5 * noise
    if len(shape) == 1:
        return 1 + 0.1 * noise if key.endswith("weight") else 0.05 * noise
    fan_in = shape[0] if "output_upscaling" in key else math.prod(shape[1:])
    return noise / np.float32(math.sqrt(fan_in))
