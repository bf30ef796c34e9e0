"""Take the pictures of the page that the documents show: ``python -m scripts.screenshots``."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from scripts.find_chromium import UNATTENDED_OPTIONS, SetUpError, find_chromium
from scripts.local_server import ROOT, running_server

PHOTOS = (
    ROOT / "tests" / "e2e" / "photos" / "astronaut.jpg",
    ROOT / "tests" / "e2e" / "photos" / "coffee.jpg",
    ROOT / "docs" / "figures" / "photos" / "coins.jpg",
    ROOT / "docs" / "figures" / "photos" / "rocket.jpg",
    ROOT / "tests" / "e2e" / "photos" / "chelsea.jpg",
)
SIZE = ViewportSize(width=1280, height=800)
CLASSES = ("silver coin", "bronze coin", "person")
# Clicks in image pixels, with the key of the class: 2 silver, 3 bronze, 4 a person.
COINS = (
    (43, 54, "2"),
    (155, 53, "2"),
    (333, 45, "3"),
    (44, 124, "2"),
    (102, 125, "3"),
    (153, 126, "2"),
    (270, 119, "2"),
    (335, 124, "3"),
)
OPEN_COIN = (337, 195)
PERSON = (135, 310)
SPOON = (352, 275)
READY = """(name) => {
  const state = maskwright.store.get();
  const shown = state.images.find((image) => image.id === state.currentImageId)?.file_name === name;
  return shown && state.featuresReady && state.pixelsReady && state.decoder.phase === 'ready';
}"""
ANSWERED = """() => {
  const state = maskwright.store.get();
  return state.documents[state.currentImageId].content.draft?.answered === true;
}"""
SAVED = "() => Object.keys(maskwright.store.get().saves).length === 0"
PLACE = """([x, y]) => {
  const { scale, offsetX, offsetY } = maskwright.store.get().viewport;
  const { left, top } = document.querySelector('.canvases').getBoundingClientRect();
  return [left + offsetX + x * scale, top + offsetY + y * scale];
}"""
SETTLE_MS = 700


class Studio:
    """A page that is worked on with the mouse, and photographed.

    Args:
        page: An empty page.
        address: Of the server.
        folder: Where the pictures go.
    """

    def __init__(self, page: Page, address: str, folder: Path) -> None:
        self._page = page
        self._folder = folder
        page.goto(address)
        page.wait_for_function("() => globalThis.maskwright?.store.get().imagesPhase === 'ready'")

    def fill(self) -> None:
        """Add the photographs and the classes, and keep some masks."""
        for photo in PHOTOS:
            self._page.set_input_files("#photo-files", photo)
            self._page.get_by_role("button", name=f"Open {photo.name}").first.wait_for()
        for name in CLASSES:
            self._page.evaluate("(name) => maskwright.commands.createCategory(name)", name)
        self.open_photo("coins.jpg")
        for x, y, key in COINS:
            self.click(x, y)
            self.keep(key)
        self.open_photo("astronaut.jpg")
        self.click(*PERSON)
        self.keep("4")
        self._page.evaluate("() => maskwright.commands.markOpen('done')")
        self.open_photo("coffee.jpg")
        self.click(*SPOON)
        self.keep("1")

    def open_photo(self, name: str) -> None:
        """Open a photograph of the filmstrip and wait until clicks are answered."""
        self._page.get_by_role("button", name=f"Open {name}").first.click()
        self._page.wait_for_function(READY, arg=name)

    def click(self, x: float, y: float) -> None:
        """Click in image pixels and wait for the answer."""
        self._page.mouse.click(*self._page.evaluate(PLACE, [x, y]))
        self._page.wait_for_function(ANSWERED)

    def press(self, key: str) -> None:
        """Press a key."""
        self._page.keyboard.press(key)

    def keep(self, class_key: str) -> None:
        """Give the open object a class, keep it, and wait until the server has it."""
        self._page.keyboard.press(class_key)
        self._page.keyboard.press("Enter")
        self._page.wait_for_function(SAVED)

    def show(self, command: str) -> None:
        """Go to a screen."""
        self._page.evaluate("(name) => maskwright.commands[name]()", command)

    def take(self, name: str) -> None:
        """Take the picture, once nothing moves any more."""
        self._page.wait_for_load_state("networkidle")
        self._page.wait_for_timeout(SETTLE_MS)
        self._page.screenshot(path=self._folder / f"{name}.png")

    def take_in_both_themes(self, name: str) -> None:
        """Take the picture dark and light."""
        self.take(name)
        self._page.evaluate("() => maskwright.commands.chooseTheme('light')")
        self.take(f"{name}_light")
        self._page.evaluate("() => maskwright.commands.chooseTheme('dark')")


@contextmanager
def studio(folder: Path) -> Iterator[Studio]:
    """Yield a page of an empty server.

    Raises:
        SetUpError: If there is no Chromium.
    """
    program = find_chromium()
    if program is None:
        raise SetUpError('pictures need Chromium; run "make setup", which installs it')
    with (
        tempfile.TemporaryDirectory() as store,
        running_server(Path(store) / "store") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=[*UNATTENDED_OPTIONS])
        context = browser.new_context(viewport=SIZE, reduced_motion="reduce")
        context.set_default_timeout(120_000)
        yield Studio(context.new_page(), address, folder)
        browser.close()


def take_all(folder: Path) -> None:
    """Take all pictures: those of a store with some work, then the tour of an empty one."""
    with studio(folder) as pictures:
        pictures.fill()
        pictures.open_photo("coins.jpg")
        pictures.click(*OPEN_COIN)
        pictures.press("3")
        pictures.take_in_both_themes("workbench")
        pictures.show("discard")
        pictures.show("showGallery")
        pictures.take_in_both_themes("gallery")
        pictures.show("showProjects")
        pictures.take("projects")
        pictures.show("showStatistics")
        pictures.take_in_both_themes("statistics")
    with studio(folder) as pictures:
        pictures.show("startTour")
        pictures.open_photo("cup.jpg")
        pictures.click(*SPOON)
        pictures.take("tour")


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m scripts.screenshots", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "images", help="folder")
    options = parser.parse_args(arguments)
    options.output.mkdir(parents=True, exist_ok=True)
    take_all(options.output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
