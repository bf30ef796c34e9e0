"""A split deals images out by their groups, the same way every time."""

from __future__ import annotations

from collections import Counter

import pytest

from app.domain.export import Split, SplitGroups
from app.exporters.split import PARTS, DatasetPart, group_of, part_of
from tests.helpers.datasets import SHAPES, dataset_of, image_record

IMAGES = [image_record(number, f"photo_{number}.jpg", 3, 4) for number in range(1, 2001)]


def test_the_shares_are_kept_on_average() -> None:
    counts = Counter(part_of(image, Split(20, 10)) for image in IMAGES)
    assert counts["val"] == pytest.approx(400, abs=60)
    assert counts["test"] == pytest.approx(200, abs=50)
    assert set(Counter(part_of(image, Split(0, 0)) for image in IMAGES)) == {"train"}
    assert set(Counter(part_of(image, Split(0, 100)) for image in IMAGES)) == {"test"}


def test_an_image_stays_in_its_part_whatever_else_there_is() -> None:
    renumbered = image_record(99, "photo_7.jpg", 3, 4)._replace(sha256=IMAGES[6].sha256)
    assert part_of(renumbered, Split()) == part_of(IMAGES[6], Split())


def test_another_seed_deals_otherwise() -> None:
    deals = [[part_of(image, Split(30, 30, seed)) for image in IMAGES[:50]] for seed in (0, 0, 1)]
    assert deals[0] == deals[1] != deals[2]


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("street_0012.jpg", "street"),
        ("street-a 3.png", "street-a"),
        ("IMG1234.JPG", "IMG"),
        ("1234.jpg", "1234"),
        ("no number.jpg", "no number"),
        ("v1.2_7.tiff", "v1.2"),
    ],
)
def test_the_number_at_the_end_of_a_name_does_not_count(name: str, group: str) -> None:
    assert group_of(image_record(1, name, 3, 4), SplitGroups.NAME_PREFIX) == group


def test_groups_are_kept_together() -> None:
    split = Split(30, 30, groups=SplitGroups.NAME_PREFIX)
    assert len({part_of(image, split) for image in IMAGES}) == 1
    scenes = [image_record(n, f"scene{n // 10}_x{n % 10}.jpg", 3, 4) for n in range(300)]
    parts = {group_of(one, split.groups): part_of(one, split) for one in scenes}
    assert all(part_of(one, split) == parts[group_of(one, split.groups)] for one in scenes)


def test_the_parts_together_are_the_whole() -> None:
    whole = dataset_of(*[SHAPES["full"]] * 40)
    split = Split(30, 30)
    parts = [DatasetPart(whole, split, part) for part in PARTS]
    assert sorted(one.id for part in parts for one in part.images()) == list(range(1, 42))
    assert sorted(one.id for part in parts for one in part.masks()) == list(range(1, 41))
    assert sorted(one.id for part in parts for one in part.annotations()) == list(range(1, 41))
    for part in parts:
        assert part.categories == whole.categories
        assert part.facts == whole.facts
        by_image = [mask.id for _, own in part.masks_by_image() for mask in own]
        assert by_image == [mask.id for mask in part.masks()]
