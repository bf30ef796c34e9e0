"""A store with something of everything in it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from app.domain.annotation import MaskMeasures
from app.domain.category import CategoryContent
from app.domain.image_record import NewImage
from app.domain.prompts import LowResLogits, Point, Prompts
from app.services.image_reading import inspect_image
from app.storage.annotation_store import AnnotationStore
from app.storage.category_store import CategoryStore
from app.storage.image_store import ImageStore
from app.storage.store import Store
from tests.helpers.app_fixtures import content
from tests.helpers.sample_images import jpeg

MEASURES = MaskMeasures(120, (5, 4, 15, 8))


def fill_store(store: Store) -> str:
    """Add an image, two categories, and annotations: one changed, one deleted.

    Returns:
        The hash of the image.
    """
    photo = jpeg()
    sha256 = hashlib.sha256(photo).hexdigest()
    store.files.save(store.files.original_path(sha256), photo)
    image, _ = ImageStore(store.database).add(inspect_image(photo, "Käse.jpg"))
    cheese = CategoryStore(store.database).add(CategoryContent("Käse", "food", "#010203"))
    annotations = AnnotationStore(store.database)
    said = content(
        cheese.id,
        prompts=Prompts((Point(1.25, 2.5, 1),), (0.0, 1.0, 2.5, 3.0)),
        low_res_logits=LowResLogits(2, 3, bytes(range(244, 256))),
        predicted_iou=0.1,
        author="Ada",
    )
    kept, _ = annotations.add(image.id, said, MEASURES)
    annotations.update(kept.id, lambda _: (replace(said, author="Bo"), MEASURES), 1, "Bo")
    gone, _ = annotations.add(image.id, content(), MEASURES)
    annotations.delete(gone.id, None)
    return sha256


def new_image(sha256: str = "0" * 64) -> NewImage:
    """Return what a photograph of 48 x 32 pixels is, without its bytes."""
    return NewImage("photo.jpg", 48, 32, sha256, 1, "image/jpeg", "image/jpeg", True)
