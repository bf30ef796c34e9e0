"""Samples in batches, prepared by worker processes, from any draw on."""

from collections.abc import Iterator
from typing import Any

import torch
from torch.utils.data import DataLoader, Dataset, Sampler

PREFETCHED_BATCHES = 4


def sample_loader(
    samples: Dataset[Any], start: int, count: int, batch_size: int, workers: int
) -> DataLoader[Any]:
    """Return batches of consecutive draws.

    Args:
        samples: Gives a sample for the number of a draw.
        start: Number of the first draw, so that a resumed run sees new views.
        count: Number of draws.
        batch_size: Samples of a batch.
        workers: Processes that prepare samples; 0 prepares them in this process.
    """
    return DataLoader(
        samples,
        batch_size=batch_size,
        sampler=_Draws(start, count),
        num_workers=workers,
        worker_init_fn=_use_one_thread,
        prefetch_factor=PREFETCHED_BATCHES if workers else None,
    )


class _Draws(Sampler[int]):
    """Numbers of the draws from ``start`` on."""

    def __init__(self, start: int, count: int) -> None:
        self.start = start
        self.count = count

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.start, self.start + self.count))

    def __len__(self) -> int:
        return self.count


def _use_one_thread(_worker: int) -> None:
    torch.set_num_threads(1)
