"""Settings for tests that run small networks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Run small tensors on one thread.

    Several threads gain nothing there, and on a busy machine they wait for each other: the
    same tests then take a hundred times as long.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
