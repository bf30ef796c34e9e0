"""Our graph of the published ONNX signature against the published ONNX module."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from sam_core.export.graph_file import GraphRunner
from sam_core.export.onnx_decoder import OfficialDecoderGraph, export_official_decoder
from tests.helpers.builders import tiny_sam
from tests.helpers.tolerances import RECORDED, SINGLE_PRECISION
from tests.parity.make_goldens import TINY_IMAGE
from tests.parity.test_against_published_model import golden

PROMPTS = {
    "click": ([[20.0, 30.0], [0.0, 0.0]], [1.0, -1.0], 0.0),
    "box": ([[20.0, 30.0], [5.0, 9.0], [50.0, 40.0]], [0.0, 2.0, 3.0], 1.0),
}
PARTS = ("masks", "iou", "logits")


def inputs_of(prompt: str, dtype: torch.dtype) -> tuple[Tensor, ...]:
    recorded = golden("tiny")
    coords, labels, has_mask = PROMPTS[prompt]
    return tuple(
        torch.as_tensor(np.asarray(value)).to(dtype)
        for value in (
            recorded["official.embedding"],
            [coords],
            [labels],
            recorded["official.mask_input"],
            [has_mask],
            TINY_IMAGE,
        )
    )


@pytest.mark.parametrize("prompt", PROMPTS)
@pytest.mark.parametrize("single", [False, True])
def test_graph_gives_what_the_published_module_gives(prompt: str, single: bool) -> None:
    graph = OfficialDecoderGraph(tiny_sam().double(), return_single_mask=single)
    with torch.no_grad():
        outputs = graph(*inputs_of(prompt, torch.float64))
    for part, output in zip(PARTS, outputs, strict=True):
        recorded = golden("tiny")[f"official.{prompt}.{single}.{part}"]
        np.testing.assert_allclose(output.numpy(), recorded, atol=RECORDED)


def test_exported_file_gives_what_the_published_module_gives(tmp_path: Path) -> None:
    path = tmp_path / "official.onnx"
    export_official_decoder(tiny_sam(), path, model_name="tiny")
    outputs = GraphRunner(path)(*inputs_of("box", torch.float32))
    for part, output in zip(PARTS, outputs, strict=True):
        recorded = golden("tiny")[f"official.box.False.{part}"]
        np.testing.assert_allclose(output.numpy(), recorded, atol=SINGLE_PRECISION)
