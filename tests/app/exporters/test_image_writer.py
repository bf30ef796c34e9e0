"""Files lie in folders by part."""

from __future__ import annotations

from app.exporters.image_writer import Place


def test_a_path_names_what_there_is() -> None:
    assert Place("cat", "val").path("labels", ".txt") == "labels/val/cat.txt"
    assert Place("cat", "").path("labels", ".txt") == "labels/cat.txt"
    assert Place("cat", "").path("", ".json") == "cat.json"
