"""Prompts that a person gave, practised again in place of simulated ones."""

from collections.abc import Callable, Sequence
from copy import copy

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from sam_core.prompts import (
    BOX_BOTTOM_RIGHT_LABEL,
    BOX_TOP_LEFT_LABEL,
    PADDING_LABEL,
    PointPrompt,
    PromptSet,
)
from sam_core.training.prompt_sampler import (
    Annotator,
    FirstPrompts,
    PointPrompts,
    SimulatedAnnotator,
)
from sam_core.transforms import image_to_model_coords

BOX_CORNERS = [BOX_TOP_LEFT_LABEL, BOX_BOTTOM_RIGHT_LABEL]


class RecordedPrompt:
    """The box and clicks of one mask, in model space.

    Args:
        prompts: What the person gave, in image space; a mask prompt among it is not practised.
        image_hw: Height and width of the image.
        input_hw: Height and width of the image in model space.
    """

    def __init__(
        self, prompts: PromptSet, image_hw: tuple[int, int], input_hw: tuple[int, int]
    ) -> None:
        def to_model(places: Sequence[tuple[float, float]]) -> Tensor:
            coords = image_to_model_coords(np.array(places, dtype=np.float64), image_hw, input_hw)
            return torch.as_tensor(coords, dtype=torch.float32)

        box, clicks = prompts.box, list(prompts.points)
        self.is_box = box is not None
        self.first: tuple[Tensor, Tensor] | None = None
        if box is not None:
            corners = to_model([(box.x0, box.y0), (box.x1, box.y1)])
            self.first = corners, torch.tensor(BOX_CORNERS, dtype=torch.float32)
        elif clicks:
            click = clicks.pop(0)
            coords = torch.cat([to_model([(click.x, click.y)]), torch.zeros(1, 2)])
            self.first = coords, torch.tensor([click.label, PADDING_LABEL], dtype=torch.float32)
        self.corrections = [_as_correction(click, to_model) for click in clicks]

    def mirrored(self, width: int) -> "RecordedPrompt":
        """Return the prompts of the mask with left and right exchanged.

        Args:
            width: Of the image in model space.
        """
        turned = copy(self)
        if self.first is not None:
            coords, labels = self.first
            if self.is_box:
                (left, top), (right, bottom) = _exchanged(coords, width).tolist()
                corners = coords.new_tensor([(right, top), (left, bottom)])
                turned.first = corners, labels
            else:
                turned.first = torch.cat([_exchanged(coords[:1], width), coords[1:]]), labels
        turned.corrections = [
            (_exchanged(place, width), label) for place, label in self.corrections
        ]
        return turned


class RecordedAnnotator:
    """Gives recorded prompts where there are any, and simulated ones elsewhere.

    Recorded corrections come in their order. They were made for the masks of that day, which
    need not be those of the model in training; they are still what the person meant: each says
    of a place on which side of the border it lies. After the last one, corrections are simulated.

    Args:
        recorded: For each mask of the batch its prompts, or ``None``.
        simulated: Who gives the others; ``None`` is :class:`SimulatedAnnotator`.
    """

    def __init__(
        self, recorded: Sequence[RecordedPrompt | None], simulated: Annotator | None = None
    ) -> None:
        self.recorded = recorded
        self.simulated = simulated or SimulatedAnnotator()

    def begin(
        self, masks: Float[Tensor, "b t t"], centres: Float[Tensor, "b 2"], stride: int
    ) -> FirstPrompts:
        """Return a box or a click for each mask."""
        (coords, labels), is_box = self.simulated.begin(masks, centres, stride)
        for number, prompt in enumerate(self.recorded):
            if prompt is not None and prompt.first is not None:
                coords[number], labels[number] = prompt.first
                is_box[number] = prompt.is_box
        return FirstPrompts(PointPrompts(coords, labels), is_box)

    def correct(
        self, corrections: int, logits: Float[Tensor, "b t t"], masks: Tensor, stride: int
    ) -> tuple[Float[Tensor, "b 2"], Float[Tensor, " b"]]:
        """Return one more click and its label for each mask, after so many corrections."""
        coords, labels = self.simulated.correct(corrections, logits, masks, stride)
        for number, prompt in enumerate(self.recorded):
            if prompt is not None and corrections < len(prompt.corrections):
                coords[number], labels[number] = prompt.corrections[corrections]
        return coords, labels


def _exchanged(coords: Float[Tensor, "*n 2"], width: int) -> Float[Tensor, "*n 2"]:
    """Return pixel indices x, y with left and right exchanged."""
    turned = coords.clone()
    turned[..., 0] = width - 1 - coords[..., 0]
    return turned


def _as_correction(click: PointPrompt, to_model: Callable[..., Tensor]) -> tuple[Tensor, float]:
    return to_model([(click.x, click.y)])[0], float(click.label)
