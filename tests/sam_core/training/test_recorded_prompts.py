"""Recorded prompts take the place of simulated ones, mask by mask and round by round."""

import pytest
import torch

from sam_core.modeling import Sam
from sam_core.prompts import BoxPrompt, PointPrompt, PromptSet
from sam_core.training.image_under_test import encode_pixels
from sam_core.training.prompt_sampler import SimulatedAnnotator
from sam_core.training.recorded_prompts import RecordedAnnotator, RecordedPrompt
from sam_core.training.train_step import interactive_rounds
from tests.helpers.builders import noise_image

IMAGE_HW, INPUT_HW, STRIDE = (100, 200), (32, 64), 4
CLICKS = PromptSet((PointPrompt(100, 50, 1), PointPrompt(20, 10, 0), PointPrompt(60, 60, 1)))
BOX = PromptSet((PointPrompt(20, 10, 0),), BoxPrompt(50, 25, 150, 75))


def masks() -> torch.Tensor:
    targets = torch.zeros(3, 16, 16)
    targets[:, 2:6, 3:9] = 1
    return targets


def recorded(prompts: PromptSet) -> RecordedPrompt:
    return RecordedPrompt(prompts, IMAGE_HW, INPUT_HW)


def test_prompts_are_brought_to_model_space() -> None:
    assert recorded(CLICKS).first is not None
    coords, labels = recorded(CLICKS).first or (None, None)
    assert coords is not None
    assert labels is not None
    assert coords.tolist() == [[31.5, 15.5], [0, 0]]
    assert labels.tolist() == [1, -1]
    assert [label for _, label in recorded(CLICKS).corrections] == [0, 1]


def test_a_box_comes_first_and_the_clicks_with_it_are_corrections() -> None:
    prompt = recorded(BOX)
    assert prompt.is_box
    assert prompt.first is not None
    assert prompt.first[0].tolist() == [[15.5, 7.5], [47.5, 23.5]]
    assert prompt.first[1].tolist() == [2, 3]
    assert len(prompt.corrections) == 1


def test_prompts_of_a_mirrored_image_lie_on_its_other_side() -> None:
    box, clicks = (recorded(prompts).mirrored(INPUT_HW[1]) for prompts in (BOX, CLICKS))
    assert box.first is not None
    assert clicks.first is not None
    assert box.first[0].tolist() == [[15.5, 7.5], [47.5, 23.5]]
    assert clicks.first[0].tolist() == [[31.5, 15.5], [0, 0]]
    x, y = recorded(CLICKS).corrections[0][0].tolist()
    assert clicks.corrections[0][0].tolist() == pytest.approx([63 - x, y])


def test_a_mirrored_box_begins_at_its_left() -> None:
    box = recorded(PromptSet((), BoxPrompt(20, 25, 60, 75))).mirrored(INPUT_HW[1])
    assert box.first is not None
    before = recorded(PromptSet((), BoxPrompt(20, 25, 60, 75))).first
    assert before is not None
    (left, top), (right, bottom) = before[0].tolist()
    turned = torch.tensor([[63 - right, top], [63 - left, bottom]])
    torch.testing.assert_close(box.first[0], turned)


def test_masks_without_a_record_are_simulated_as_ever() -> None:
    targets, centres = masks(), torch.tensor([[6.0, 4.0]] * 3)
    torch.manual_seed(3)
    alone = SimulatedAnnotator().begin(targets, centres, STRIDE)
    torch.manual_seed(3)
    mixed = RecordedAnnotator([None, recorded(BOX), None]).begin(targets, centres, STRIDE)
    for number in (0, 2):
        assert torch.equal(mixed.prompts.coords[number], alone.prompts.coords[number])
        assert mixed.is_box[number] == alone.is_box[number]
    assert mixed.prompts.labels[1].tolist() == [2, 3]
    assert bool(mixed.is_box[1])


def test_corrections_come_in_their_order_and_then_simulated() -> None:
    annotator = RecordedAnnotator([recorded(CLICKS), None, None])
    logits = torch.full((3, 16, 16), -5.0)
    firsts = []
    for corrections in range(3):
        torch.manual_seed(corrections)
        coords, labels = annotator.correct(corrections, logits, masks(), STRIDE)
        firsts.append((coords[0].tolist(), float(labels[0])))
        torch.manual_seed(corrections)
        simulated, _ = SimulatedAnnotator().correct(corrections, logits, masks(), STRIDE)
        assert torch.equal(coords[1:], simulated[1:])
    assert firsts[0] == (pytest.approx([5.9, 2.7], abs=1e-5), 0)
    assert firsts[1] == (pytest.approx([18.7, 18.7], abs=1e-5), 1)
    assert firsts[2][0] == simulated[0].tolist()


def test_a_recorded_session_is_learnt_from(small_sam: Sam) -> None:
    features = encode_pixels(small_sam, noise_image(32, 64))
    targets = masks()[None]
    annotator = RecordedAnnotator([recorded(CLICKS), recorded(BOX), None])
    rounds = list(
        interactive_rounds(
            small_sam, features, targets, torch.full((1, 3, 2), 4.5), 3, 0.0, annotator=annotator
        )
    )
    assert len(rounds) == 3
    torch.stack([each.loss for each in rounds]).sum().backward()
    gradient = small_sam.prompt_encoder.point_embeddings[2].weight.grad  # the box's corner
    assert gradient is not None
    assert bool(gradient.any())
