"""In an exclusive project no pixel belongs to two objects, unless somebody takes it."""

from __future__ import annotations

from tests.e2e.shown import decode_rle
from tests.e2e.test_editing import drag
from tests.e2e.workbench import Workbench

POLICY_IS = """(policy) => {
  const { projects, projectId } = maskwright.store.get();
  return projects.find(({ id }) => id === projectId).overlap === policy;
}"""


def choose_policy(page: Workbench, name: str, policy: str) -> None:
    """Choose in the settings how many objects a pixel may belong to."""
    page.press("Control+,")
    dialog = page.page.get_by_role("dialog", name="Settings")
    dialog.get_by_role("button", name=name, exact=True).click()
    page.page.wait_for_function(POLICY_IS, arg=policy)
    page.press("Escape")


def lasso(page: Workbench, left: int, right: int) -> None:
    """Draw around a rectangle that is 100 pixels high."""
    page.press("Escape", "Escape", "l")
    drag(page, (left, 50), (right, 50), (right, 150), (left, 150), (left, 60))


def test_masks_end_at_their_neighbours_and_overlaps_are_found_and_settled(
    coffee: Workbench,
) -> None:
    lasso(coffee, 50, 200)
    coffee.accept()
    lasso(coffee, 150, 300)
    coffee.accept()
    coffee.page.get_by_role("button", name="1 overlap").click()
    # The view went there; what follows is drawn on the whole photograph.
    coffee.press("f")
    assert len(coffee.page.evaluate("() => maskwright.store.get().selectedKeys")) == 2
    choose_policy(coffee, "One object", "exclusive")
    try:
        coffee.press("Alt+w")
        coffee.page.get_by_role("button", name="1 overlap").wait_for(state="detached")
        lasso(coffee, 250, 400)
        coffee.accept()
        masks = [decode_rle(one["rle"]) for one in coffee.objects()]
        assert sum(mask.astype(int) for mask in masks).max() == 1
        assert sum(masks)[100, 60:390].all()
        lasso(coffee, 350, 500)
        before = coffee.objects()[2]["area"]
        coffee.press("Shift+Enter")
        coffee.wait_until_kept(4)
        assert coffee.objects()[2]["area"] < before
        coffee.press("Control+z")
        assert coffee.objects()[2]["area"] == before
    finally:
        choose_policy(coffee, "Several objects", "allowed")
