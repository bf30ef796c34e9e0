"""An encode ends early only in its own thread, and leaves no trace in the network."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from torch import Tensor, nn

from app.services.encode_interruption import EncodeInterrupted, interruptible


class Encoder(nn.Module):
    """Three blocks that count their runs."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(nn.Identity() for _ in range(3))
        self.runs = 0

    def forward(self, x: Tensor) -> Tensor:
        for block in self.blocks:
            x = block(x)
            self.runs += 1
        return x


def test_an_encode_goes_on_until_it_must_stop() -> None:
    encoder = Encoder()
    with interruptible(encoder, lambda: False):
        encoder(torch.zeros(1))
    assert encoder.runs == 3
    with interruptible(encoder, lambda: encoder.runs == 4), pytest.raises(EncodeInterrupted):
        encoder(torch.zeros(1))
    assert encoder.runs == 4
    encoder(torch.zeros(1))
    assert encoder.runs == 7


def test_the_encodes_of_other_threads_go_on() -> None:
    encoder = Encoder()
    with interruptible(encoder, lambda: True), ThreadPoolExecutor(1) as executor:
        executor.submit(encoder, torch.zeros(1)).result()
    assert encoder.runs == 3
