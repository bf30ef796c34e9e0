"""An object that is brought to the front stays there: over a reload, and until it is undone."""

from __future__ import annotations

from tests.e2e.test_editing import click
from tests.e2e.test_overlap import lasso
from tests.e2e.workbench import Workbench


def areas(page: Workbench) -> list[int]:
    """Return the areas of the objects, from the lowest to the one on top."""
    return [one["area"] for one in page.objects()]


def served(page: Workbench) -> list[int]:
    """Return the same as the server tells it."""
    answer = page.get_json(f"/api/images/{page.current('id')}/annotations")
    return [one["area"] for one in answer["annotations"]]


def test_brought_to_the_front_and_reloaded_it_lies_there_and_undo_takes_it_back(
    coffee: Workbench,
) -> None:
    lasso(coffee, 50, 200)
    coffee.accept()
    lasso(coffee, 150, 400)
    coffee.accept()
    lower, upper = areas(coffee)
    coffee.press("Escape", "v")
    click(coffee, 80, 100)
    coffee.press("PageUp")
    coffee.wait_until_kept(2)
    assert areas(coffee) == served(coffee) == [upper, lower]
    name = coffee.current("file_name")
    coffee.page.reload()
    coffee.wait_until_ready(name)
    coffee.wait_until_kept(2)
    assert areas(coffee) == [upper, lower]
    coffee.press("Control+z")
    coffee.wait_until_kept(2)
    assert areas(coffee) == served(coffee) == [lower, upper]
