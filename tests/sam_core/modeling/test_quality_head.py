from __future__ import annotations

import torch
from torch import Tensor

from sam_core.modeling.quality_head import MaskQualityHead

TOKENS, FINE, SIDE = 8, 4, 3


def head() -> MaskQualityHead:
    torch.manual_seed(0)
    return MaskQualityHead(TOKENS, FINE, hidden_dim=16)


def inputs(prompts: int = 2, masks: int = 4) -> dict[str, Tensor]:
    random = torch.Generator().manual_seed(1)
    return {
        "iou_token": torch.randn(prompts, TOKENS, generator=random),
        "mask_tokens": torch.randn(prompts, masks, TOKENS, generator=random),
        "grid": torch.randn(prompts, TOKENS, SIDE, SIDE, generator=random),
        "upscaled": torch.randn(prompts, FINE, 4 * SIDE, 4 * SIDE, generator=random),
        "logits": 3 * torch.randn(prompts, masks, 4 * SIDE, 4 * SIDE, generator=random),
    }


def test_every_candidate_gets_a_share() -> None:
    scores = head()(**inputs())
    assert scores.shape == (2, 4)
    assert bool(((scores > 0) & (scores < 1)).all())


def only(given: dict[str, Tensor], chosen: slice) -> dict[str, Tensor]:
    return given | {
        "mask_tokens": given["mask_tokens"][:, chosen],
        "logits": given["logits"][:, chosen],
    }


def test_the_single_mask_and_the_candidates_are_judged_apart() -> None:
    together = inputs()
    judge = head()
    for last in (judge.second_look.single[-1], judge.second_look.candidates[-1]):
        torch.nn.init.normal_(last.weight)
    scores = judge(**together)
    for part in (slice(1), slice(1, 4)):
        torch.testing.assert_close(scores[:, part], judge(**only(together, part)))


def test_what_lies_under_the_mask_matters() -> None:
    empty_corner = inputs()
    empty_corner["logits"][..., :4, :4] = -100.0
    changed = empty_corner | {
        "upscaled": empty_corner["upscaled"].clone(),
        "grid": empty_corner["grid"].clone(),
    }
    changed["upscaled"][..., :4, :4] = 7.0
    changed["grid"][..., :1, :1] = 7.0
    torch.testing.assert_close(head()(**empty_corner), head()(**changed))
    changed["upscaled"][..., 4:, 4:] = 7.0
    assert not torch.allclose(head()(**empty_corner), head()(**changed))


def test_a_mask_twice_as_fine_is_judged_alike() -> None:
    blocks = inputs()
    blocks["logits"] = torch.kron(torch.tensor([[8.0, -8.0, 8.0]] * 3), torch.ones(4, 4)).expand(
        2, 4, 12, 12
    )
    finer = blocks | {
        "grid": blocks["grid"].repeat_interleave(2, -1).repeat_interleave(2, -2),
        "upscaled": blocks["upscaled"].repeat_interleave(2, -1).repeat_interleave(2, -2),
        "logits": blocks["logits"].repeat_interleave(2, -1).repeat_interleave(2, -2),
    }
    torch.testing.assert_close(head()(**blocks), head()(**finer), atol=5e-3, rtol=0)


def test_an_empty_mask_has_a_finite_score() -> None:
    assert bool(
        torch.isfinite(head()(**(inputs() | {"logits": torch.full((2, 4, 12, 12), -1e4)}))).all()
    )


def test_the_mask_is_judged_not_improved() -> None:
    judged = inputs()
    for value in judged.values():
        value.requires_grad_()
    scores = head()(**judged)
    torch.autograd.backward(scores.sum())
    assert judged["logits"].grad is None
    assert judged["upscaled"].grad is not None
    assert judged["iou_token"].grad is not None


def test_features_in_the_order_of_cells_are_judged_alike() -> None:
    given = inputs()
    want = head()(**given)
    grid, fine, logits = given["grid"], given["upscaled"], given["logits"]
    cells = grid.flatten(2).transpose(1, 2)
    by_cell = [
        values.unflatten(2, (SIDE, 4)).unflatten(4, (SIDE, 4)).transpose(3, 4).flatten(2)
        for values in (fine, logits)
    ]
    judged = head().judge(
        given["iou_token"], given["mask_tokens"], cells, by_cell[0].transpose(1, 2), by_cell[1]
    )
    torch.testing.assert_close(judged, want)
