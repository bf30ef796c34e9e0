"""Boxes and arrows: the tensors of the model, and the stages of a data engine."""

from typing import NamedTuple

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from torch import Tensor, nn

from sam_core.figures.style import BLUE, GREEN, INK, ORANGE, QUIET, TIMES, figure_of, hide_frame
from sam_core.modeling import Sam
from sam_core.modeling.common import MLP

BOX_HEIGHT = 0.19


class Node(NamedTuple):
    """A box of a diagram: its middle and width in shares of the figure, and its lines."""

    x: float
    y: float
    width: float
    title: str
    detail: str
    colour: str


def trace_shapes(sam: Sam) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the tensors that pass through the model for one click.

    They are read while the model runs, so that a diagram cannot say something else.
    """
    side = sam.image_size
    encoder, decoder = sam.prompt_encoder, sam.mask_decoder
    shapes: dict[str, tuple[int, ...]] = {"image": (3, side, side)}

    def keep(name: str, module: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def hook(_module: nn.Module, _inputs: tuple[Tensor, ...], output: Tensor) -> None:
            shapes[name] = tuple(output.shape[1:])

        return module.register_forward_hook(hook)

    hooks = [
        keep("upscaled", decoder.output_upscaling[-1]),
        keep("weights", decoder.output_hypernetworks_mlps[0]),
    ]
    try:
        with torch.no_grad():
            features = sam.encode_image(sam.pixel_mean.new_zeros(1, 3, side, side))
            coords, labels = torch.zeros(1, 1, 2), torch.ones(1, 1)
            sparse, dense = encoder((coords, labels), None, None)
            masks, scores = decoder.predict_masks(
                features.image_embeddings,
                encoder.get_dense_pe(),
                sparse,
                dense,
                features.high_res_features,
            )
    finally:
        for hook in hooks:
            hook.remove()
    shapes |= {"embedding": tuple(features.image_embeddings.shape[1:])}
    shapes |= {"sparse": tuple(sparse.shape[1:]), "dense": tuple(dense.shape[1:])}
    shapes |= {"masks": tuple(masks.shape[1:]), "scores": tuple(scores.shape[1:])}
    shapes |= {f"skip{i}": tuple(m.shape[1:]) for i, m in enumerate(features.high_res_features)}
    shapes["mask_input"] = (1, *encoder.mask_input_size)
    shapes["tokens"] = (1 + decoder.num_mask_tokens + sparse.shape[1], sparse.shape[2])
    return shapes


def draw_tensors(sam: Sam) -> Figure:
    """Return the way of one click through the model, with the shape of every tensor."""
    shapes = {name: f" {TIMES} ".join(map(str, shape)) for name, shape in trace_shapes(sam).items()}
    skips = [value for name, value in shapes.items() if name.startswith("skip")]
    first, second, third, fourth, fifth = (0.085, 0.285, 0.49, 0.70, 0.91)
    top, middle, low = (0.84, 0.49, 0.14)
    nodes = {
        "image": Node(first, top, 0.15, "image", shapes["image"], QUIET),
        "encoder": Node(second, top, 0.16, "image encoder", "once per image", BLUE),
        "skips": Node(third, top, 0.16, "fine maps", "\n".join(skips) or "none", QUIET),
        "upscaled": Node(fourth, top, 0.17, "up-scaling", shapes["upscaled"], GREEN),
        "masks": Node(fifth, top, 0.15, "mask logits", shapes["masks"], QUIET),
        "mask_input": Node(first, middle, 0.15, "earlier logits", shapes["mask_input"], QUIET),
        "dense": Node(second, middle, 0.16, "dense prompt", shapes["dense"], ORANGE),
        "embedding": Node(third, middle, 0.16, "embedding", shapes["embedding"], QUIET),
        "transformer": Node(
            fourth, middle, 0.17, "two-way layers", f"{shapes['tokens']} tokens", GREEN
        ),
        "weights": Node(
            fifth, middle, 0.15, "hypernetworks", f"4 {TIMES} {shapes['weights']}", GREEN
        ),
        "points": Node(first, low, 0.15, "clicks, box", "x, y and a label", QUIET),
        "sparse": Node(second, low, 0.16, "sparse prompts", shapes["sparse"], ORANGE),
        "scores": Node(fifth, low, 0.15, "predicted IoU", _say_scores(sam), QUIET),
    }
    arrows = (
        *(("image", "encoder"), ("encoder", "skips"), ("skips", "upscaled")),
        *(("encoder", "embedding"), ("mask_input", "dense"), ("dense", "embedding")),
        *(("embedding", "transformer"), ("points", "sparse")),
        *(("transformer", "upscaled"), ("transformer", "weights"), ("transformer", "scores")),
        *(("upscaled", "masks"), ("weights", "masks")),
    )
    with figure_of(1, 1, 3.7) as (figure, (axis,)):
        _prepare(axis)
        for start, end in arrows:
            if skips or "skips" not in {start, end}:
                _connect(axis, nodes[start], nodes[end])
        elbow = (fourth, middle - BOX_HEIGHT / 2 - 0.005)
        _arrow(axis, (second + 0.085, low), elbow, style="angle,angleA=0,angleB=90")
        for node in nodes.values():
            if skips or node.title != "fine maps":
                _draw_node(axis, node)
        axis.text(0.3875, middle + 0.03, "+", fontsize=12, ha="center")
    return figure


def _say_scores(sam: Sam) -> str:
    # The published head is an MLP on one token; ours looks at the masks as well.
    decoder = sam.mask_decoder
    sees_masks = not isinstance(decoder.iou_prediction_head, MLP)
    return f"{decoder.num_mask_tokens}" + ", from the masks too" * sees_masks


ENGINE = (
    (
        "1  assisted by hand",
        "a person clicks, the model draws,\nthe person corrects",
        "here: the workbench",
        "SAM: 120 k images, 4.3 M masks",
        GREEN,
    ),
    (
        "2  half automatic",
        "sure masks are filled in first,\nthe person adds what is missing",
        "not built yet",
        "SAM: 180 k images, +5.9 M masks",
        ORANGE,
    ),
    (
        "3  automatic",
        "a grid of points asks for all masks,\nfiltered and made unique",
        "not built yet",
        "SAM: 11 M images, 1.1 billion masks",
        ORANGE,
    ),
)


def draw_data_engine() -> Figure:
    """Return the three stages of the data engine: the paper's size, and what exists here."""
    with figure_of(1, 1, 2.5) as (figure, (axis,)):
        _prepare(axis)
        for index, (title, what, here, paper, colour) in enumerate(ENGINE):
            x = 0.16 + 0.34 * index
            box = FancyBboxPatch(
                (x - 0.14, 0.36), 0.28, 0.54, boxstyle="round,pad=0.005", fill=False, ec=colour
            )
            box.set_linewidth(1.8)
            axis.add_patch(box)
            axis.text(x, 0.80, title, ha="center", va="center", weight="bold")
            axis.text(x, 0.62, what, ha="center", va="center", fontsize=8.5)
            axis.text(x, 0.44, here, ha="center", va="center", color=colour, weight="bold")
            axis.text(x, 0.25, paper, ha="center", va="center", fontsize=8.5, color=QUIET)
            if index:
                _arrow(axis, (x - 0.195, 0.63), (x - 0.145, 0.63))
        _arrow(axis, (0.84, 0.15), (0.16, 0.15), style="arc3,rad=-0.06")
        note = "new masks train the next model, which makes the next masks cheaper"
        axis.text(0.5, 0.0, note, ha="center", va="center", fontsize=8.5)
    return figure


def _prepare(axis: Axes) -> None:
    axis.set(xlim=(0, 1), ylim=(-0.05, 1))
    hide_frame(axis)


def _draw_node(axis: Axes, node: Node) -> None:
    corner = (node.x - node.width / 2, node.y - BOX_HEIGHT / 2)
    box = FancyBboxPatch(
        corner, node.width, BOX_HEIGHT, boxstyle="round,pad=0.005", fc="white", ec=node.colour
    )
    box.set_linewidth(1.8)
    axis.add_patch(box)
    lines = 1 + node.detail.count("\n")
    rise = 0.025 + 0.02 * (lines - 1)
    axis.text(node.x, node.y + rise + 0.01, node.title, ha="center", va="center", weight="bold")
    axis.text(node.x, node.y - 0.045, node.detail, ha="center", va="center", fontsize=8.5)


def _connect(axis: Axes, start: Node, end: Node) -> None:
    if start.x == end.x:
        side = 1 if end.y > start.y else -1
        gap = side * (BOX_HEIGHT / 2 + 0.005)
        _arrow(axis, (start.x, start.y + gap), (end.x, end.y - gap))
        return
    right, left = start.x + start.width / 2 + 0.005, end.x - end.width / 2 - 0.005
    rise = end.y - start.y
    lean = 0.3 * BOX_HEIGHT * (rise > 0) - 0.3 * BOX_HEIGHT * (rise < 0)
    _arrow(axis, (right, start.y + lean), (left, end.y - lean))


def _arrow(
    axis: Axes, start: tuple[float, float], end: tuple[float, float], style: str = "arc3"
) -> None:
    axis.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=11,
            color=INK,
            linewidth=1.1,
            connectionstyle=style,
            shrinkA=2,
            shrinkB=2,
        )
    )
