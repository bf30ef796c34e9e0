"""What the image encoder makes of a photograph: its map, windows and attention."""

import numpy as np
import torch
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from torch import Tensor, nn

from sam_core.errors import SamCoreError
from sam_core.figures.style import (
    GREEN,
    HEAT,
    RED,
    SKY,
    TIMES,
    FigureError,
    Pixels,
    figure_of,
    show_picture,
)
from sam_core.modeling.image_encoder import Block
from sam_core.modeling.window_attention import Attention
from sam_core.predictor import SamPredictor


def principal_colours(features: Float[Tensor, "c h w"]) -> NDArray[np.float64]:
    """Return the three main components of a feature map as red, green, blue.

    Each component is stretched between its 2nd and 98th percentile, to 0.1 and 0.9. Its sign,
    which a principal component leaves open, is chosen so that its largest deviation is bright.
    """
    channels, height, width = features.shape
    cells = features.double().reshape(channels, -1).T
    centred = cells - cells.mean(dim=0)
    _, _, axes = torch.linalg.svd(centred, full_matrices=False)
    parts = centred @ axes[:3].T
    parts = torch.where((parts**3).sum(dim=0) < 0, -parts, parts)
    low, high = torch.quantile(parts, torch.tensor([0.02, 0.98], dtype=parts.dtype), dim=0)
    scaled = ((parts - low) / (high - low).clamp(min=1e-9)).clamp(0, 1)
    calm = 0.1 + 0.8 * scaled
    result: NDArray[np.float64] = calm.reshape(height, width, 3).numpy()
    return result


def inside_image(predictor: SamPredictor, features: Float[Tensor, "c h w"]) -> Tensor:
    """Return a feature map without the cells that lie in the padding of the model input.

    Raises:
        SamCoreError: If no image was set.
    """
    if predictor.input_size is None:
        raise SamCoreError("an image must be set, got none; call set_image first")
    side = predictor.model.image_size
    rows = max(1, round(features.shape[1] * predictor.input_size[0] / side))
    columns = max(1, round(features.shape[2] * predictor.input_size[1] / side))
    return features[:, :rows, :columns]


def draw_embedding_map(predictor: SamPredictor, photos: list[Pixels]) -> Figure:
    """Return photographs beside the main components of their embeddings, as colours."""
    tallest = max(photo.shape[0] / photo.shape[1] for photo in photos)
    with figure_of(1, 2 * len(photos), 9 / (2 * len(photos)) * tallest + 0.15) as (figure, axes):
        for index, photo in enumerate(photos):
            predictor.set_image(photo)
            embedding = inside_image(predictor, predictor.get_image_embedding()[0])
            show_picture(axes[2 * index], photo)
            colours = principal_colours(embedding)
            axes[2 * index + 1].imshow(colours, interpolation="nearest")
            axes[2 * index + 1].set_axis_off()
            axes[2 * index].set_title("photograph")
            rows, columns = embedding.shape[1:]
            axes[2 * index + 1].set_title(f"its embedding, {rows} {TIMES} {columns}")
    return figure


def attention_of_token(
    encoder: nn.Module, pixels: Float[Tensor, "1 3 s s"], token: tuple[int, int]
) -> Float[Tensor, "h w"]:
    """Return where one token looks in the last global block, averaged over the heads.

    Args:
        encoder: An image encoder made of `Block`.
        pixels: Normalised, padded image.
        token: Row and column of the token.

    Raises:
        FigureError: If the encoder has no block without windows.
    """
    blocks = [module for module in encoder.modules() if isinstance(module, Block)]
    attentions = [block.attn for block in blocks if block.window_size == 0]
    if not attentions:
        raise FigureError(
            "image encoder must have a global block, got none; choose another checkpoint"
        )
    seen: list[Tensor] = []
    hook = attentions[-1].register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    try:
        with torch.no_grad():
            encoder(pixels)
    finally:
        hook.remove()
    return _attention_weights(attentions[-1], seen[0], token)


@torch.no_grad()
def _attention_weights(
    attention: Attention, x: Float[Tensor, "1 h w c"], token: tuple[int, int]
) -> Float[Tensor, "h w"]:
    _, height, width, _ = x.shape
    qkv = attention.qkv(x).reshape(1, height * width, 3, attention.num_heads, -1)
    q, k, _ = qkv.permute(2, 0, 3, 1, 4).unbind(0)
    index = token[0] * width + token[1]
    scores = attention.scale * (q[0, :, index : index + 1] @ k[0].transpose(1, 2))
    weights: Tensor = scores.softmax(dim=-1).mean(dim=0)
    return weights.reshape(height, width)


def draw_attention_reach(
    predictor: SamPredictor, photo: Pixels, place: tuple[float, float]
) -> Figure:
    """Return what a token sees in a windowed and in a global block, and where it looks.

    Args:
        predictor: Holds the model.
        photo: Photograph.
        place: x, y of the token as shares of the photograph.

    Raises:
        FigureError: If the photograph is too flat or narrow to hold the token.
    """
    predictor.set_image(photo)
    model = predictor.model
    cells = inside_image(predictor, predictor.get_image_embedding()[0])
    rows, columns = cells.shape[1:]
    token = (int(place[1] * rows), int(place[0] * columns))
    if token[0] >= rows or token[1] >= columns:
        raise FigureError(f"place must be two shares below 1, got {place}")
    scaled = torch.as_tensor(predictor.transform.apply_image(photo)).permute(2, 0, 1)
    pixels = model.preprocess(scaled.float())[None]
    weights = attention_of_token(model.image_encoder, pixels, token)[:rows, :columns]
    windows = [m.window_size for m in model.image_encoder.modules() if isinstance(m, Block)]
    size = max(windows)
    with figure_of(1, 3, 9 / 3 * photo.shape[0] / photo.shape[1] + 0.25) as (figure, axes):
        for axis in axes:
            show_picture(axis, photo)
            _mark_token(axis, token, photo.shape[1] / columns)
        step = photo.shape[1] / columns
        _shade_windows(axes[0], token, size, (rows, columns), step)
        axes[0].set_title(f"block with windows of {size} {TIMES} {size} tokens")
        axes[1].set_title("global block: everything")
        _outline(axes[1], (0, 0, columns, rows), step)
        axes[2].imshow(
            weights.sqrt().numpy(),
            vmax=float(weights.sqrt().quantile(0.98)),
            extent=(0, photo.shape[1], photo.shape[0], 0),
            cmap=HEAT,
            interpolation="nearest",
        )
        _mark_token(axes[2], token, step)
        axes[2].set_title("where it looks in the last one")
    return figure


def _outline(axis: Axes, cells: tuple[int, int, int, int], step: float) -> None:
    x, y, width, height = (value * step for value in cells)
    axis.add_patch(Rectangle((x, y), width, height, fill=False, edgecolor=GREEN, linewidth=2.2))


def _mark_token(axis: Axes, token: tuple[int, int], step: float) -> None:
    corner = (token[1] * step, token[0] * step)
    axis.add_patch(Rectangle(corner, step, step, facecolor=RED, edgecolor="white"))


def _shade_windows(
    axis: Axes, token: tuple[int, int], size: int, grid: tuple[int, int], step: float
) -> None:
    for row in range(0, grid[0], size):
        for column in range(0, grid[1], size):
            width, height = min(size, grid[1] - column), min(size, grid[0] - row)
            own = row <= token[0] < row + size and column <= token[1] < column + size
            if own:
                _outline(axis, (column, row, width, height), step)
                continue
            axis.add_patch(
                Rectangle(
                    (column * step, row * step),
                    width * step,
                    height * step,
                    facecolor="white",
                    alpha=0.62,
                    edgecolor=SKY,
                )
            )
