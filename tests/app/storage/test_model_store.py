"""Versions of models and the choice among them, in both databases."""

from __future__ import annotations

from dataclasses import replace

from app.domain.model_version import NewVersion
from app.storage.database import Database
from app.storage.model_store import ModelStore
from tests.helpers.tuned_models import LESSON

VERSION = NewVersion("tuned", "base", "encoder", "m-t1", "f" * 64, 123, LESSON)


def test_a_version_comes_back_as_it_was_kept(database: Database) -> None:
    store = ModelStore(database)
    kept = store.add(VERSION)
    assert (kept.id, kept.version) == (1, VERSION)
    assert store.find("tuned") == kept
    assert store.find("other") is None


def test_the_same_weights_are_one_version(database: Database) -> None:
    store = ModelStore(database)
    assert store.add(VERSION) == store.add(replace(VERSION, name="again"))
    assert len(store.list_all()) == 1


def test_a_removed_version_is_forgotten(database: Database) -> None:
    store = ModelStore(database)
    store.add(VERSION)
    store.remove("tuned")
    assert store.list_all() == []


def test_the_newest_choice_counts_and_the_one_before_is_known(database: Database) -> None:
    store = ModelStore(database)
    assert store.chosen("base") == (None, None)
    store.choose("base", "tuned")
    assert store.chosen("base") == ("tuned", None)
    store.choose("base", "other")
    store.choose("base", "other")
    assert store.chosen("base") == ("other", "tuned")
    assert store.chosen("another base") == (None, None)
