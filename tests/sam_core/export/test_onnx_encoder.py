from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import onnx
import pytest
import torch

from sam_core.export.check_parity import MAX_DIFFERENCE
from sam_core.export.graph_file import GraphRunner
from sam_core.export.onnx_encoder import EncoderGraph, export_encoder
from sam_core.modeling import HybridImageEncoder, Sam
from tests.helpers.builders import noise_image, tiny_hybrid_sam, tiny_sam


def preprocessed(sam: Sam) -> torch.Tensor:
    pixels = torch.from_numpy(noise_image(45, 64, seed=3)).permute(2, 0, 1)[None]
    return sam.preprocess(pixels)


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
def test_file_gives_the_features_of_an_image(tmp_path: Path, build: Callable[[], Sam]) -> None:
    sam, path = build(), tmp_path / "encoder.onnx"
    export_encoder(sam, path, model_name="tiny")
    with torch.no_grad():
        features = sam.encode_image(preprocessed(sam))
    expected = (features.image_embeddings, *features.high_res_features)
    for want, have in zip(expected, GraphRunner(path)(preprocessed(sam)), strict=True):
        assert float((want - have).abs().max()) <= MAX_DIFFERENCE


def test_metadata_tells_how_to_prepare_an_image(tmp_path: Path) -> None:
    export_encoder(tiny_sam(), tmp_path / "encoder.onnx", model_name="tiny")
    graph = onnx.load(tmp_path / "encoder.onnx")
    metadata = {entry.key: entry.value for entry in graph.metadata_props}
    assert metadata["pixel_mean"] == "123.675,116.28,103.53"
    assert metadata["pixel_std"] == "58.395,57.12,57.375"
    assert metadata["contract"] == "maskwright-encoder/1"
    assert [value.name for value in graph.graph.output] == ["image_embeddings"]


def test_positions_of_another_size_are_resampled_before_the_export(tmp_path: Path) -> None:
    sam = tiny_hybrid_sam()
    encoder = sam.image_encoder
    assert isinstance(encoder, HybridImageEncoder)
    encoder.pos_embed = torch.nn.Parameter(torch.randn(1, 32, 7, 7))
    export_encoder(sam, tmp_path / "encoder.onnx", model_name="tiny")
    assert "Resize" not in {
        node.op_type for node in onnx.load(tmp_path / "encoder.onnx").graph.node
    }
    assert encoder.pos_embed.shape[-1] == 7, "the model itself is not changed"


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
def test_graph_gives_what_the_model_gives(build: Callable[[], Sam]) -> None:
    sam = build()
    with torch.no_grad():
        features = sam.encode_image(preprocessed(sam))
        got = EncoderGraph(sam)(preprocessed(sam))
    assert all(
        torch.equal(have, want)
        for have, want in zip(
            got, (features.image_embeddings, *features.high_res_features), strict=True
        )
    )
