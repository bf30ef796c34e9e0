from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from sam_core.export.dense_rows import DenseRows
from sam_core.modeling import Sam
from tests.helpers.builders import tiny_hybrid_sam, tiny_sam

COORDS, LABELS = torch.tensor([[[20.0, 30.0], [0.0, 0.0]]]), torch.tensor([[1.0, -1.0]])


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
@pytest.mark.parametrize("count", [0, 1])
def test_rows_and_the_absent_mask_are_the_dense_prompt(
    build: Callable[[], Sam], count: int
) -> None:
    encoder = build().prompt_encoder.requires_grad_(False)
    mask = 30 * torch.randn(count, 1, 16, 16)
    shown = mask if count else torch.zeros(1, 1, 16, 16)
    wanted = encoder.embed_dense(COORDS, LABELS, shown, torch.tensor([float(count)]))[0].flatten(1)
    dense = DenseRows(encoder)
    mixture, given = dense(COORDS, LABELS, mask)
    mixed = dense.mixed_in(dense.rows(), given).T @ mixture
    got = dense.absent().unsqueeze(1) + mixed
    torch.testing.assert_close(got.expand_as(wanted), wanted, atol=2e-6, rtol=1e-5)


def test_no_mask_mixes_no_rows_in() -> None:
    dense = DenseRows(tiny_sam().prompt_encoder)
    mixture, given = dense(COORDS, LABELS, torch.zeros(0, 1, 16, 16))
    assert mixture.shape == (0, 16)
    assert dense.mixed_in(dense.rows(), given).shape == (0, 32)
