"""Python collects cycles less often during bulk work, and as often as before afterwards."""

from __future__ import annotations

import gc

import pytest

from app.services.bulk_work import rare_collections


def test_collections_are_rare_until_the_last_work_is_done() -> None:
    before = gc.get_threshold()
    with rare_collections():
        with rare_collections():
            assert gc.get_threshold()[0] > before[0]
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before


def test_a_failure_restores_the_setting() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="broken"), rare_collections():
        raise ValueError("broken")
    assert gc.get_threshold() == before
