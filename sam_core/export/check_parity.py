"""Torch against onnxruntime, before an exported file is accepted.

The features are random: what is tested is the arithmetic of the graph, and noise
reaches more of it than a photograph does.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import torch
from torch import Tensor

from sam_core.errors import ExportError
from sam_core.modeling import HybridImageEncoder, Sam
from sam_core.predictor import decoder_inputs
from sam_core.prompts import BoxPrompt, PointPrompt, PromptSet
from sam_core.transforms import ResizeLongestSide

MAX_DIFFERENCE = 1e-3
"""Largest accepted difference of a logit, of a predicted IoU, or of an embedding value."""

ROUNDING_FACTOR = 32.0
"""Allowed difference, as a multiple of torch's own error in single precision.

Both errors are single draws from wide distributions: in the 60 comparisons of ViT-B with weights
by formula their quotient went up to 7, and another processor draws again.
"""

ROUNDING_SHARE = 0.25
"""Largest difference that rounding may excuse, as a share of the largest value."""

IMAGE_SIZES = ((333, 517), (1201, 799), (64, 64))
"""Height, width of the images in the checks; odd sizes find errors of rounding."""

Run: TypeAlias = Callable[..., Sequence[Tensor]]


class DecoderCase(NamedTuple):
    """The prompt inputs of one decoder run, and the image size that they belong to."""

    name: str
    image_size: tuple[int, int]
    prompts: tuple[Tensor, Tensor, Tensor, Tensor]


def check_same(
    expected: Run,
    got: Run,
    inputs: tuple[Tensor, ...],
    case: str,
    build_exact: Callable[[], Run] | None = None,
) -> None:
    """Compare two functions of tensors, output by output.

    Args:
        expected: What torch does.
        got: What the exported graph does.
        inputs: Arguments of both.
        case: What is compared, for the message.
        build_exact: Makes ``expected`` in double precision. It is asked only when the two
            differ: there are weights, untrained ones above all, that enlarge single-precision
            rounding so much that torch itself is off by more than `MAX_DIFFERENCE`. Then the
            graph must be about as near to the exact values as torch is.

    Raises:
        ExportError: If a shape differs, or a value by more than allowed.
    """
    wanted, had = expected(*inputs), got(*inputs)
    for index, (want, have) in enumerate(zip(wanted, had, strict=True)):
        if want.shape != have.shape:
            raise ExportError(
                f"output {index} for {case} must have shape {tuple(want.shape)} as in torch, "
                f"got {tuple(have.shape)} from onnxruntime; the file was not kept"
            )
    differences = [_largest(want - have) for want, have in zip(wanted, had, strict=True)]
    if all(difference <= MAX_DIFFERENCE for difference in differences):
        return
    allowed = [MAX_DIFFERENCE] * len(differences)
    if build_exact is not None:
        exact = build_exact()(*(value.double() for value in inputs))
        limits = [ROUNDING_SHARE * _largest(true) for true in exact]
        allowed = [
            max(MAX_DIFFERENCE, min(ROUNDING_FACTOR * _largest(want - true), limit))
            for want, true, limit in zip(wanted, exact, limits, strict=True)
        ]
    for index, (difference, bar) in enumerate(zip(differences, allowed, strict=True)):
        if not difference <= bar:
            raise ExportError(
                f"output {index} for {case} must equal torch within {bar:.3g}, "
                f"got a difference of {difference:.3g} from onnxruntime; the file was not kept"
            )


def decoder_cases(sam: Sam) -> Iterator[DecoderCase]:
    """Yield one, two and nine points, a box, box and point, and a mask, on odd image sizes.

    Args:
        sam: The model; only its sizes are used.
    """
    side = sam.prompt_encoder.mask_input_size
    blank, noise = torch.zeros(1, 1, *side), 4 * _noise((1, 1, *side), seed=1)
    for image_size in IMAGE_SIZES:
        input_size = ResizeLongestSide.get_preprocess_shape(*image_size, sam.image_size)
        for name, prompts in _prompt_sets(image_size):
            coords, labels = decoder_inputs(prompts, image_size, input_size)
            points = (torch.from_numpy(coords), torch.from_numpy(labels))
            where = f"{name} on {image_size[0]} x {image_size[1]}"
            yield DecoderCase(where, image_size, (*points, blank, torch.zeros(1)))
            yield DecoderCase(f"{where} and a mask", image_size, (*points, noise, torch.ones(1)))


def example_features(sam: Sam) -> tuple[Tensor, ...]:
    """Return random image features in the shapes of this model.

    Returns:
        The embedding, then, for our own encoder, the maps of stride 4 and 8.
    """
    channels = sam.prompt_encoder.embed_dim
    rows, columns = sam.prompt_encoder.image_embedding_size
    shapes = [(1, channels, rows, columns)]
    if isinstance(sam.image_encoder, HybridImageEncoder):
        shapes += [(1, channels // 8, 4 * rows, 4 * columns)]
        shapes += [(1, channels // 4, 2 * rows, 2 * columns)]
    return tuple(_noise(shape, seed) for seed, shape in enumerate(shapes))


def example_image(sam: Sam) -> Tensor:
    """Return noise as a normalised model input whose right part is padding."""
    side = sam.image_size
    image = _noise((1, 3, side, side), seed=0)
    image[..., side * 3 // 4 :] = 0
    return image


def _prompt_sets(image_size: tuple[int, int]) -> Iterator[tuple[str, PromptSet]]:
    height, width = image_size
    random = np.random.default_rng(0)
    points = tuple(
        PointPrompt(float(x) * width, float(y) * height, label=(index + 1) % 2)
        for index, (x, y) in enumerate(random.random((9, 2)))
    )
    box = BoxPrompt(0.21 * width, 0.33 * height, 0.77 * width, 0.91 * height)
    yield "one point", PromptSet(points[:1])
    yield "two points", PromptSet(points[:2])
    yield "nine points", PromptSet(points)
    yield "a box", PromptSet((), box)
    yield "a box and a point", PromptSet(points[:1], box)


def _noise(shape: tuple[int, ...], seed: int) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def _largest(difference: Tensor) -> float:
    return float(difference.abs().max())
