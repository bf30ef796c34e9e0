from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import onnx
import pytest
import torch

from sam_core.checkpoints import model_id
from sam_core.errors import ExportError
from sam_core.export.check_parity import MAX_DIFFERENCE, decoder_cases, example_features
from sam_core.export.decoder_runner import OF_IMAGE, DecoderRunner
from sam_core.export.graph_file import GraphRunner
from sam_core.export.onnx_decoder import (
    ANSWER_NAMES,
    DecoderGraph,
    OfficialDecoderGraph,
    export_decoder,
    export_official_decoder,
)
from sam_core.modeling import Sam
from sam_core.predictor import SamPredictor
from tests.helpers.builders import noise_image, tiny_hybrid_sam, tiny_sam
from tests.helpers.tolerances import SINGLE_PRECISION

PROMPT_NAMES = ["point_coords", "point_labels", "mask_input", "has_mask_input"]


def names(path: Path) -> tuple[list[str], list[str]]:
    graph = onnx.load(path).graph
    return [value.name for value in graph.input], [value.name for value in graph.output]


@pytest.mark.parametrize(
    ("build", "feature_names"),
    [
        (tiny_sam, ["image_embeddings"]),
        (tiny_hybrid_sam, ["image_embeddings", "high_res_features_s4", "high_res_features_s8"]),
    ],
)
def test_file_keeps_the_contract_and_equals_torch(
    tmp_path: Path, build: Callable[[], Sam], feature_names: list[str]
) -> None:
    sam, path = build(), tmp_path / "decoder.onnx"
    export_decoder(sam, path, model_name="tiny")
    inputs, outputs = names(path)
    constants = [name for name in outputs if name.endswith(OF_IMAGE)]
    assert outputs == [*ANSWER_NAMES, *constants]
    wanted_back = [name.removesuffix(OF_IMAGE) for name in constants]
    assert inputs == [*feature_names, *wanted_back, *PROMPT_NAMES[:3]]
    metadata = {entry.key: entry.value for entry in onnx.load(path).metadata_props}
    assert metadata == {
        "model_id": model_id(sam),
        "model_name": "tiny",
        "image_size": "64",
        "mask_size": "16",
        "contract": "maskwright-decoder/2",
    }
    features = example_features(sam)
    run, graph = DecoderRunner(GraphRunner(path), *features), DecoderGraph(sam)
    for case in decoder_cases(sam):
        coords, labels, mask, has_mask = case.prompts
        with torch.no_grad():
            expected = graph(*features, *case.prompts)
        got = run(coords, labels, mask if has_mask > 0 else None)
        for want, have in zip(expected, got[:2], strict=True):
            assert have.shape == want.shape
            assert float((want - have).abs().max()) <= MAX_DIFFERENCE, case.name


def test_graph_gives_what_the_predictor_gives() -> None:
    sam = tiny_hybrid_sam()
    predictor = SamPredictor(sam)
    predictor.set_image(noise_image(45, 61))
    coords, labels = torch.tensor([[[20.0, 30.0]]]), torch.tensor([[1.0]])
    features = (predictor.get_image_embedding(), *predictor.high_res_features)
    padded = torch.cat([coords, torch.zeros(1, 1, 2)], 1), torch.tensor([[1.0, -1.0]])
    with torch.no_grad():
        logits, iou = DecoderGraph(sam)(
            *features, *padded, torch.zeros(1, 1, 16, 16), torch.zeros(1)
        )
    _, candidates_iou, candidates = predictor.predict_torch(coords, labels)
    _, single_iou, single = predictor.predict_torch(coords, labels, multimask_output=False)
    torch.testing.assert_close(
        logits, torch.cat([single, candidates], 1), atol=SINGLE_PRECISION, rtol=0
    )
    torch.testing.assert_close(
        iou, torch.cat([single_iou, candidates_iou], 1), atol=SINGLE_PRECISION, rtol=0
    )


def test_mask_is_ignored_when_its_flag_is_off() -> None:
    sam = tiny_hybrid_sam()
    graph, features = DecoderGraph(sam), example_features(sam)
    prompts = torch.tensor([[[20.0, 30.0], [0.0, 0.0]]]), torch.tensor([[1.0, -1.0]])
    noise = torch.randn(1, 1, 16, 16)
    with torch.no_grad():
        off = graph(*features, *prompts, noise, torch.zeros(1))[0]
        blank = graph(*features, *prompts, torch.zeros(1, 1, 16, 16), torch.zeros(1))[0]
        on = graph(*features, *prompts, noise, torch.ones(1))[0]
    assert torch.equal(off, blank)
    assert not torch.allclose(off, on)


def test_official_file_has_the_published_names(tmp_path: Path) -> None:
    path = tmp_path / "official.onnx"
    export_official_decoder(tiny_sam(), path, model_name="tiny")
    assert names(path) == (
        ["image_embeddings", *PROMPT_NAMES, "orig_im_size"],
        ["masks", "iou_predictions", "low_res_masks"],
    )


@pytest.mark.parametrize("size", [(45, 61), (61, 45), (1000, 3), (7, 64), (641, 427)])
def test_sizes_in_the_official_graph_round_as_python_does(size: tuple[int, int]) -> None:
    sam = tiny_sam()
    graph = OfficialDecoderGraph(sam, return_single_mask=False)
    case = next(iter(decoder_cases(sam)))
    inputs = (*example_features(sam), *case.prompts, torch.tensor(size, dtype=torch.float32))
    with torch.no_grad():
        for got, want in zip(graph(*inputs), graph.reference(*inputs), strict=True):
            torch.testing.assert_close(got, want)


def test_single_mask_is_token_0_for_three_points_and_the_best_candidate_for_one() -> None:
    sam = tiny_sam()
    all_masks = OfficialDecoderGraph(sam, return_single_mask=False)
    one_mask = OfficialDecoderGraph(sam, return_single_mask=True)
    size, features = torch.tensor([45.0, 61.0]), example_features(sam)
    for case in decoder_cases(sam):
        inputs = (*features, *case.prompts, size)
        with torch.no_grad():
            masks, iou, _ = all_masks(*inputs)
            mask, _, _ = one_mask(*inputs)
        count = case.prompts[1].shape[1]
        chosen = 0 if count > 2 else 1 + int(iou[0, 1:].argmax())
        torch.testing.assert_close(mask[0, 0], masks[0, chosen])


def test_model_with_high_resolution_features_does_not_fit_the_official_signature(
    tmp_path: Path,
) -> None:
    with pytest.raises(ExportError, match="one embedding, got ours with 3 feature maps"):
        export_official_decoder(tiny_hybrid_sam(), tmp_path / "x.onnx", model_name="ours")
    assert not list(tmp_path.iterdir())


def test_graph_that_differs_from_torch_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decoder that answers differently when it is not traced."""
    sam = tiny_sam()
    honest = DecoderGraph.forward

    def changes(self: DecoderGraph, *inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        logits, iou = honest(self, *inputs)
        return logits if torch.jit.is_tracing() else logits + 0.01, iou

    monkeypatch.setattr(DecoderGraph, "forward", changes)
    with pytest.raises(ExportError, match="output 0 for one point on 333 x 517 must equal torch"):
        export_decoder(sam, tmp_path / "decoder.onnx", model_name="tiny")
    assert not list(tmp_path.iterdir())
