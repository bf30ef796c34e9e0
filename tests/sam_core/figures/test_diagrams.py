from __future__ import annotations

from sam_core.build_sam import build_tiny
from sam_core.figures.diagrams import draw_data_engine, draw_tensors, trace_shapes
from sam_core.figures.style import TIMES
from sam_core.predictor import SamPredictor


def test_shapes_are_those_of_our_model(predictor: SamPredictor) -> None:
    shapes = trace_shapes(predictor.model)
    assert shapes["image"] == (3, 64, 64)
    assert shapes["embedding"] == shapes["dense"] == (128, 4, 4)
    assert (shapes["skip0"], shapes["skip1"]) == ((16, 16, 16), (32, 8, 8))
    assert shapes["tokens"] == (7, 128)
    assert (shapes["masks"], shapes["scores"], shapes["weights"]) == ((4, 16, 16), (4,), (16,))


def test_the_published_form_has_no_fine_maps() -> None:
    sam = build_tiny()
    assert not any(name.startswith("skip") for name in trace_shapes(sam))
    words = [text.get_text() for text in draw_tensors(sam).axes[0].texts]
    assert "fine maps" not in words
    assert "embedding" in words


def test_the_diagram_shows_the_traced_shapes(predictor: SamPredictor) -> None:
    words = [text.get_text() for text in draw_tensors(predictor.model).axes[0].texts]
    assert {"fine maps", f"128 {TIMES} 4 {TIMES} 4", f"7 {TIMES} 128 tokens"} <= set(words)


def test_the_data_engine_has_three_stages_each_with_its_state() -> None:
    words = [text.get_text() for text in draw_data_engine().axes[0].texts]
    assert len([word for word in words if word[0] in "123" and word[1] == " "]) == 3
    assert len([word for word in words if word.startswith(("here", "not built"))]) == 3
