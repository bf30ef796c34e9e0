from __future__ import annotations

import pytest
import torch

from sam_core.export.check_parity import example_features
from sam_core.export.decoder_runner import DecoderRunner
from sam_core.export.graph_file import GraphRunner
from sam_core.export.onnx_decoder import DecoderGraph, export_decoder
from tests.helpers.builders import tiny_sam

COORDS, LABELS = torch.tensor([[[20.0, 30.0], [0.0, 0.0]]]), torch.tensor([[1.0, -1.0]])


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> GraphRunner:
    path = tmp_path_factory.mktemp("decoder") / "decoder.onnx"
    export_decoder(tiny_sam(), path, model_name="tiny")
    return GraphRunner(path)


@pytest.mark.parametrize("has_mask", [False, True])
def test_answers_are_about_the_image_it_was_given(runner: GraphRunner, has_mask: bool) -> None:
    torch.manual_seed(0)
    sam = tiny_sam()
    published, mask = DecoderGraph(sam), torch.randn(1, 1, 16, 16)
    for embedding in (*example_features(sam), torch.randn(1, 32, 4, 4)):
        ask = DecoderRunner(runner, embedding)
        logits, iou, stability = ask(COORDS, LABELS, mask if has_mask else None)
        with torch.no_grad():
            wanted = published(embedding, COORDS, LABELS, mask, torch.tensor([float(has_mask)]))
        torch.testing.assert_close((logits, iou), wanted, atol=1e-4, rtol=0)
        assert stability.shape == (1, 4)


def test_one_image_answers_any_number_of_points(runner: GraphRunner) -> None:
    sam = tiny_sam()
    ask, embedding = DecoderRunner(runner, *example_features(sam)), example_features(sam)[0]
    for count in (1, 3, 40):
        points = torch.rand(1, count, 2) * 64, torch.ones(1, count)
        with torch.no_grad():
            logits, _ = DecoderGraph(sam)(
                embedding, *points, torch.zeros(1, 1, 16, 16), torch.zeros(1)
            )
        torch.testing.assert_close(ask(*points)[0], logits, atol=1e-4, rtol=0)
