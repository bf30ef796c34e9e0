"""Batches of consecutive draws."""

import pytest
import torch
from torch import Tensor
from torch.utils.data import Dataset

from sam_core.data.loader import sample_loader


class Numbers(Dataset[Tensor]):
    def __getitem__(self, key: int) -> Tensor:
        return torch.tensor([key, torch.get_num_threads()])


@pytest.mark.parametrize("workers", [0, 1])
def test_batches_hold_consecutive_draws_from_the_first_on(workers: int) -> None:
    batches = list(sample_loader(Numbers(), 1000, 5, 2, workers))
    assert [batch[:, 0].tolist() for batch in batches] == [[1000, 1001], [1002, 1003], [1004]]


def test_each_worker_uses_one_thread() -> None:
    torch.set_num_threads(2)
    assert {int(batch[0, 1]) for batch in sample_loader(Numbers(), 0, 2, 1, 1)} == {1}
