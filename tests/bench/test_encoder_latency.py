"""The encoder benchmark reads a real photograph and tries one thread and all."""

from __future__ import annotations

import os

from bench.encoder_latency import read_photo, thread_counts


def test_the_photograph_is_rgb() -> None:
    assert read_photo().shape == (400, 600, 3)


def test_one_thread_is_always_among_the_counts() -> None:
    counts = thread_counts()
    assert counts[0] == 1
    assert counts[-1] == (os.cpu_count() or 1)
