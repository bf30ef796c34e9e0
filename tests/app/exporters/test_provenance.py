"""The side-car says how every mask was made."""

from __future__ import annotations

import io
import json
from dataclasses import replace

from app.domain.prompts import HandEdit, Point, Prompts
from app.exporters.provenance import write_provenance
from tests.helpers.datasets import SHAPES, dataset_of


def test_every_annotation_has_its_line() -> None:
    first, second = dataset_of(SHAPES["ring"], SHAPES["full"]).annotations()
    prompts = Prompts(
        (Point(1.5, 2.25, 1), Point(0.0, 0.5, 0)),
        (0.0, 1.0, 2.5, 3.0),
        (HandEdit("brush", (0.0, 0.0, 2.0, 1.0)),),
        -1.5,
    )
    first = replace(first, content=replace(first.content, prompts=prompts, author="Ada 奶"))
    file = io.BytesIO()
    assert write_provenance([first, second], file) == 2
    lines = [json.loads(line) for line in file.getvalue().splitlines()]
    assert [line["annotation_id"] for line in lines] == [1, 2]
    assert lines[0]["points"] == [[1.5, 2.25, 1], [0.0, 0.5, 0]]
    assert lines[0]["hand_edits"] == [["brush", 0.0, 0.0, 2.0, 1.0]]
    assert lines[1]["hand_edits"] == []
    assert (lines[0]["threshold"], lines[1]["threshold"]) == (-1.5, None)
    assert (lines[0]["box"], lines[1]["box"]) == ([0.0, 1.0, 2.5, 3.0], None)
    assert (lines[0]["author"], lines[0]["revision"]) == ("Ada 奶", 1)
    assert lines[0]["model_id"] == "0123456789abcdef"
