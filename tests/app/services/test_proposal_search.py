from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from app.services import proposal_search
from app.services.served_model import ServedModel
from sam_core.amg.finder_file import shipped_finder_id
from sam_core.build_sam import build_default
from sam_core.checkpoints import model_id
from sam_core.masks.rle import rle_area
from sam_core.modeling.object_detector import detector_for
from tests.helpers.builders import WIDTH, noise_image, tiny_hybrid_sam


@pytest.fixture
def model() -> ServedModel:
    sam = tiny_hybrid_sam()
    return ServedModel(sam, "tiny", model_id(sam))


def test_masks_of_boxes_are_numbered_best_first(model: ServedModel) -> None:
    boxes = [(5.0, 5.0, 30.0, 30.0), (10.0, 2.0, 50.0, 38.0), (0.0, 0.0, 12.0, 9.0)]
    shares: list[float] = []
    found = proposal_search.search_boxes(model, noise_image(40, 60), shares.append, boxes)
    assert [proposal.number for proposal in found] == list(range(1, len(found) + 1))
    assert 0 < len(found) <= 3
    scores = [proposal.predicted_iou for proposal in found]
    assert scores == sorted(scores, reverse=True)
    assert shares[-1] == 1.0


def test_proposals_are_numbered_best_first_and_measured(model: ServedModel) -> None:
    wish = proposal_search.SearchWish(points_per_side=8, most_masks=9, least_iou=0.0)
    shares: list[float] = []
    found = proposal_search.search(model, noise_image(40, 60), shares.append, wish)
    assert [proposal.number for proposal in found] == list(range(1, len(found) + 1))
    assert 0 < len(found) <= 9
    assert shares[-1] == 1.0
    scores = [proposal.predicted_iou for proposal in found]
    assert scores == sorted(scores, reverse=True)
    for proposal in found:
        assert proposal.measures.area == rle_area(proposal.mask.to_coco())
        assert len(proposal.low_res_logits.data) == 2 * 16 * 16
        assert proposal.parent is None or found[proposal.parent - 1].measures.area > (
            proposal.measures.area
        )


def test_a_model_that_knows_which_objects_are_meant_is_asked_for_these() -> None:
    sam = tiny_hybrid_sam()
    detector = detector_for(WIDTH, (WIDTH // 8, WIDTH // 4)).eval().requires_grad_(False)
    detector.head.bias[0] = 1.0  # type: ignore[index] # believes in many objects
    detector.calibration = torch.tensor([0.625, 0.0, 0.0])
    sam.object_detector = detector
    served = ServedModel(sam, "tiny", model_id(sam))
    wish = proposal_search.SearchWish(points_per_side=8, most_masks=2, least_iou=0.5)
    shares: list[float] = []
    found = proposal_search.search(served, noise_image(40, 60), shares.append, wish)
    assert 0 < len(found) <= 2
    assert {proposal.predicted_iou for proposal in found} == {0.625}
    assert shares[-1] == 1.0
    surer = replace(wish, least_iou=0.7)
    assert proposal_search.search(served, noise_image(40, 60), shares.append, surer) == ()


def test_the_detector_that_ships_is_named_where_it_is_asked(model: ServedModel) -> None:
    shipped = build_default()
    served = ServedModel(shipped, "default", model_id(shipped))
    assert proposal_search.finder_id(served) == shipped_finder_id() != ""
    assert proposal_search.finder_id(model) == ""
    torch.manual_seed(0)
    shipped.object_detector = detector_for(128, (16, 32))
    assert proposal_search.finder_id(served) == ""
