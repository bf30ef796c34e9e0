"""The snapshot shows one moment."""

from __future__ import annotations

from app.domain.image_record import NewImage
from app.storage.database import Database
from app.storage.image_store import ImageStore, list_images
from app.storage.snapshot import read_dataset


def test_what_is_written_meanwhile_is_not_seen(database: Database) -> None:
    images = ImageStore(database)
    images.add(NewImage("a", 48, 32, "aa", 1, "image/png", "image/png", True))
    with database.read() as session:
        before = list_images(session)
        images.add(NewImage("b", 48, 32, "bb", 1, "image/png", "image/png", True))
        assert list_images(session) == before
    assert len(read_dataset(database).images) == 2
