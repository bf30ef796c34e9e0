"""Settings for tests that run small networks; the full-size one takes all cores itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch


@pytest.fixture(autouse=True)
def _threads_by_size(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run small tensors on one thread; see ``tests/sam_core/conftest.py``."""
    before = torch.get_num_threads()
    is_slow = request.node.get_closest_marker("slow") is not None
    torch.set_num_threads(before if is_slow else 1)
    yield
    torch.set_num_threads(before)
