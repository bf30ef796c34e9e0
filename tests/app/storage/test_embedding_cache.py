"""The embedding cache stays within its size and forgets what was not used for longest."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from app.domain.embedding import EmbeddingKey
from app.storage.embedding_cache import EmbeddingCache
from app.storage.file_store import FileStore


@pytest.fixture
def cache(tmp_path: Path) -> EmbeddingCache:
    return EmbeddingCache(FileStore(tmp_path), max_bytes=30)


def key(name: str, model: str = "m") -> EmbeddingKey:
    return EmbeddingKey(name * 64, model)


def fill(cache: EmbeddingCache, names: str) -> None:
    """Keep an embedding of 10 bytes per name, as if each was used a second after the last."""
    for second, name in enumerate(names, start=1):
        cache.save(key(name), bytes(10))
        os.utime(cache.path(key(name)), (second, second))


def kept(cache: EmbeddingCache, names: str) -> str:
    return "".join(name for name in names if cache.path(key(name)).is_file())


def test_the_least_recently_used_go_first(cache: EmbeddingCache) -> None:
    fill(cache, "abc")
    cache.mark_used(key("a"))
    cache.save(key("d"), bytes(10))
    assert kept(cache, "abcd") == "acd"
    cache.save(key("e"), bytes(15))
    assert kept(cache, "abcde") == "de"


def test_all_models_share_the_room(cache: EmbeddingCache) -> None:
    fill(cache, "abc")
    cache.save(key("a", "other"), bytes(10))
    assert kept(cache, "abc") == "bc"
    assert cache.path(key("a", "other")).is_file()


def test_the_newest_stays_even_if_it_is_larger_than_the_room(cache: EmbeddingCache) -> None:
    fill(cache, "ab")
    cache.save(key("c"), bytes(100))
    assert kept(cache, "abc") == "c"


def test_the_folder_may_be_deleted_at_any_time(cache: EmbeddingCache, tmp_path: Path) -> None:
    fill(cache, "ab")
    shutil.rmtree(tmp_path / "embeddings")
    cache.mark_used(key("a"))
    cache.remove(key("a"))
    cache.save(key("c"), bytes(10))
    assert kept(cache, "abc") == "c"
