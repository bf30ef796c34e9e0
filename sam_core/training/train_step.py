"""One optimiser step's loss: several rounds of prompt, mask, correction."""

from typing import NamedTuple

import torch
from jaxtyping import Float, UInt8
from torch import Tensor

from sam_core.losses import MaskLossWeights, mask_iou, mask_loss
from sam_core.modeling import ImageFeatures, Sam
from sam_core.training.prompt_sampler import PointPrompts, correction_clicks, first_prompts

BOX_SHARE = 0.35
"""Share of masks whose first prompt is a box; a click says less, so it is practised more."""


class StepResult(NamedTuple):
    """The loss to follow, and what the log shows."""

    loss: Tensor
    log: dict[str, float]


def interactive_loss(  # noqa: PLR0913, PLR0917 - a batch has three parts
    sam: Sam,
    images: UInt8[Tensor, "b 3 s s"],
    masks: Float[Tensor, "b k t t"],
    centres: Float[Tensor, "b k 2"],
    iterations: int,
    mask_only_share: float,
    weights: MaskLossWeights | None = None,
) -> StepResult:
    """Return the mean loss over the rounds of a simulated annotation.

    Round one gives each mask a point or a box. A point is ambiguous, so the best of the three
    candidates learns; later rounds, and boxes, use the single-mask token. Every later round
    feeds the logits back as a dense prompt, mostly with one more click.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, appendix A (training algorithm).

    Args:
        sam: Model in training mode; its input side is that of ``images``.
        images: Padded RGB images.
        masks: True masks of each image, at the decoder's resolution.
        centres: x, y of the innermost cell of each mask.
        iterations: Number of rounds.
        mask_only_share: Probability that a later round gets no new click.
        weights: Weights of the parts of the loss; ``None`` takes the paper's.
    """
    pixels = (images.float() - sam.pixel_mean) / sam.pixel_std
    features = sam.encode_image(pixels.contiguous(memory_format=torch.channels_last))
    targets = masks.flatten(0, 1)
    stride = images.shape[-1] // masks.shape[-1]
    is_box = torch.rand(len(targets)) < BOX_SHARE
    prompts = first_prompts(targets, centres.flatten(0, 1), is_box, stride)
    previous: Tensor | None = None
    losses: list[Tensor] = []
    log: dict[str, float] = {}
    for round_index in range(iterations):
        if previous is not None and torch.rand(()) >= mask_only_share:
            prompts = prompts.add(*correction_clicks(previous, targets, stride))
        logits, quality = predict(sam, features, prompts, previous)
        if round_index == 0:
            losses.append(_first_round_loss(logits, quality, targets, is_box, weights))
            previous = _shown_masks(logits, quality, is_box)
            log |= _first_round_log(logits, previous, targets, is_box)
        else:
            losses.append(mask_loss(logits[:, :1], quality[:, :1], targets, weights).total)
            previous = logits[:, 0].detach()
    if previous is not None:
        log["iou_last"] = _mean_iou(previous, targets)
    loss = torch.stack(losses).mean()
    return StepResult(loss, {"loss": float(loss.detach()), **log})


def predict(
    sam: Sam,
    features: ImageFeatures,
    prompts: PointPrompts,
    previous: Float[Tensor, "b t t"] | None,
) -> tuple[Float[Tensor, "b 4 t t"], Float[Tensor, "b 4"]]:
    """Return float32 logits and predicted IoU of all mask tokens.

    Args:
        sam: The model.
        features: Features of one image, or of as many as divide the prompts evenly.
        prompts: Points and box corners of each mask.
        previous: Logits that are refined; ``None`` for a first prompt.
    """
    batch = len(prompts.coords)
    encoder = sam.prompt_encoder
    dense_input = (
        prompts.coords.new_zeros(batch, 1, *encoder.mask_input_size)
        if previous is None
        else previous.unsqueeze(1)
    )
    has_mask = prompts.coords.new_full((batch,), 0.0 if previous is None else 1.0)
    logits, quality = sam.mask_decoder.predict_masks(
        features.image_embeddings,
        encoder.get_dense_pe(),
        encoder.embed_tokens(prompts.coords, prompts.labels),
        encoder.embed_dense(prompts.coords, prompts.labels, dense_input, has_mask),
        features.high_res_features,
    )
    return logits.float(), quality.float()


def _first_round_loss(
    logits: Tensor,
    quality: Tensor,
    targets: Tensor,
    is_box: Tensor,
    weights: MaskLossWeights | None,
) -> Tensor:
    parts: list[Tensor] = []
    for chosen, tokens in ((is_box, slice(0, 1)), (~is_box, slice(1, None))):
        if chosen.any():
            part = mask_loss(
                logits[chosen][:, tokens], quality[chosen][:, tokens], targets[chosen], weights
            )
            parts.append(part.total * chosen.float().mean())
    return torch.stack(parts).sum()


def _shown_masks(logits: Tensor, quality: Tensor, is_box: Tensor) -> Tensor:
    best = 1 + quality[:, 1:].argmax(dim=1)
    token = torch.where(is_box, 0, best)
    return logits[torch.arange(len(logits)), token].detach()


def _first_round_log(
    logits: Tensor, shown: Tensor, targets: Tensor, is_box: Tensor
) -> dict[str, float]:
    log: dict[str, float] = {}
    if is_box.any():
        log["iou_box"] = _mean_iou(shown[is_box], targets[is_box])
    if (~is_box).any():
        log["iou_click"] = _mean_iou(shown[~is_box], targets[~is_box])
        wanted = (targets[~is_box] >= 0.5).unsqueeze(1).expand_as(logits[~is_box][:, 1:])
        candidates = mask_iou(logits[~is_box][:, 1:] > 0, wanted)
        log["iou_oracle"] = float(candidates.amax(dim=1).mean())
    return log


def _mean_iou(logits: Tensor, targets: Tensor) -> float:
    return float(mask_iou(logits > 0, targets >= 0.5).mean())
