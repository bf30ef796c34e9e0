"""A whole piece of work is taken back to its start and done again, a reload in between."""

from __future__ import annotations

import json
from typing import Any

from tests.e2e.test_editing import CAN, READ_STEP, click, drag
from tests.e2e.workbench import Workbench

IS_RECALLED = """(count) => {
  const { documents, currentImageId } = maskwright.store.get();
  const { past, earlier = 0 } = documents[currentImageId] ?? { past: [] };
  return past.length + earlier === count;
}"""
IS_WRITTEN = """async (count) => {
  const done = (request) =>
    new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const database = await done(indexedDB.open('maskwright-history'));
  const heads = await done(database.transaction('heads').objectStore('heads').getAll());
  database.close();
  return heads.some(({ length }) => length === count + 1);
}"""
COUNT = """() => {
  const { documents, currentImageId } = maskwright.store.get();
  return documents[currentImageId].past.length;
}"""


def step_of(page: Workbench) -> list[Any]:
    """Return what a step shows; logits of kept objects lie with the server after a reload."""
    objects, draft = json.loads(page.page.evaluate(READ_STEP))
    for one in objects:
        del one["logits"]
    return [objects, draft]


def work(page: Workbench) -> None:
    """Click, paint, split, merge, cut out; the last object stays open."""
    page.click(285, 250)
    page.click(300, 258)
    page.press("b")
    drag(page, (20, 20), (100, 20))
    page.press("c")
    page.accept()
    page.press("l")
    drag(page, (400, 50), (560, 50), (560, 120), (400, 120), (400, 60))
    page.accept()
    page.press("v")
    click(page, 480, 90)
    page.press("e")
    drag(page, (480, 30), (480, 140))
    page.press("s")
    page.wait_until_kept(3)
    page.press("u")
    page.wait_until_kept(2)
    page.press("l")
    page.page.keyboard.down("Alt")
    drag(page, (420, 70), (440, 70), (440, 90), (420, 90), (420, 72))
    page.page.keyboard.up("Alt")
    page.wait_until_kept(2)
    page.press("Escape", "c")
    page.click(100, 300)


def test_edited_split_merged_and_cut_out_all_comes_back_and_is_done_again(
    coffee: Workbench,
) -> None:
    work(coffee)
    count = coffee.page.evaluate(COUNT)
    name = coffee.current("file_name")
    shown = step_of(coffee)

    coffee.page.wait_for_function(IS_WRITTEN, arg=count)
    coffee.page.reload()
    coffee.wait_until_ready(name)
    coffee.page.wait_for_function(IS_RECALLED, arg=count)
    recalled = step_of(coffee)
    assert without_revision(recalled) == without_revision(shown)

    steps = [recalled]
    while coffee.page.evaluate(CAN, "past"):
        coffee.press("Control+z")
        steps.append(step_of(coffee))
    assert len(steps) == count + 1
    assert steps[-1] == [[], None]
    while coffee.page.evaluate(CAN, "future"):
        coffee.press("Control+Shift+z")
        steps.pop()
        assert step_of(coffee) == steps[-1]
    assert len(steps) == 1
    coffee.wait_until_kept(2)


def without_revision(step: list[Any]) -> list[Any]:
    """Leave the number of the prompts out, which each page counts for itself."""
    objects, draft = step
    return [objects, {**draft, "revision": None}]
