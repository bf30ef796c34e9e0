"""The pictures of the documents are those that the script takes, of photographs that exist."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from scripts import screenshots
from tests.helpers.project_files import ROOT

IMAGES = ROOT / "docs" / "images"


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as photo:
        return photo.size


class Recorder:
    """Writes down which pictures are taken, and does nothing else."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def take(self, name: str) -> None:
        self.taken.add(f"{name}.png")

    def take_in_both_themes(self, name: str) -> None:
        self.taken |= {f"{name}.png", f"{name}_light.png"}

    def fill(self) -> None:
        """Nothing to fill."""

    def click(self, x: float, y: float) -> None:
        """Nothing to click on."""

    def press(self, key: str) -> None:
        """Nothing to press."""

    def open_photo(self, name: str) -> None:
        """Nothing to open."""

    def show(self, command: str) -> None:
        """Nothing to show."""


def test_every_picture_of_the_documents_is_taken_and_none_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    recorder = Recorder()

    @contextmanager
    def studio(_folder: Path) -> Iterator[Recorder]:
        yield recorder

    monkeypatch.setattr(screenshots, "studio", studio)
    assert screenshots.main(["--output", str(tmp_path)]) == 0
    assert recorder.taken == {path.name for path in IMAGES.glob("*.png")}


def test_clicks_lie_on_their_photographs() -> None:
    sizes = {path.name: size_of(path) for path in screenshots.PHOTOS}
    width, height = sizes["coins.jpg"]
    assert all(0 < x < width and 0 < y < height for x, y, _ in screenshots.COINS)
    (x, y), (width, height) = screenshots.PERSON, sizes["astronaut.jpg"]
    assert 0 < x < width
    assert 0 < y < height
