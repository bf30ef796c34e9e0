"""Proposed masks as COCO: what other programs read."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
from pycocotools import mask as coco_mask

from app.domain.proposal_run import ProposedImage, ProposedMask, RunWish
from app.exporters.proposed_coco import write_proposed_coco
from sam_core.masks.rle import encode_rle, rle_area, rle_bbox

WISH = RunWish("model-a", finder_id="finder-a")


def proposed(pixels: Any) -> ProposedMask:
    code = encode_rle(pixels)
    return ProposedMask(
        code["counts"], rle_area(code), tuple(rle_bbox(code)), 0.75, 0.5, (2.5, 1.5)
    )


def written(images: list[ProposedImage]) -> tuple[dict[str, Any], int]:
    file = io.BytesIO()
    count = write_proposed_coco(file, WISH, lambda: images)
    return json.loads(file.getvalue()), count


def test_masks_are_read_back_bit_for_bit() -> None:
    pixels = np.zeros((5, 7), dtype=bool)
    pixels[1:4, 2:6] = True
    pixels[2, 3] = False
    image = ProposedImage("hash", "a.jpg", 7, 5, (proposed(pixels), proposed(~pixels)))
    content, count = written([image])
    assert count == len(content["annotations"]) == 2
    first, second = content["annotations"]
    np.testing.assert_array_equal(coco_mask.decode(first["segmentation"]).astype(bool), pixels)
    np.testing.assert_array_equal(coco_mask.decode(second["segmentation"]).astype(bool), ~pixels)
    assert first["bbox"] == [2, 1, 4, 3]
    assert first["area"] == 11
    assert first["score"] == 0.75
    assert [row["id"] for row in content["annotations"]] == [1, 2]


def test_photographs_without_masks_are_there() -> None:
    pixels = np.ones((5, 7), dtype=bool)
    images = [
        ProposedImage("x", "none.jpg", 7, 5, ()),
        ProposedImage("y", "one.jpg", 7, 5, (proposed(pixels),)),
    ]
    content, _ = written(images)
    assert [row["file_name"] for row in content["images"]] == ["none.jpg", "one.jpg"]
    assert [row["image_id"] for row in content["annotations"]] == [2]
    assert content["info"]["model_id"] == "model-a"
    assert content["info"]["finder_id"] == "finder-a"


def test_no_photographs_give_a_whole_file() -> None:
    content, count = written([])
    assert count == 0
    assert content["images"] == content["annotations"] == []
    assert content["categories"] == [{"id": 1, "name": "object", "supercategory": ""}]


def test_five_thousand_masks_of_one_photograph_are_written() -> None:
    masks = (proposed(np.ones((5, 7), dtype=bool)),) * 5000
    content, count = written([ProposedImage("x", "many.jpg", 7, 5, masks)])
    assert count == len({row["id"] for row in content["annotations"]}) == 5000
