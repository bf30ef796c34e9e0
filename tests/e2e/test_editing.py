"""Masks are drawn, cut, split and edited by hand, and every step can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from tests.e2e.shown import decode_rle
from tests.e2e.workbench import Workbench

READ_STEP = """() => {
  const state = maskwright.store.get();
  const { objects, draft } = state.documents[state.currentImageId].content;
  const plain = (_, value) => ArrayBuffer.isView(value) ? [...value] : value;
  return JSON.stringify([objects, draft], plain);
}"""
CAN = """(way) => {
  const { documents, currentImageId } = maskwright.store.get();
  return documents[currentImageId][way].length > 0;
}"""


def drag(page: Workbench, *points: Sequence[float]) -> None:
    """Press at the first place, move along the others, release at the last."""
    page.page.mouse.move(*page.to_screen(*points[0]))
    page.page.mouse.down()
    for point in points[1:]:
        page.page.mouse.move(*page.to_screen(*point), steps=3)
    page.page.mouse.up()


def click(page: Workbench, x: float, y: float) -> None:
    """Click without waiting for an answer."""
    page.page.mouse.click(*page.to_screen(x, y))


def test_a_clicked_mask_is_painted_erased_and_refined_by_clicks_afterwards(
    coffee: Workbench,
) -> None:
    coffee.click(285, 250)
    clicked = coffee.open_draft().shown.mask
    coffee.press("b")
    drag(coffee, (20, 20), (100, 20))
    coffee.press("e")
    drag(coffee, (285, 250), (300, 250))
    drawn = coffee.open_draft().shown.mask
    assert drawn[20, 20:100].all()
    assert not drawn[250, 285:300].any()
    untouched = clicked.copy()
    untouched[:45] = untouched[225:275] = False
    assert (drawn[untouched]).all()
    coffee.press("c")
    coffee.click(300, 258)
    assert coffee.previous_logits() is not None
    coffee.accept()
    (kept,) = coffee.objects()
    assert decode_rle(kept["rle"])[258, 300]
    served = coffee.get_json(f"/api/images/{coffee.current('id')}/annotations")["annotations"][0]
    tools = [edit["tool"] for edit in served["prompts"]["hand_edits"]]
    assert tools == ["brush", "eraser"]


def test_drawn_objects_are_split_cut_out_and_taken_back_to_the_start(coffee: Workbench) -> None:
    coffee.press("l")
    drag(coffee, (50, 50), (250, 50), (250, 150), (50, 150), (50, 60))
    coffee.accept()
    coffee.press("v")
    click(coffee, 100, 100)
    coffee.press("e")
    drag(coffee, (150, 30), (150, 170))
    coffee.press("s")
    coffee.wait_until_kept(2)
    coffee.press("v")
    click(coffee, 100, 100)
    coffee.press("Shift+P")
    drag(coffee, (50, 50), (20, 20))
    coffee.press("Enter", "v", "Control+c", "Control+v")
    coffee.wait_until_kept(3)

    steps = [coffee.page.evaluate(READ_STEP)]
    while coffee.page.evaluate(CAN, "past"):
        coffee.press("Control+z")
        steps.append(coffee.page.evaluate(READ_STEP))
    assert steps[-1] == "[[],null]"
    while coffee.page.evaluate(CAN, "future"):
        coffee.press("Control+Shift+z")
        steps.pop()
        assert coffee.page.evaluate(READ_STEP) == steps[-1]
    assert len(steps) == 1
    coffee.wait_until_kept(3)
    served = coffee.get_json(f"/api/images/{coffee.current('id')}/annotations")["annotations"]
    assert sorted(one["area"] for one in served) == sorted(one["area"] for one in coffee.objects())
