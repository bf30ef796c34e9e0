"""The simulated annotation: rounds, shapes, gradients."""

import pytest
import torch

from sam_core.modeling import Sam
from sam_core.training.prompt_sampler import PointPrompts
from sam_core.training.train_step import InteractiveStep, interactive_loss, predict


@pytest.fixture
def batch() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    torch.manual_seed(2)
    images = torch.randint(0, 255, (2, 3, 64, 64), dtype=torch.uint8)
    masks = torch.zeros(2, 3, 16, 16)
    masks[:, :, 4:12, 4:12] = 1
    centres = torch.full((2, 3, 2), 8.0)
    return images, masks, centres


@pytest.mark.parametrize("iterations", [1, 2, 4])
def test_every_number_of_rounds_gives_a_finite_loss(
    small_sam: Sam, batch: tuple[torch.Tensor, ...], iterations: int
) -> None:
    result = interactive_loss(small_sam, *batch, iterations, 0.0)
    assert bool(torch.isfinite(result.loss))
    assert 0 <= result.log["iou_last"] <= 1


def test_every_part_of_the_model_gets_a_gradient(
    small_sam: Sam, batch: tuple[torch.Tensor, ...]
) -> None:
    interactive_loss(small_sam, *batch, 3, 0.0).loss.backward()
    silent = [name for name, value in small_sam.named_parameters() if value.grad is None]
    assert silent == []


def test_going_back_round_by_round_gives_the_gradients_of_the_whole_loss(
    small_sam: Sam, batch: tuple[torch.Tensor, ...]
) -> None:
    torch.manual_seed(4)
    whole = interactive_loss(small_sam, *batch, 3, 0.0)
    whole.loss.backward()
    wanted = {name: value.grad for name, value in small_sam.named_parameters()}
    small_sam.zero_grad(set_to_none=True)
    torch.manual_seed(4)
    log = InteractiveStep(small_sam, 0.0).backward(*batch, 3)
    assert log == pytest.approx(whole.log, rel=1e-5)
    for name, value in small_sam.named_parameters():
        torch.testing.assert_close(value.grad, wanted[name], atol=1e-6, rtol=1e-4, msg=name)


def test_low_precision_comes_close(small_sam: Sam, batch: tuple[torch.Tensor, ...]) -> None:
    torch.manual_seed(4)
    exact = InteractiveStep(small_sam, 0.0).backward(*batch, 2)
    torch.manual_seed(4)
    rough = InteractiveStep(small_sam, 0.0, low_precision=True).backward(*batch, 2)
    assert rough["loss"] == pytest.approx(exact["loss"], rel=0.02)


def test_a_few_steps_on_one_batch_lower_the_loss(
    small_sam: Sam, batch: tuple[torch.Tensor, ...]
) -> None:
    optimizer = torch.optim.AdamW(small_sam.parameters(), lr=2e-3)
    losses = []
    for _ in range(15):
        loss = interactive_loss(small_sam, *batch, 2, 0.0).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert min(losses[-3:]) < 0.8 * losses[0]


def test_one_image_serves_several_prompts_as_if_each_had_its_own(small_sam: Sam) -> None:
    pixels = torch.randn(1, 3, 64, 64)
    coords = torch.tensor([[[10.0, 10.0], [0.0, 0.0]], [[40.0, 30.0], [0.0, 0.0]]])
    prompts = PointPrompts(coords, torch.tensor([[1.0, -1.0], [1.0, -1.0]]))
    with torch.no_grad():
        features = small_sam.encode_image(pixels)
        together, _ = predict(small_sam, features, prompts, None)
        alone, _ = predict(small_sam, features, PointPrompts(coords[1:], prompts.labels[1:]), None)
    torch.testing.assert_close(together[1:], alone, atol=1e-4, rtol=1e-4)
