"""What a model may learn from, and what is kept apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.object_details import ObjectDetails
from app.domain.prompts import HandEdit, Point, Prompts
from app.domain.tuning import TuningMaterial
from app.errors import NotFoundError, UnprocessableError
from app.services.tuning_material import check_enough, collect, split, to_json
from app.storage.annotation_store import AnnotationStore
from app.storage.store import Store, opened_store
from tests.helpers.app_fixtures import content
from tests.helpers.taught_store import box_mask, teach


def test_masks_are_counted_by_image_and_class(tmp_path: Path) -> None:
    with opened_store(tmp_path, "") as store:
        teach(store)
        counted = collect(store.database, 1).count()
    assert (counted.image_count, counted.held_out_image_count) == (8, 2)
    assert (counted.mask_count, counted.held_out_mask_count) == (40, 10)
    assert counted.by_category == ((1, 50),)
    assert counted.is_enough


def test_crowds_and_specks_are_left_out(tmp_path: Path) -> None:
    with opened_store(tmp_path, "") as store:
        teach(store, images=1, masks=1)
        add(store, *box_mask(1, 1), details=ObjectDetails(is_crowd=True))
        add(store, *box_mask(1, 1, size=3))
        found = collect(store.database, 1)
    assert (len(found.images[0].annotations), found.left_out) == (1, 2)


def test_the_split_does_not_follow_the_order_of_the_work(tmp_path: Path) -> None:
    with opened_store(tmp_path, "") as store:
        teach(store)
        images = [item.image for item in collect(store.database, 1).images]
    hashes = [image.file.sha256 for image in images]
    assert hashes == sorted(hashes)
    learn, apart = split(images)
    assert len(learn) + len(apart) == len(images)
    assert not {one.id for one in learn} & {one.id for one in apart}


def test_too_little_is_refused_with_what_there_is(tmp_path: Path) -> None:
    with opened_store(tmp_path, "") as store:
        teach(store, images=3, masks=2)
        counted = collect(store.database, 1).count()
        with pytest.raises(NotFoundError):
            collect(store.database, 9)
    with pytest.raises(UnprocessableError, match=r"10 images with 50 .* got 3 images with 6 masks"):
        check_enough(counted)
    check_enough(TuningMaterial(8, 40, 2, 10))


def test_prompts_go_along_where_a_person_gave_them(tmp_path: Path) -> None:
    with opened_store(tmp_path, "") as store:
        teach(store, images=1, masks=1)
        drawn = Prompts(hand_edits=(HandEdit("brush", (0, 0, 9, 9)),))
        add(store, *box_mask(1, 1), prompts=drawn)
        add(store, *box_mask(9, 9), prompts=Prompts((Point(10, 11, 0),), (1, 2, 30, 31)))
        (item,) = collect(store.database, 1).images
    written = to_json(item, "picture")
    assert written["prompts"] == [
        {"points": [[7.0, 9.0, 1]], "box": None},
        None,
        {"points": [[10, 11, 0]], "box": (1, 2, 30, 31)},
    ]
    assert (written["path"], written["height"], written["width"]) == ("picture", 32, 48)
    assert written["masks"][0] == item.annotations[0].content.mask.to_coco()


def add(store: Store, mask: object, measures: object, **more: object) -> None:
    annotations = AnnotationStore(store.database)
    said = replace(content(), mask=mask, **more)  # type: ignore[arg-type]
    annotations.add(1, said, measures)  # type: ignore[arg-type]
