"""Categories in the database; the promises are in tests/contracts/test_storage_contract.py."""

from __future__ import annotations

from app.domain.category import CategoryContent, Pattern
from app.storage.category_store import PALETTE, CategoryStore
from app.storage.database import Database


def test_colours_follow_the_palette_and_begin_again(database: Database) -> None:
    store = CategoryStore(database)
    for number in range(len(PALETTE)):
        store.add(CategoryContent(f"{number}"))
    colors = [category.content.color for category in store.list_all()]
    assert colors == [*PALETTE, PALETTE[0]]


def test_a_chosen_colour_is_kept(database: Database) -> None:
    added = CategoryStore(database).add(CategoryContent("car", color="#010203"))
    assert added.content.color == "#010203"


def test_a_chosen_pattern_is_kept_and_changed(database: Database) -> None:
    store = CategoryStore(database)
    added = store.add(CategoryContent("car", pattern=Pattern.DOTS))
    assert store.find(added.id) == added
    assert added.content.pattern is Pattern.DOTS
    changed = store.update(added.id, CategoryContent("car", pattern=Pattern.CROSSHATCH))
    assert changed is not None
    assert changed.content.pattern is Pattern.CROSSHATCH
