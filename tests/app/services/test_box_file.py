"""A detector's file of boxes starts the work of every image that it means."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any, cast

import pytest

from app.domain.image_record import ImageRecord, NewImage
from app.errors import ConflictError, UnprocessableError
from app.services.box_file import MOST_BOXES, request_boxes_of_file
from app.services.proposal_service import Box, ProposalService


class Proposals:
    """Notes what is asked for; the search of one image runs."""

    def __init__(self, busy: int = 0) -> None:
        self.asked: dict[int, list[Box]] = {}
        self.busy = busy

    def request_boxes(self, image: ImageRecord, boxes: Sequence[Box]) -> None:
        if image.id == self.busy:
            raise ConflictError("proposing_runs", "a search runs", "wait")
        self.asked[image.id] = list(boxes)


def image(number: int, name: str) -> ImageRecord:
    file = NewImage(name, 40, 30, str(number) * 64, 1, "image/png", "image/png", True)
    return ImageRecord(number, file, "", 0)


IMAGES = [image(1, "a.png"), image(2, "b.png")]


def send(proposals: Proposals, content: Any) -> Any:
    file = io.BytesIO(json.dumps(content).encode())
    return request_boxes_of_file(cast(ProposalService, proposals), IMAGES, file)


def box(image_id: Any, *xywh: float, score: float = 0.5) -> dict[str, Any]:
    return {"image_id": image_id, "bbox": list(xywh), "score": score}


def test_images_are_found_by_name_and_boxes_are_cut_at_their_edges() -> None:
    proposals = Proposals()
    names = [{"id": "x", "file_name": "folder/b.png"}, {"id": "y", "file_name": "c.png"}]
    boxes = [box("x", 30, -5, 50, 20), box("x", 50, 0, 5, 5), box("y", 0, 0, 5, 5)]
    report = send(proposals, {"images": names, "annotations": boxes})
    assert proposals.asked == {2: [(30, 0, 40, 15)]}
    assert (report.image_ids, report.boxes, report.damaged) == ((2,), 1, 1)
    (left_out,) = report.left_out
    assert left_out.file_name == "c.png"
    assert "not in the project" in left_out.reason


def test_a_list_of_results_means_the_ids_of_the_project() -> None:
    proposals = Proposals()
    report = send(proposals, [box(1, 0, 0, 4, 4), box(9, 0, 0, 4, 4)])
    assert proposals.asked == {1: [(0, 0, 4, 4)]}
    assert [one.file_name for one in report.left_out] == ["image 9"]


def test_of_too_many_boxes_the_surest_are_taken() -> None:
    proposals = Proposals()
    weak = [box(1, 0, 0, 1, 1, score=0.1)] * MOST_BOXES
    send(proposals, [*weak, box(1, 0, 0, 9, 9, score=0.9)])
    assert len(proposals.asked[1]) == MOST_BOXES
    assert proposals.asked[1][0] == (0, 0, 9, 9)


def test_an_image_whose_search_runs_is_left_out_and_said() -> None:
    proposals = Proposals(busy=1)
    report = send(proposals, [box(1, 0, 0, 4, 4), box(2, 0, 0, 4, 4)])
    assert report.image_ids == (2,)
    assert [one.file_name for one in report.left_out] == ["a.png"]
    assert "being searched" in report.left_out[0].reason


def test_a_file_for_other_images_is_refused_with_the_first_reason() -> None:
    other = {"images": [{"id": 1, "file_name": "z.png"}], "annotations": [box(1, 0, 0, 4, 4)]}
    with pytest.raises(UnprocessableError, match=r"z\.png: images are not in the project"):
        send(Proposals(), other)
