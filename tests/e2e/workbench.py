"""Drives the page as a person does, in image pixels, and reads what it shows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page
from safetensors.torch import load as load_safetensors

from tests.e2e.shown import ShownDraft, parse_draft

PHOTOS = Path(__file__).parent / "photos"

# Turns typed arrays into lists, so that the draft can leave the page.
READ_DRAFT = """() => {
  const state = maskwright.store.get();
  const draft = state.documents[state.currentImageId]?.content.draft ?? null;
  return draft && {
    points: draft.points, box: draft.box, candidateIndex: draft.candidateIndex,
    candidates: draft.candidates.map((candidate) => ({
      ...candidate,
      logits: [...candidate.logits],
      contours: {
        points: [...candidate.contours.points], ringStarts: [...candidate.contours.ringStarts],
      },
    })),
  };
}"""

READ_OBJECTS = """() => {
  const state = maskwright.store.get();
  const objects = state.documents[state.currentImageId]?.content.objects ?? [];
  return objects.map((object) => ({
    categoryId: object.categoryId, rle: object.rle, area: object.area, bbox: object.bbox,
    predictedIou: object.predictedIou, prompts: object.prompts,
    hasLogits: object.hasLogits || object.logits !== null,
  }));
}"""

READ_PREVIOUS_LOGITS = """() => {
  const state = maskwright.store.get();
  const logits = state.documents[state.currentImageId].content.draft.previousLogits;
  return logits && [...logits];
}"""

READ_IMAGE_FIELD = """(field) => {
  const state = maskwright.store.get();
  return state.images.find((image) => image.id === state.currentImageId)[field];
}"""

SHOWS_PHOTO = """(name) => {
  const state = globalThis.maskwright?.store.get();
  return state?.images.find((image) => image.id === state.currentImageId)?.file_name === name;
}"""

IS_READY = """() => {
  const state = globalThis.maskwright?.store.get();
  return state?.decoder.phase === 'ready' && state.featuresReady && state.pixelsReady
    && state.viewport !== null;
}"""

IS_ANSWERED = """(count) => {
  const state = maskwright.store.get();
  const draft = state.documents[state.currentImageId]?.content.draft;
  return draft?.answered && draft.points.length + (draft.box ? 1 : 0) === count;
}"""

HAS_CANDIDATE = """() => {
  const state = maskwright.store.get();
  return state.documents[state.currentImageId].content.draft?.candidates.length > 0;
}"""

IS_SAVED = """(count) => {
  const state = maskwright.store.get();
  const content = state.documents[state.currentImageId]?.content;
  return content?.objects.length === count && Object.keys(state.saves).length === 0;
}"""


def named_copy(photo: str, name: str, folder: Path) -> Path:
    """Return a copy of a sample photograph that no other test has: same pixels, other bytes."""
    content = (PHOTOS / photo).read_bytes()
    comment = name.encode()
    marker = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
    copy = folder / f"{name.removesuffix('.jpg')}.jpg"
    copy.write_bytes(content[:2] + marker + content[2:])
    return copy


class Workbench:
    """The page in the hands of a test.

    Args:
        page: An empty browser page.
        address: Of the server, without a slash at the end.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        # A dialog is only caught where somebody listens; this one listens from the start, because
        # Chromium learns about a later listener too late for the key press that follows it.
        page.on("filechooser", lambda _: None)

    @property
    def canvas(self) -> Locator:
        """The element that shows the photograph and takes the gestures."""
        return self.page.get_by_role("img", name=re.compile("^(Photograph|No photograph)"))

    def open(self) -> None:
        """Open the page and wait until its program runs."""
        self.page.goto(self.address)
        self.wait_until_running()

    def open_new_project(self, name: str) -> None:
        """Make a project without images and open its page."""
        answer = self.page.request.post(f"{self.address}/api/projects", data={"name": name})
        self.page.goto(f"{self.address}/#/projects/{answer.json()['id']}/images")
        self.page.reload()  # another part after the "#" alone would leave the page as it is
        self.wait_until_running()

    def wait_until_running(self) -> None:
        """Wait until the page's program runs and has the list of images."""
        self.page.wait_for_function(
            "() => globalThis.maskwright?.store.get().imagesPhase === 'ready'"
        )

    def add_photo(self, path: Path) -> None:
        """Choose a photograph in the file dialog, open it, wait until it can be clicked on."""
        self.choose_file(path)
        self.open_photo(path.name)

    def choose_file(self, path: Path) -> None:
        """Choose a file in the file dialog."""
        with self.page.expect_file_chooser() as dialog:
            self.page.keyboard.press("Control+o")
        dialog.value.set_files(path)

    def wait_until_ready(self, file_name: str) -> None:
        """Wait until this photograph is shown and the decoder has its embedding."""
        self.page.wait_for_function(SHOWS_PHOTO, arg=file_name)
        self.page.wait_for_function(IS_READY)

    def open_photo(self, file_name: str) -> None:
        """Open a photograph of the film strip."""
        self.page.get_by_role("button", name=f"Open {file_name}").click()
        self.wait_until_ready(file_name)

    def has_photo(self, file_name: str) -> bool:
        """Return whether the film strip has this photograph."""
        return self.page.get_by_role("button", name=f"Open {file_name}").count() > 0

    def refine(self, index: int) -> None:
        """Reopen a kept object of the list and wait until its outline is there."""
        self.page.get_by_role("button", name=re.compile("^Refine ")).nth(index).click()
        self.page.wait_for_function(HAS_CANDIDATE)

    def add_category(self, name: str) -> None:
        """Add a class; the page chooses it for what comes next."""
        self.page.get_by_role("button", name="Add class", exact=True).click()
        self.page.get_by_role("textbox", name="New class name").fill(name)
        self.press("Enter")
        self.page.get_by_role("button", name=name, exact=True).wait_for()

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Return where an image position lies in the browser's window."""
        viewport = self.page.evaluate("() => maskwright.store.get().viewport")
        frame = self.canvas.bounding_box()
        assert frame is not None, "the canvas must be visible"
        return (
            frame["x"] + viewport["offsetX"] + x * viewport["scale"],
            frame["y"] + viewport["offsetY"] + y * viewport["scale"],
        )

    def click(self, x: float, y: float, *, background: bool = False) -> None:
        """Click on the object or the background and wait for the answer."""
        count = self.prompt_count() + 1
        self.page.mouse.click(*self.to_screen(x, y), button="right" if background else "left")
        self.wait_for_answer(count)

    def draw_box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a box with the box tool and wait for the answer."""
        count = self.prompt_count() + 1
        self.page.keyboard.press("r")
        self.page.mouse.move(*self.to_screen(x0, y0))
        self.page.mouse.down()
        self.page.mouse.move(*self.to_screen((x0 + x1) / 2, (y0 + y1) / 2))
        self.page.mouse.move(*self.to_screen(x1, y1))
        self.page.mouse.up()
        self.wait_for_answer(count)
        self.page.keyboard.press("c")

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def wait_for_answer(self, prompt_count: int) -> None:
        """Wait until the decoder has answered to that many prompts."""
        self.page.wait_for_function(IS_ANSWERED, arg=prompt_count)

    def wait_until_kept(self, object_count: int) -> None:
        """Wait until the image has that many objects and the server has them all."""
        self.page.wait_for_function(IS_SAVED, arg=object_count)

    def accept(self) -> None:
        """Keep the shown candidate and wait until the server has it."""
        count = len(self.objects())
        self.press("Enter")
        self.wait_until_kept(count + 1)

    def draft(self) -> ShownDraft | None:
        """Return the object being made, or ``None``."""
        value = self.page.evaluate(READ_DRAFT)
        return None if value is None else parse_draft(value)

    def open_draft(self) -> ShownDraft:
        """Return the object being made; there must be one."""
        draft = self.draft()
        assert draft is not None, "an object must be open"
        return draft

    def prompt_count(self) -> int:
        """Return how many points and boxes the open object has."""
        draft = self.draft()
        return 0 if draft is None else len(draft.points) + (draft.box is not None)

    def previous_logits(self) -> NDArray[np.float32] | None:
        """Return the logits that went to the decoder together with the prompts."""
        values = self.page.evaluate(READ_PREVIOUS_LOGITS)
        return None if values is None else np.array(values, dtype=np.float32)

    def embedding(self) -> dict[str, torch.Tensor]:
        """Return the tensors that the browser got for the open photograph."""
        path = f"/api/images/{self.current('id')}/embedding"
        answer = self.page.request.get(f"{self.address}{path}")
        assert answer.ok, answer.text()
        return load_safetensors(answer.body())

    def current(self, field: str) -> str:
        """Return a field of the open photograph, such as its file name."""
        return str(self.page.evaluate(READ_IMAGE_FIELD, field))

    def objects(self) -> list[dict[str, Any]]:
        """Return the kept objects of the open image as the page holds them."""
        objects: list[dict[str, Any]] = self.page.evaluate(READ_OBJECTS)
        return objects

    def export_coco(self, folder: Path) -> Path:
        """Export through the page and return the file."""
        self.press("Control+e")
        dialog = self.page.get_by_role("dialog", name="Export")
        dialog.get_by_role("button", name="Export", exact=True).click()
        with self.page.expect_download() as download:
            dialog.get_by_role("link", name="Download").click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        dialog.get_by_role("button", name="Close").click()
        return path

    def get_json(self, path: str) -> Any:
        """Return what the server answers to a GET."""
        answer = self.page.request.get(f"{self.address}{path}")
        assert answer.ok, answer.text()
        return json.loads(answer.text())
