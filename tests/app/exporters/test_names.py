"""Names that are safe in archives and in the files of others."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from app.exporters.names import UniqueStems, to_csv_text, to_yaml_text


@given(names=st.lists(st.text(max_size=200) | st.sampled_from(["a.jpg", "A.png"]), max_size=8))
def test_names_are_unique_even_where_case_does_not_count(names: list[str]) -> None:
    stems = UniqueStems()
    taken = [stems.take(name, number) for number, name in enumerate(names, start=1)]
    assert len({stem.casefold() for stem in taken}) == len(names)
    assert all(stem and not set(stem) & set('/\\:*?"<>|\0') for stem in taken)
    assert all(stem == stem.strip(". ") for stem in taken)


def test_quotes_of_json_are_quotes_of_yaml() -> None:
    assert json.loads(to_yaml_text('a: "b" # c')) == 'a: "b" # c'


def test_only_what_a_spreadsheet_would_run_is_marked() -> None:
    assert [to_csv_text(text) for text in ("-1", "a=b", "")] == ["'-1", "a=b", ""]
