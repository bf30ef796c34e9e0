"""How long a photograph takes until it can be clicked on: resize and image encoder."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from bench.harness import Timing, time_runs
from sam_core import SamPredictor
from sam_core.build_sam import build_default

PHOTO = Path(__file__).resolve().parent.parent / "tests" / "e2e" / "photos" / "coffee.jpg"
WARM_UPS, RUNS = 3, 30


def measure_encoder() -> list[Timing]:
    """Return the time of ``SamPredictor.set_image`` by number of threads."""
    predictor = SamPredictor(build_default().eval())
    pixels = read_photo()
    threads_before = torch.get_num_threads()
    rows = []
    for threads in thread_counts():
        torch.set_num_threads(threads)
        what = f"set_image, torch, {threads} thread(s)"
        rows.append(
            time_runs(what, lambda: predictor.set_image(pixels), warm_ups=WARM_UPS, runs=RUNS)
        )
    torch.set_num_threads(threads_before)
    return rows


def thread_counts() -> list[int]:
    """Return one thread and, where there are more cores, all of them."""
    return sorted({1, os.cpu_count() or 1})


def read_photo() -> NDArray[np.uint8]:
    """Return the pixels (height, width, 3) of the sample photograph."""
    with Image.open(PHOTO) as photo:
        return np.asarray(photo.convert("RGB"))
