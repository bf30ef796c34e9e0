"""Proposals of whole projects through the client."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.client import Client, ClientError


def test_a_project_is_searched_and_its_masks_decided(address: str, image_id: int) -> None:
    client = Client(address)
    assert client.proposals.state(1).done == 0
    started = client.proposals.start(1)
    assert (started.total, started.failed) == (1, 0)
    done = client.proposals.wait(1, timeout_s=60)
    assert (done.done, done.waiting, done.failures) == (1, 0, [])
    found = client.images.propose(image_id)
    queue = client.proposals.queue(1)
    assert [(one.image_id, one.undecided) for one in queue] == [(image_id, len(found))]
    client.proposals.decide(image_id, rejected=[proposal.number for proposal in found])
    assert client.proposals.queue(1) == []
    client.proposals.decide(image_id)
    assert client.proposals.queue(1, predicted_iou=1.0, stability=1.0) == []
    client.proposals.clear(image_id)
    assert client.proposals.state(1).done == 0
    client.proposals.stop(1)


def test_boxes_of_a_detector_become_masks(address: str, image_id: int, tmp_path: Path) -> None:
    client = Client(address)
    (image,) = client.images.all()
    file = tmp_path / "boxes.json"
    rows = {
        "images": [{"id": 7, "file_name": image.file_name, "width": 48, "height": 32}],
        "annotations": [
            {"id": 1, "image_id": 7, "bbox": [4, 4, 20, 12], "category_id": 1},
            {"id": 2, "image_id": 7, "bbox": [900, 4, 20, 12], "category_id": 1},
        ],
        "categories": [{"id": 1, "name": "object"}],
    }
    file.write_text(json.dumps(rows), encoding="utf-8")
    report = client.proposals.from_boxes(1, file)
    assert (report.image_ids, report.boxes, report.damaged) == ([image_id], 1, 1)
    assert client.proposals.wait(1, timeout_s=60).done == 1
    with pytest.raises(ClientError, match="project_not_found"):
        client.proposals.from_boxes(9, file)
