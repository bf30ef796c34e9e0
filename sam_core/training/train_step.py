"""One optimiser step's loss: several rounds of prompt, mask, correction."""

import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import torch
from jaxtyping import Bool, Float, UInt8
from torch import Tensor

from sam_core.losses import MaskLossWeights, mask_iou, mask_losses
from sam_core.modeling import ImageFeatures, Sam
from sam_core.training.prompt_sampler import Annotator, PointPrompts, SimulatedAnnotator


class StepResult(NamedTuple):
    """The loss to follow, and what the log shows."""

    loss: Tensor
    log: dict[str, float]


class Answers(NamedTuple):
    """What the model says in one round, and how wrong it is."""

    loss: Tensor
    """Mean over the prompts."""
    logits: Tensor
    """(b, 4, t, t) float32, of all mask tokens; no gradient flows through them."""
    quality: Tensor
    """(b, 4) predicted IoU."""


class Round(NamedTuple):
    """The loss of one round, and what the log shows of it."""

    loss: Tensor
    log: dict[str, Tensor]


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
    features = sam.encode_image(normalise(sam, images))
    rounds = list(
        interactive_rounds(sam, features, masks, centres, iterations, mask_only_share, weights)
    )
    loss = torch.stack([each.loss for each in rounds]).mean()
    return StepResult(loss, _as_log(loss, rounds))


class InteractiveStep:
    """Add the gradients of a simulated annotation to a model, round by round.

    Every round is followed back as soon as it is made, down to the features of the images; the
    encoder is followed back once, with the sum of what the rounds ask for. The gradients are
    those of :func:`interactive_loss`, for the memory of one round.

    Args:
        sam: Model in training mode.
        mask_only_share: Probability that a later round gets no new click.
        weights: Weights of the parts of the loss; ``None`` takes the paper's.
        low_precision: Whether the model computes in bfloat16 where that is safe.
        compiled: Whether encoder and decoder are compiled, which takes a minute or two
            and pays on an accelerator.
    """

    def __init__(
        self,
        sam: Sam,
        mask_only_share: float,
        weights: MaskLossWeights | None = None,
        *,
        low_precision: bool = False,
        compiled: bool = False,
    ) -> None:
        self.sam = sam
        self.mask_only_share = mask_only_share
        self.weights = weights
        self.low_precision = low_precision
        self._encode = torch.compile(_encode) if compiled else _encode
        self._answer = torch.compile(answer) if compiled else answer

    def backward(
        self,
        images: UInt8[Tensor, "b 3 s s"],
        masks: Float[Tensor, "b k t t"],
        centres: Float[Tensor, "b k 2"],
        iterations: int,
    ) -> dict[str, float]:
        """Add the gradients of the mean loss over the rounds, and return the log.

        Args:
            images: Padded RGB images.
            masks: True masks of each image, at the decoder's resolution.
            centres: x, y of the innermost cell of each mask.
            iterations: Number of rounds.
        """
        with self._precision():
            encoded = self._encode(self.sam, images)
        leaves = [part.detach().requires_grad_() for part in _parts(encoded)]
        features = ImageFeatures(leaves[0], tuple(leaves[1:]))
        rounds: list[Round] = []
        for each in interactive_rounds(
            self.sam,
            features,
            masks,
            centres,
            iterations,
            self.mask_only_share,
            self.weights,
            self._answer_round,
        ):
            torch.autograd.backward(each.loss / iterations)
            rounds.append(Round(each.loss.detach(), each.log))
        torch.autograd.backward(_parts(encoded), [leaf.grad for leaf in leaves])
        return _as_log(torch.stack([each.loss for each in rounds]).mean(), rounds)

    def _answer_round(
        self, sam: Sam, features: ImageFeatures, prompts: PointPrompts, *rest: Any
    ) -> Answers:
        if rest[0] is not None:  # later rounds have ever more clicks: one graph serves them all
            for tensor in prompts:
                torch._dynamo.maybe_mark_dynamic(tensor, 1)
        with self._precision():
            return self._answer(sam, features, prompts, *rest)

    def _precision(self) -> torch.autocast:
        return torch.autocast(self.sam.device.type, torch.bfloat16, enabled=self.low_precision)


def interactive_rounds(  # noqa: PLR0913, PLR0917 - a batch, and how it is practised
    sam: Sam,
    features: ImageFeatures,
    masks: Float[Tensor, "b k t t"],
    centres: Float[Tensor, "b k 2"],
    iterations: int,
    mask_only_share: float,
    weights: MaskLossWeights | None = None,
    answer_round: "Callable[..., Answers] | None" = None,
    annotator: Annotator | None = None,
) -> Iterator[Round]:
    """Yield the rounds of a simulated annotation, each with its loss.

    Round one gives each mask a point or a box. A point is ambiguous, so the best of the three
    candidates learns; later rounds, and boxes, use the single-mask token. Every later round
    feeds the logits back as a dense prompt, mostly with one more click.

    Args:
        sam: Model in training mode.
        features: Features of the images.
        masks: True masks of each image, at the decoder's resolution.
        centres: x, y of the innermost cell of each mask.
        iterations: Number of rounds.
        mask_only_share: Probability that a later round gets no new click.
        weights: Weights of the parts of the loss; ``None`` takes the paper's.
        answer_round: What computes a round; ``None`` is :func:`answer`.
        annotator: Who gives the prompts; ``None`` simulates.

    Yields:
        The rounds, in order. No gradient flows from one into another.
    """
    answer_round = answer_round or answer
    annotator = annotator or SimulatedAnnotator()
    targets = masks.flatten(0, 1)
    stride = sam.image_size // masks.shape[-1]
    prompts, is_box = annotator.begin(targets, centres.flatten(0, 1), stride)
    said = answer_round(sam, features, prompts, None, targets, is_box, weights)
    previous = _shown_masks(said.logits, said.quality, is_box)
    log = _first_round_log(said.logits, previous, targets, is_box)
    yield Round(said.loss, log if iterations > 1 else log | _last_round_log(previous, targets))
    corrections = 0
    for remaining in range(iterations - 2, -1, -1):
        if torch.rand(()) >= mask_only_share:
            prompts = prompts.add(*annotator.correct(corrections, previous, targets, stride))
            corrections += 1
        said = answer_round(sam, features, prompts, previous, targets, None, weights)
        previous = said.logits[:, 0].contiguous()
        yield Round(said.loss, {} if remaining else _last_round_log(previous, targets))


def answer(  # noqa: PLR0913, PLR0917 - one round is all of this
    sam: Sam,
    features: ImageFeatures,
    prompts: PointPrompts,
    previous: Float[Tensor, "b t t"] | None,
    targets: Float[Tensor, "b t t"],
    is_box: Bool[Tensor, " b"] | None,
    weights: MaskLossWeights | None,
) -> Answers:
    """Return what the model says to the prompts of a round, and its loss.

    Args:
        sam: The model.
        features: Features of the images.
        prompts: Points and box corners of each mask.
        previous: Logits that are refined; ``None`` for a first prompt.
        targets: True masks.
        is_box: Which first prompts are boxes, answered by the single-mask token; the others
            are clicks, answered by the candidates. ``None``: all ask for the single mask.
        weights: Weights of the parts of the loss; ``None`` takes the paper's.
    """
    logits, quality = predict(sam, features, prompts, previous)
    loss = mask_losses(logits[:, :1], quality[:, :1], targets, weights).total
    if is_box is not None:
        candidates = mask_losses(logits[:, 1:], quality[:, 1:], targets, weights).total
        loss = torch.where(is_box, loss, candidates)
    return Answers(loss.mean(), logits.detach(), quality.detach())


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
    held = encoder.hold_clicks(logits.float(), prompts.coords, prompts.labels, has_mask)
    return held, quality.float()


def normalise(sam: Sam, images: UInt8[Tensor, "b 3 s s"]) -> Float[Tensor, "b 3 s s"]:
    """Return what the encoder takes of padded RGB images."""
    pixels = (images.float() - sam.pixel_mean) / sam.pixel_std
    return pixels.contiguous(memory_format=torch.channels_last)


def _encode(sam: Sam, images: Tensor) -> ImageFeatures:
    return sam.encode_image(normalise(sam, images))


def _parts(features: ImageFeatures) -> list[Tensor]:
    return [features.image_embeddings, *features.high_res_features]


def _shown_masks(logits: Tensor, quality: Tensor, is_box: Tensor) -> Tensor:
    best = 1 + quality[:, 1:].argmax(dim=1)
    token = torch.where(is_box, 0, best)
    return logits[torch.arange(len(logits), device=logits.device), token]


@torch.no_grad()
def _first_round_log(
    logits: Tensor, shown: Tensor, targets: Tensor, is_box: Tensor
) -> dict[str, Tensor]:
    wanted = targets >= 0.5
    shown_iou = mask_iou(shown > 0, wanted)
    candidates = mask_iou(logits[:, 1:] > 0, wanted.unsqueeze(1).expand_as(logits[:, 1:]))
    return {
        "iou_box": _mean_where(shown_iou, is_box),
        "iou_click": _mean_where(shown_iou, ~is_box),
        "iou_oracle": _mean_where(candidates.amax(dim=1), ~is_box),
    }


@torch.no_grad()
def _last_round_log(previous: Tensor, targets: Tensor) -> dict[str, Tensor]:
    return {"iou_last": mask_iou(previous > 0, targets >= 0.5).mean()}


def _mean_where(values: Tensor, chosen: Tensor) -> Tensor:
    return (values * chosen).sum() / chosen.sum()  # of nothing: not a number, left out of the log


def _as_log(loss: Tensor, rounds: list[Round]) -> dict[str, float]:
    values = {"loss": loss.detach()}
    for each in rounds:
        values |= each.log
    numbers = torch.stack(list(values.values())).tolist()
    named = zip(values, numbers, strict=True)
    return {name: number for name, number in named if not math.isnan(number)}
