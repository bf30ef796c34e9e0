"""Images dealt out to training, validation and test, so that a part never changes by itself.

Where an image goes depends on its group's name and the seed alone. Images that are added later move
no other image, so that nothing that was trained on is ever tested on. The shares are therefore kept
on average, not to the image.
"""

import hashlib
import re
from collections.abc import Iterator

from app.domain.annotation import Annotation
from app.domain.category import Category
from app.domain.dataset import DatasetFacts, DatasetImage, DatasetMask, DatasetView
from app.domain.export import Split, SplitGroups

PARTS = ("train", "val", "test")
# The number at the end of a name and what separates it: "street_0012.jpg" belongs to "street".
_NUMBER = re.compile(r"[\s_.-]*\d+$")


def part_of(image: DatasetImage, split: Split) -> str:
    """Return ``train``, ``val`` or ``test``."""
    key = f"{split.seed}\0{group_of(image, split.groups)}".encode()
    share = int.from_bytes(hashlib.sha256(key).digest()[:8], "big") * 100 / 2**64
    if share < split.val_percent:
        return "val"
    return "test" if share < split.val_percent + split.test_percent else "train"


def group_of(image: DatasetImage, groups: SplitGroups) -> str:
    """Return what an image shares with those that must stay with it.

    Equal bytes always stay together. With ``NAME_PREFIX``, so do names that differ in their
    last number only, like the frames of a film.
    """
    if groups is SplitGroups.NAME_PREFIX:
        stem = image.file_name.rsplit(".", 1)[0]
        return _NUMBER.sub("", stem) or stem
    return image.sha256


class DatasetPart:
    """The images of one part of a split, as a `DatasetView`.

    Args:
        whole: All images.
        split: How they are dealt out.
        part: Which part.
    """

    def __init__(self, whole: DatasetView, split: Split, part: str) -> None:
        self._whole = whole
        self._ids = {image.id for image in whole.images() if part_of(image, split) == part}

    @property
    def facts(self) -> DatasetFacts:
        """Counts and names of the whole; the counts are checked nowhere."""
        return self._whole.facts

    @property
    def categories(self) -> tuple[Category, ...]:
        """All categories, so that every part has the same."""
        return self._whole.categories

    def images(self) -> Iterator[DatasetImage]:
        """Give the images of this part by id."""
        return (image for image in self._whole.images() if image.id in self._ids)

    def masks(self) -> Iterator[DatasetMask]:
        """Give the annotations of this part by id."""
        return (mask for mask in self._whole.masks() if mask.image_id in self._ids)

    def masks_by_image(self) -> Iterator[tuple[DatasetImage, list[DatasetMask]]]:
        """Give the images of this part with their annotations."""
        pairs = self._whole.masks_by_image()
        return ((image, masks) for image, masks in pairs if image.id in self._ids)

    def annotations(self) -> Iterator[Annotation]:
        """Give the annotations of this part by id."""
        return (one for one in self._whole.annotations() if one.image_id in self._ids)
