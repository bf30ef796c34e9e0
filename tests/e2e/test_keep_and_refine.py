"""Kept masks survive a reload and a new server, and can be refined from where they were left."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from playwright.sync_api import BrowserContext

from scripts.local_server import running_server
from tests.e2e.shown import decode_rle
from tests.e2e.workbench import Workbench, named_copy

CUP_BOX = (160, 25, 430, 330)
SAUCER_BOX = (78, 20, 477, 385)


def test_an_accepted_mask_is_the_one_that_was_shown(coffee: Workbench) -> None:
    coffee.draw_box(*CUP_BOX)
    shown = coffee.open_draft().shown
    coffee.accept()
    assert coffee.draft() is None
    (kept,) = coffee.objects()
    assert np.array_equal(decode_rle(kept["rle"]), shown.mask)
    assert kept["area"] == shown.mask.sum()


def test_kept_masks_are_still_there_after_a_reload_and_can_be_refined(coffee: Workbench) -> None:
    coffee.draw_box(*CUP_BOX)
    shown = coffee.open_draft().shown
    coffee.accept()
    name = coffee.current("file_name")

    coffee.open()
    coffee.open_photo(name)
    coffee.wait_until_kept(1)
    (kept,) = coffee.objects()
    assert np.array_equal(decode_rle(kept["rle"]), shown.mask)
    assert kept["hasLogits"]

    coffee.refine(0)
    reopened = coffee.open_draft()
    assert np.allclose(reopened.box or (), CUP_BOX, atol=1.5)
    assert np.array_equal(reopened.shown.mask, shown.mask)
    coffee.click(110, 200)
    refined = coffee.open_draft().shown
    assert not np.array_equal(refined.mask, shown.mask)
    coffee.press("Enter")
    coffee.wait_until_kept(1)
    (kept,) = coffee.objects()
    assert np.array_equal(decode_rle(kept["rle"]), refined.mask)


def test_two_objects_are_kept_side_by_side(coffee: Workbench) -> None:
    coffee.draw_box(*CUP_BOX)
    coffee.accept()
    coffee.draw_box(*SAUCER_BOX)
    coffee.accept()
    first, second = coffee.objects()
    assert first["rle"] != second["rle"]


def test_deleting_and_undoing_the_deletion_reaches_the_server(coffee: Workbench) -> None:
    coffee.draw_box(*CUP_BOX)
    coffee.accept()
    image = coffee.current("id")
    coffee.refine(0)
    coffee.press("Delete")
    coffee.wait_until_kept(0)
    assert coffee.get_json(f"/api/images/{image}/annotations")["annotations"] == []
    coffee.press("Control+z")
    coffee.page.wait_for_function("() => Object.keys(maskwright.store.get().saves).length === 0")
    assert len(coffee.get_json(f"/api/images/{image}/annotations")["annotations"]) == 1


def test_a_new_server_on_the_same_folder_has_everything(
    context: BrowserContext, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    with running_server(store) as address:
        workbench = Workbench(context.new_page(), address)
        workbench.open()
        workbench.add_photo(named_copy("chelsea.jpg", "cat", tmp_path))
        workbench.click(169, 120)
        shown = workbench.open_draft().shown
        workbench.accept()
    with running_server(store) as address:
        workbench = Workbench(context.new_page(), address)
        workbench.open()
        workbench.open_photo("cat.jpg")
        workbench.wait_until_kept(1)
        (kept,) = workbench.objects()
    assert np.array_equal(decode_rle(kept["rle"]), shown.mask)
