"""How long one prompt takes without the browser: torch against onnxruntime."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bench.encoder_latency import read_photo, thread_counts
from bench.harness import Timing, time_runs
from sam_core import SamPredictor
from sam_core.build_sam import build_default
from sam_core.export.decoder_runner import DecoderRunner
from sam_core.export.graph_file import GraphRunner
from sam_core.export.onnx_decoder import export_decoder

WARM_UPS, RUNS = 10, 100


@dataclass(frozen=True)
class PromptCase:
    """One kind of prompt, in image pixels of the sample photograph."""

    name: str
    points: NDArray[np.float32] | None = None
    labels: NDArray[np.int64] | None = None
    box: NDArray[np.float32] | None = None


def prompt_cases() -> list[PromptCase]:
    """Return the prompts that are timed."""
    click = np.array([[285, 250]], dtype=np.float32)
    clicks = np.concatenate([click + offset for offset in range(0, 100, 20)])
    return [
        PromptCase("1 click", click, np.ones(1, dtype=np.int64)),
        PromptCase("5 clicks", clicks, np.array([1, 1, 1, 0, 0])),
        PromptCase("box", box=np.array([78, 20, 477, 385], dtype=np.float32)),
    ]


def measure_decoder() -> list[Timing]:
    """Return the time of the decoder by runtime, prompt and number of threads."""
    predictor = SamPredictor(build_default().eval())
    predictor.set_image(read_photo())
    return [*measure_torch(predictor), *measure_onnxruntime(predictor)]


def measure_torch(predictor: SamPredictor) -> Iterator[Timing]:
    """Yield the time of ``SamPredictor.predict``, masks at image size included."""
    threads_before = torch.get_num_threads()
    for threads in thread_counts():
        torch.set_num_threads(threads)
        for case in prompt_cases():

            def predict(case: PromptCase = case) -> object:
                return predictor.predict(case.points, case.labels, case.box)

            what = f"{case.name}, torch with image-size masks, {threads} thread(s)"
            yield time_runs(what, predict, warm_ups=WARM_UPS, runs=RUNS)
    torch.set_num_threads(threads_before)


def measure_onnxruntime(predictor: SamPredictor) -> Iterator[Timing]:
    """Yield the time of the exported decoder, low-resolution logits only."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "decoder.onnx"
        export_decoder(predictor.model, path, model_name="maskwright_s")
        for threads in thread_counts():
            runner = GraphRunner(path, threads=threads)
            what = f"constants of an image, onnxruntime, {threads} thread(s)"

            def prepare(runner: GraphRunner = runner) -> DecoderRunner:
                return DecoderRunner(runner, *image_features(predictor))

            yield time_runs(what, prepare, warm_ups=WARM_UPS, runs=RUNS)
            decoder = prepare()
            for case in prompt_cases():
                points = decoder_points(predictor, case)

                def run(
                    decoder: DecoderRunner = decoder,
                    points: tuple[Tensor, Tensor] = points,
                ) -> object:
                    return decoder(*points)

                what = f"{case.name}, onnxruntime, {threads} thread(s)"
                yield time_runs(what, run, warm_ups=WARM_UPS, runs=RUNS)


def image_features(predictor: SamPredictor) -> tuple[Tensor, ...]:
    """Return the feature maps of the predictor's image."""
    return (predictor.get_image_embedding(), *predictor.high_res_features)


def decoder_points(predictor: SamPredictor, case: PromptCase) -> tuple[Tensor, Tensor]:
    """Return coordinates and labels of a prompt, as docs/onnx_contract.md describes them.

    Raises:
        ValueError: If the predictor holds no image.
    """
    if predictor.original_size is None:
        raise ValueError("predictor must hold an image, got none; call set_image first")
    no_points = np.zeros((0, 2), dtype=np.float32)
    corners = np.zeros((1, 2), dtype=np.float32) if case.box is None else case.box.reshape(2, 2)
    corner_labels = [-1] if case.box is None else [2, 3]
    coords = np.concatenate([no_points if case.points is None else case.points, corners])
    labels = np.concatenate([[] if case.labels is None else case.labels, corner_labels])
    scaled = predictor.transform.apply_coords(coords, predictor.original_size)
    return (
        torch.from_numpy(scaled[None].astype(np.float32)),
        torch.from_numpy(labels[None].astype(np.float32)),
    )
