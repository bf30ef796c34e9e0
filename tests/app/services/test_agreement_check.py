"""Shares of automatic masks that are as people would have made them."""

from __future__ import annotations

import numpy as np
import pytest

from app.domain.agreement import Agreement, MaskPair
from app.services import agreement_check
from app.services.agreement_check import check_agreement
from app.storage.database import Database
from sam_core.masks.rle import encode_rle

SIZE = (10, 10)


def code(rows: int) -> str:
    mask = np.zeros(SIZE, dtype=bool)
    mask[:rows] = True
    return encode_rle(mask)["counts"]


def pair(automatic: int, kept: int) -> MaskPair:
    return MaskPair(SIZE, code(automatic), code(kept))


def check(
    monkeypatch: pytest.MonkeyPatch, database: Database, pairs: list[MaskPair], most: int = 99
) -> Agreement:
    monkeypatch.setattr(agreement_check, "list_mask_pairs", lambda *_: pairs)
    return check_agreement(database, 1, most)


def test_shares_count_what_lies_above(monkeypatch: pytest.MonkeyPatch, database: Database) -> None:
    # IoU 1, 0.9 (not above it), 0.8, 0.75 (not above it), 0
    pairs = [pair(10, 10), pair(9, 10), pair(8, 10), pair(6, 8), pair(4, 0)]
    found = check(monkeypatch, database, pairs)
    assert found == Agreement(5, 5, 1, 1, 3, pytest.approx(3.45 / 5))


def test_a_sample_is_the_same_each_time(
    monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    pairs = [pair(rows, 10) for rows in range(1, 10)]
    first, second = (check(monkeypatch, database, pairs, most=4) for _ in range(2))
    assert first == second
    assert (first.pairs, first.available) == (4, 9)


def test_nothing_to_compare_gives_zeros(
    monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    assert check(monkeypatch, database, []) == Agreement(0, 0, 0, 0, 0, 0.0)
