"""Annotations in the database; the promises are in tests/contracts/test_storage_contract.py."""

from __future__ import annotations

from sqlalchemy import Engine, event

from app.domain.annotation import MaskMeasures
from app.domain.image_record import NewImage
from app.domain.object_details import ObjectDetails
from app.domain.prompts import LowResLogits
from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database
from app.storage.image_store import ImageStore
from tests.helpers.app_fixtures import content


def test_a_list_does_not_even_read_the_logits(database: Database) -> None:
    file = NewImage("a", 48, 32, "aa", 1, "image/png", "image/png", True)
    image, _ = ImageStore(database).add(file)
    store = AnnotationStore(database)
    said = content(low_res_logits=LowResLogits(1, 1, b"ab"))
    store.add(image.id, said, MaskMeasures(120, (5, 4, 15, 8)))
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert store.list_for_image(image.id)[0].has_logits
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert any("annotations.logits_height" in statement for statement in statements)
    assert not any("annotations.logits," in statement for statement in statements)


def test_a_list_goes_from_the_lowest_to_the_one_on_top(database: Database) -> None:
    file = NewImage("a", 48, 32, "aa", 1, "image/png", "image/png", True)
    image, _ = ImageStore(database).add(file)
    store = AnnotationStore(database)
    measures = MaskMeasures(120, (5, 4, 15, 8))
    for z_order in (1, 0, 0.5, 0):
        store.add(image.id, content(details=ObjectDetails(z_order=z_order)), measures)
    assert [mask.id for mask in store.list_for_image(image.id)] == [2, 4, 3, 1]
