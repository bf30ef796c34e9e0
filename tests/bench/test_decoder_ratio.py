"""Both decoders are run in a real browser, and only compared if they answer the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench import decoder_ratio
from bench.decoder_ratio import run_both
from sam_core.export.onnx_decoder import export_decoder, export_official_decoder
from tests.helpers.builders import tiny_sam

TINY = {
    "name": "tiny",
    "mask_size": 16,
    "tensors": [{"name": "image_embeddings", "shape": [1, 32, 4, 4]}],
}


@pytest.fixture
def tiny_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    monkeypatch.setattr(decoder_ratio, "describe_decoder", lambda: TINY)
    paths = {"published": tmp_path / "published.onnx", "ours": tmp_path / "ours.onnx"}
    export_official_decoder(tiny_sam(), paths["published"], model_name="tiny")
    export_decoder(tiny_sam(), paths["ours"], model_name="tiny")
    return paths


@pytest.mark.e2e
def test_both_are_timed_as_often_as_asked(
    browser: Browser, server: str, tiny_paths: dict[str, Path]
) -> None:
    answer = run_both(browser, server, tiny_paths, threads=1, runs=3)
    assert len(answer["publishedMs"]) == len(answer["oursMs"]) == 3
    assert min(*answer["publishedMs"], *answer["oursMs"], answer["prepareMs"]) > 0


@pytest.mark.e2e
def test_decoders_that_disagree_are_not_compared(
    browser: Browser, server: str, tiny_paths: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoder_ratio, "LARGEST_DIFFERENCE", -1.0)
    with pytest.raises(RuntimeError, match="logits of both decoders must be within"):
        run_both(browser, server, tiny_paths, threads=1, runs=1)
