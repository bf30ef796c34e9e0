"""Inside a click: drawn prompts, and weights that turn features into a mask."""

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor, nn

from sam_core.figures.embedding import inside_image, principal_colours
from sam_core.figures.style import (
    BLUE,
    HEAT,
    RED,
    FigureError,
    Pixels,
    caption,
    draw_prompts,
    figure_of,
    hide_frame,
    show_mask,
    show_picture,
)
from sam_core.modeling import DensePromptEncoder
from sam_core.predictor import SamPredictor, decoder_inputs
from sam_core.prompts import PromptSet

CHANNELS = (
    "foreground, narrow",
    "foreground, wide",
    "background, narrow",
    "background, wide",
    "inside of the box",
    "middle of the box",
)


def draw_drawn_prompts(predictor: SamPredictor, photo: Pixels, prompts: PromptSet) -> Figure:
    """Return the six maps that our prompt encoder draws, and the logits beside them.

    Args:
        predictor: Holds the model.
        photo: Photograph.
        prompts: Points and a box in image space.

    Raises:
        FigureError: If the model's prompt encoder draws nothing.
    """
    encoder = predictor.model.prompt_encoder
    if not isinstance(encoder, DensePromptEncoder):
        raise FigureError(
            "prompt encoder must draw its prompts, got the published one; use our own model"
        )
    scaled = predictor.transform.apply_image(photo).shape[:2]
    image_hw = (photo.shape[0], photo.shape[1])
    coords, labels = decoder_inputs(prompts, image_hw, (scaled[0], scaled[1]))
    drawn = encoder.draw(torch.from_numpy(coords), torch.from_numpy(labels))[0]
    predictor.set_image(photo)
    drawn = inside_image(predictor, drawn)
    answer = predictor.predict_prompts(prompts)
    logits = inside_image(predictor, torch.from_numpy(answer.low_res_logits))[0]
    with figure_of(2, 4, 2 * (9 / 4 * photo.shape[0] / photo.shape[1] + 0.4)) as (figure, axes):
        show_picture(axes[0], photo)
        draw_prompts(axes[0], prompts)
        caption(axes[0], "the prompts")
        places = (axes[1], axes[2], axes[3], axes[5], axes[6], axes[7])
        ordered = (0, 2, 4, 1, 3, 5)
        for axis, channel in zip(places, ordered, strict=True):
            axis.imshow(drawn[channel].numpy(), cmap=HEAT, vmin=0, vmax=1)
            hide_frame(axis)
            caption(axis, CHANNELS[channel])
        axes[4].imshow(logits.numpy(), cmap=HEAT)
        hide_frame(axes[4])
        caption(axes[4], "earlier logits")
    return figure


class DecoderTrace(nn.Module):
    """What the decoder computes on the way to its masks.

    Attributes:
        features: (c, h, w) enlarged features, with as many channels as there are weights.
        weights: (masks, c) made by the hypernetworks.
    """

    features: Tensor
    weights: Tensor


def trace_decoder(predictor: SamPredictor, prompts: PromptSet) -> DecoderTrace:
    """Return the enlarged features and the dynamic weights of one prediction."""
    decoder = predictor.model.mask_decoder
    seen: dict[int, Tensor] = {}

    def keep(index: int, module: nn.Module) -> torch.utils.hooks.RemovableHandle:
        return module.register_forward_hook(lambda _m, _i, output: seen.update({index: output}))

    last_activation = decoder.output_upscaling[-1]
    hooks = [keep(-1, last_activation)]
    hooks += [keep(i, head) for i, head in enumerate(decoder.output_hypernetworks_mlps)]
    try:
        predictor.predict_prompts(prompts)
    finally:
        for hook in hooks:
            hook.remove()
    trace = DecoderTrace()
    trace.features = seen[-1][0]
    trace.weights = torch.stack([seen[i][0] for i in range(decoder.num_mask_tokens)])
    return trace


def draw_hypernetwork(predictor: SamPredictor, photo: Pixels, prompts: PromptSet) -> Figure:
    """Return enlarged features, the weights of the best token, their product and the mask."""
    predictor.set_image(photo)
    answer = predictor.predict_prompts(prompts)
    best = int(answer.iou_predictions.argmax())
    trace = trace_decoder(predictor, prompts)
    token = best + 1 if prompts.is_ambiguous else 0
    features = inside_image(predictor, trace.features)
    logits = torch.einsum("c,chw->hw", trace.weights[token], features)
    height = 9 / 4 * photo.shape[0] / photo.shape[1] + 0.3
    with figure_of(1, 4, height) as (figure, axes):
        axes[0].imshow(principal_colours(features))
        hide_frame(axes[0])
        caption(axes[0], f"{features.shape[0]} features of every cell")
        _draw_weights(axes[1], trace.weights[token])
        axes[1].set_box_aspect(photo.shape[0] / photo.shape[1])
        limit = float(logits.abs().quantile(0.98))
        axes[2].imshow(logits.numpy(), cmap="PuOr_r", vmin=-limit, vmax=limit)
        hide_frame(axes[2])
        caption(axes[2], "their product: logits")
        show_mask(axes[3], photo, answer.masks[best])
        draw_prompts(axes[3], prompts)
        caption(axes[3], "above 0: the mask")
    return figure


def _draw_weights(axis: Axes, weights: Tensor) -> None:
    values = weights.numpy()
    colours = [BLUE if value > 0 else RED for value in values]
    axis.bar(range(len(values)), values, color=colours, width=0.72)
    axis.axhline(0, color="black", linewidth=0.8)
    axis.set(xticks=[], yticks=[])
    axis.spines[:].set_visible(False)
    caption(axis, f"{len(values)} weights of one token")
