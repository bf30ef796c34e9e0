from __future__ import annotations

import inspect

import pytest

from sam_core import SamAutomaticMaskGenerator
from sam_core.amg.settings import SearchSettings, choose_grids
from sam_core.errors import PromptError


def test_defaults_are_the_generators_own() -> None:
    arguments = inspect.signature(SamAutomaticMaskGenerator).parameters
    for name in SearchSettings.__slots__:
        assert arguments[name].default == getattr(SearchSettings(), name), name


def test_grids_are_built_from_a_number_or_taken_as_given() -> None:
    built = choose_grids(4, None, 1, 2)
    assert [len(grid) for grid in built] == [16, 4]
    assert choose_grids(None, built, 1, 2) is built


def test_a_grid_for_every_layer_is_needed() -> None:
    with pytest.raises(PromptError, match="got 1"):
        choose_grids(None, choose_grids(2, None, 0, 1), 1, 1)


def test_the_plain_method_does_not_ask_again() -> None:
    with pytest.raises(PromptError, match="ask_again needs the fast method"):
        SearchSettings(method="plain", ask_again=True)
