"""What counts as kept."""

from __future__ import annotations

import pytest

from bench.write_load import Expected, Json, is_kept

FIRST: Json = {"segmentation": "a", "revision": 1}
SECOND: Json = {"segmentation": "b", "revision": 2}
OTHER: Json = {"segmentation": "a", "revision": 2}


@pytest.mark.parametrize(
    ("saved", "pending", "found", "expected"),
    [
        (FIRST, None, FIRST, True),
        (FIRST, None, None, False),
        (FIRST, None, SECOND, False),
        (FIRST, SECOND, FIRST, True),
        (FIRST, SECOND, SECOND, True),
        (FIRST, SECOND, OTHER, False),
        (None, FIRST, None, True),
        (None, FIRST, FIRST, True),
    ],
)
def test_the_last_answer_counts_or_what_was_asked_after_it(
    saved: Json | None, pending: Json | None, found: Json | None, expected: bool
) -> None:
    assert is_kept(Expected("key", 1, saved, pending), found) is expected
