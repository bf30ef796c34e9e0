"""Categories: what is there and what is not."""

from __future__ import annotations

import pytest

from app.context import AppContext
from app.domain.category import CategoryContent
from app.errors import NotFoundError


def test_a_category_is_found_as_it_was_added(context: AppContext) -> None:
    added = context.categories.add(CategoryContent("car", "vehicle", "#010203"))
    assert context.categories.get(added.id) == added
    assert context.categories.list_all()[-1] == added


def test_a_renamed_category_keeps_its_colour_if_none_is_chosen(context: AppContext) -> None:
    renamed = context.categories.update(1, CategoryContent("thing"))
    assert renamed.content == CategoryContent("thing", "", "#e69f00")


def test_what_is_not_there_is_not_found(context: AppContext) -> None:
    for ask in (
        lambda: context.categories.get(9),
        lambda: context.categories.update(9, CategoryContent("x")),
        lambda: context.categories.delete(9),
    ):
        with pytest.raises(NotFoundError, match="the category must exist, got id 9"):
            ask()
