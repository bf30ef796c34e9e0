"""Annotations as rows and back."""

from __future__ import annotations

from app.domain.annotation import MaskMeasures
from app.domain.prompts import HandEdit, LowResLogits, Point, Prompts
from app.storage.annotation_rows import fill_row, to_annotation
from app.storage.tables import AnnotationRow
from tests.helpers.app_fixtures import content


def test_a_row_gives_back_what_filled_it() -> None:
    said = content(
        prompts=Prompts(
            (Point(0.1, 2.0, 0),),
            (1.0, 2.0, 3.0, 4.0),
            (HandEdit("brush", (1.0, 2.0, 3.5, 4.0)),),
            0.25,
        ),
        low_res_logits=LowResLogits(1, 2, b"abcd"),
    )
    row = AnnotationRow(id=1, image_id=2, created_at="a", updated_at="b", revision=3)
    fill_row(row, said, MaskMeasures(5, (1, 2, 3, 4)))
    found = to_annotation(row, with_logits=True)
    assert (found.content, found.measures.bbox_xywh) == (said, (1, 2, 3, 4))
    assert (found.has_logits, found.is_deleted, found.revision) == (True, False, 3)
    assert to_annotation(row, with_logits=False).content.low_res_logits is None
