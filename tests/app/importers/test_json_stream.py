"""A large JSON object is read in pieces, whatever stands where the pieces meet."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UnprocessableError
from app.importers import json_stream
from app.importers.json_stream import read_elements

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def in_order(document: dict[str, Any]) -> list[tuple[str, Any]]:
    elements: list[tuple[str, Any]] = []
    for name, value in document.items():
        elements += [(name, one) for one in value] if isinstance(value, list) else [(name, value)]
    return elements


@given(document=st.dictionaries(st.text(max_size=4), json_values, max_size=4), indent=st.booleans())
@pytest.mark.parametrize("piece", [1, 7, 1 << 20])
def test_every_document_gives_its_elements_in_order(
    document: dict[str, Any], indent: bool, piece: int
) -> None:
    text = json.dumps(document, indent=2 if indent else None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "_CHARACTERS_AT_ONCE", piece)
        assert list(read_elements(io.StringIO(text))) == in_order(document)


NESTED = [{"a": "},{", "b": [{"c": 1}, {"d": "},\n {"}], "e": {}} for _ in range(300)]


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": "), (",\n ", ": ")])
@pytest.mark.parametrize("rows", [NESTED, [{"id": number} for number in range(300)]])
def test_objects_are_the_same_however_many_are_read_at_once(
    rows: list[Any], separators: tuple[str, str]
) -> None:
    document = {"first": rows, "second": rows[:2], "third": [1, *rows, 2], "fourth": []}
    text = json.dumps(document, separators=separators)
    assert list(read_elements(io.StringIO(text))) == in_order(document)


def test_objects_of_one_form_are_read_many_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    scans = 0

    class Counting(json.JSONDecoder):
        def raw_decode(self, s: str, idx: int = 0) -> tuple[Any, int]:
            nonlocal scans
            scans += 1
            return super().raw_decode(s, idx)

    monkeypatch.setattr(json_stream.json, "JSONDecoder", Counting)
    text = json.dumps({"a": [{"id": number} for number in range(1000)]})
    assert sum(1 for _ in read_elements(io.StringIO(text))) == 1000
    assert scans < 10


def test_a_mistake_among_objects_is_told_with_its_place_after_what_comes_before() -> None:
    rows = [json.dumps({"id": number}) for number in range(9)]
    rows[5] = '{"id": oops}'
    text = '{"a": [' + ", ".join(rows) + "]}"
    place = text.index(rows[5])
    elements = read_elements(io.StringIO(text))
    assert [next(elements)[1]["id"] for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(UnprocessableError, match=f"at character {place}"):
        next(elements)


def test_a_byte_order_mark_is_no_content() -> None:
    assert list(read_elements(io.StringIO('\ufeff{"a": 1}'))) == [("a", 1)]


DAMAGED = {
    "nothing": "",
    "a list": "[1]",
    "a text": '"a"',
    "cut in a number": '{"a": 1',
    "cut in a list": '{"a": [1, 2',
    "cut in a text": '{"a": "b',
    "cut in a name": '{"a',
    "no colon": '{"a" 1}',
    "no comma": '{"a": [1 2]}',
    "trailing comma": '{"a": 1,}',
    "trailing comma in a list": '{"a": [1,]}',
    "two documents": '{"a": 1} {"b": 2}',
    "a name without quotes": "{a: 1}",
    "not a number": '{"a": [NaN]}',
    "infinity": '{"a": -Infinity}',
    "a number of 5000 digits": '{"a": [' + "9" * 5000 + "]}",
    "deep": '{"a": ' + "[" * 100_000 + "}",
    "binary": "\x00\x01\x02",
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_json_is_refused_with_the_place(kind: str) -> None:
    with pytest.raises(UnprocessableError, match="must be one JSON object, got") as caught:
        list(read_elements(io.StringIO(DAMAGED[kind])))
    assert caught.value.code == "json_damaged"


def test_bytes_that_are_no_text_are_refused() -> None:
    file = io.TextIOWrapper(io.BytesIO(b'{"a": "\xff"}'), encoding="utf-8")
    with pytest.raises(UnprocessableError, match="a byte that is no UTF-8"):
        list(read_elements(file))


def test_memory_holds_one_piece_of_a_long_list(monkeypatch: pytest.MonkeyPatch) -> None:
    longest = 0

    class Watched(io.StringIO):
        def read(self, size: int | None = -1, /) -> str:
            nonlocal longest
            longest = max(longest, size or 0)
            return super().read(size)

    monkeypatch.setattr(json_stream, "_CHARACTERS_AT_ONCE", 100)
    text = json.dumps({"a": list(range(10_000))})
    assert sum(1 for _ in read_elements(Watched(text))) == 10_000
    assert longest == 100


def test_a_value_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_LONGEST_VALUE", 1000)
    monkeypatch.setattr(json_stream, "_CHARACTERS_AT_ONCE", 100)
    with pytest.raises(UnprocessableError, match="a value of more than 1000 characters"):
        list(read_elements(io.StringIO('{"a": "' + "x" * 100_000)))
