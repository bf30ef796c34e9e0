"""A whole tuning from the page: it learns from photographs, another model answers, and back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import BrowserContext, Route, expect

from app.domain.annotation import CocoRle, MaskMeasures
from app.domain.prompts import Point, Prompts
from app.services.image_library import ImageLibrary
from app.storage.annotation_store import AnnotationStore
from app.storage.image_store import ImageStore
from app.storage.store import opened_store
from sam_core.masks.rle import encode_rle, rle_area, rle_bbox
from scripts.local_server import running_server
from tests.e2e.test_switching import ANSWERED_BY, CUP, HANDLE, keep_tuned_model
from tests.e2e.workbench import PHOTOS, Workbench, named_copy
from tests.helpers.app_fixtures import content
from tests.helpers.sample_images import encode

IMAGES, MASKS = 10, 5
SIDE = 120
MINUTES = 0.05
LONG_MS = 300_000
"""A busy machine encodes ten photographs, looks twice at those kept apart, and makes a step."""


def teach_photographs(folder: Path) -> None:
    """Put parts of a photograph with accepted masks into a store, enough to learn from."""
    photo = Image.open(PHOTOS / "coffee.jpg").convert("RGB")
    with opened_store(folder, "") as store:
        library = ImageLibrary(ImageStore(store.database), store.files, store.files.root, 10**7)
        annotations = AnnotationStore(store.database)
        for number in range(IMAGES):
            left, top = 40 * number, 25 * number
            part = photo.crop((left, top, left + SIDE, top + SIDE))
            image, _ = library.add(f"part {number}.png", encode(part))
            for place in range(MASKS):
                pixels = np.zeros((SIDE, SIDE), dtype=np.bool_)
                start = 4 + 22 * place
                pixels[20 + 8 * place : 60 + 8 * place, start : start + 20] = True
                code = encode_rle(pixels)
                x, y, width, height = rle_bbox(code)
                measures = MaskMeasures(rle_area(code), (x, y, width, height))
                prompts = Prompts(points=(Point(start + 10.0, 40.0 + 8 * place, 1),))
                mask = CocoRle(SIDE, SIDE, code["counts"])
                annotations.add(image.id, content(mask=mask, prompts=prompts), measures)


def shorten(route: Route) -> None:
    """Let a run take seconds: the page offers whole minutes."""
    if route.request.method != "POST":
        route.continue_()
        return
    wish = json.loads(route.request.post_data or "{}")
    route.continue_(post_data=json.dumps({**wish, "minutes": MINUTES}))


def test_the_page_tunes_switches_and_goes_back(context: BrowserContext, tmp_path: Path) -> None:
    store = tmp_path / "store"
    base, version = keep_tuned_model(store)
    teach_photographs(store)
    with running_server(store) as address:
        page = context.new_page()
        workbench = Workbench(page, address)
        workbench.open()
        workbench.add_photo(named_copy("coffee.jpg", "cup", tmp_path))
        page.route("**/api/tuning", shorten)
        page.get_by_role("button", name="Learning").click()
        page.get_by_role("button", name="Learn", exact=True).click()
        run = page.get_by_role("region", name=re.compile("^Run"))
        expect(run.get_by_role("status")).to_be_visible()
        verdict = re.compile("Clicks to 90 % IoU on photographs kept apart: |Nothing was better")
        expect(run.get_by_text(verdict)).to_be_visible(timeout=LONG_MS)
        expect(run.get_by_role("img")).to_be_visible()  # the curve
        tuning = workbench.get_json("/api/tuning")
        assert (tuning["state"], tuning["error"]) == ("done", None)
        assert len(tuning["curve"]) >= 2
        assert tuning["material"]["mask_count"] + tuning["material"]["held_out_mask_count"] == 50

        models = page.get_by_role("region", name="Models")
        models.get_by_role("button", name="Use maskwright_s-t1").click()
        serves = models.get_by_role("row", name=re.compile("maskwright_s-t1.*answers"))
        expect(serves).to_be_visible()
        page.go_back()
        page.wait_for_function("(id) => maskwright.store.get().model?.modelId === id", arg=version)
        workbench.wait_until_ready("cup.jpg")
        workbench.click(*CUP)
        assert page.evaluate(ANSWERED_BY) == version
        workbench.accept()

        page.get_by_role("button", name="Learning").click()
        models.get_by_role("button", name="Go back").click()
        page.go_back()
        page.wait_for_function("(id) => maskwright.store.get().model?.modelId === id", arg=base)
        workbench.wait_until_ready("cup.jpg")
        workbench.click(*HANDLE)
        assert page.evaluate(ANSWERED_BY) == base
