"""Ids, sides and names of foreign files."""

from __future__ import annotations

import unicodedata

import pytest

from app.importers.values import as_key, as_name, as_side, can_be_kept


@pytest.mark.parametrize(
    ("value", "key"), [(0, 0), (1.0, 1), ("a", "a"), (1.5, None), (True, None), ("", None)]
)
def test_ids(value: object, key: object) -> None:
    assert as_key(value) == key


@pytest.mark.parametrize(
    ("value", "side"), [(5, 5), (5.0, 5), (0, None), ("5", None), (2**31, None)]
)
def test_sides(value: object, side: object) -> None:
    assert as_side(value) == side


def test_names_have_one_spelling() -> None:
    assert as_name(unicodedata.normalize("NFD", " Käse ")) == "Käse"
    assert [as_name(name) for name in ("", "  ", 5, None, "a\0b", "\ud800")] == [None] * 6


def test_signs_that_no_database_takes() -> None:
    assert can_be_kept("奶酪\n")
    assert not can_be_kept("a\0")
