"""Images as values."""

from __future__ import annotations

from app.domain.image_record import ImageRecord, NewImage


def test_the_size_is_height_then_width() -> None:
    file = NewImage("a.jpg", 48, 32, "ab", 9, "image/jpeg", "image/jpeg", True)
    assert ImageRecord(1, file, "", 0).size_hw == (32, 48)
