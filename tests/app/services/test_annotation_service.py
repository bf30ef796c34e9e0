"""Annotations: changes that meet, masks that are checked before anything is written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.context import AppContext
from app.errors import NotFoundError, UnprocessableError
from tests.helpers.app_fixtures import content, rectangle_mask


def test_changes_of_different_fields_from_many_threads_all_survive(
    context: AppContext, image_id: int
) -> None:
    service = context.annotations
    kept, _ = service.add(image_id, content())
    changes = [
        {"author": "Ada"},
        {"predicted_iou": 0.5},
        {"model_id": "0123456789abcdef"},
        {"mask": rectangle_mask(box=(0, 0, 3, 3))},
    ]
    with ThreadPoolExecutor(4) as executor:
        list(executor.map(lambda change: service.update(kept.id, change, None), changes))
    found = service.get(kept.id)
    assert found.revision == 5
    assert (found.content.author, found.content.predicted_iou) == ("Ada", 0.5)
    assert (found.content.model_id, found.measures.area) == ("0123456789abcdef", 9)


def test_a_change_without_a_mask_keeps_the_measures(context: AppContext, image_id: int) -> None:
    kept, _ = context.annotations.add(image_id, content())
    changed = context.annotations.update(kept.id, {"author": "Ada"}, 1)
    assert (changed.measures, changed.content.mask) == (kept.measures, kept.content.mask)


def test_a_wrong_mask_changes_nothing(context: AppContext, image_id: int) -> None:
    kept, _ = context.annotations.add(image_id, content())
    with pytest.raises(UnprocessableError, match="the height and width of the image"):
        context.annotations.update(kept.id, {"mask": rectangle_mask(33, 48)}, None)
    assert context.annotations.get(kept.id) == kept


def test_a_deleted_annotation_is_not_found_until_it_is_restored(
    context: AppContext, image_id: int
) -> None:
    kept, _ = context.annotations.add(image_id, content())
    context.annotations.delete(kept.id, None)
    with pytest.raises(NotFoundError, match=f"must exist, got id {kept.id}"):
        context.annotations.get(kept.id)
    assert context.annotations.restore(kept.id).content == kept.content
