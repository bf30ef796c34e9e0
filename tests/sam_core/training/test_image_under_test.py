"""One image under test: prompts go where they were put, for models of every kind."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from sam_core.modeling import Sam
from sam_core.training import image_under_test
from sam_core.training.image_under_test import ImageUnderTest
from sam_core.training.prompt_sampler import PointPrompts
from sam_core.training.simulated_clicks import Click
from tests.helpers.builders import noise_image, tiny_hybrid_sam, tiny_sam


@pytest.mark.parametrize("sam", [tiny_sam(), tiny_hybrid_sam()], ids=["published", "ours"])
def test_every_model_answers_boxes_clicks_and_its_own_logits(sam: Sam) -> None:
    with torch.no_grad():
        image = ImageUnderTest(sam, noise_image(30, 50))
        answer = image.answer_box(np.array([3, 4, 20, 22]))
        assert answer.logits.shape == (4, 16, 16)
        assert answer.predicted_ious.shape == (4,)
        click = Click(10, 12, True)
        first = image.answer_clicks([click], None)
        second = image.answer_clicks([click, Click(2, 3, False)], first.logits[1])
        assert image.to_mask(second.logits[0]).shape == (30, 50)
        assert not torch.equal(first.logits, second.logits)


def test_prompts_are_sent_in_model_space_with_the_padding_point_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[PointPrompts] = []

    def record(_: Sam, __: object, prompts: PointPrompts, ___: object) -> tuple[torch.Tensor, ...]:
        sent.append(prompts)
        return torch.zeros(1, 4, 16, 16), torch.zeros(1, 4)

    monkeypatch.setattr(image_under_test, "predict", record)
    with torch.no_grad():
        image = ImageUnderTest(tiny_sam(), noise_image(64, 128))  # half the size in model space
        image.answer_clicks([Click(10, 20, True), Click(0, 0, False)], None)
        image.answer_box(np.array([0, 0, 128, 64]))
    clicks, box = sent
    assert clicks.labels.tolist() == [[1, 0, -1]]
    assert clicks.coords[0, :2].tolist() == [[9.75, 4.75], [-0.25, -0.25]]
    assert box.labels.tolist() == [[2, 3]]
    assert box.coords.tolist() == [[[-0.5, -0.5], [63.5, 31.5]]]
