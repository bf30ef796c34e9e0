"""Features of images to learn from are the embeddings that the browser has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from app.domain.embedding import EmbeddingKey
from app.services.embedding_features import EmbeddingFeatures
from app.services.served_model import ServedModel
from app.storage.embedding_cache import EmbeddingCache
from app.storage.file_store import FileStore
from tests.helpers.sample_images import noise


def test_what_is_missing_is_encoded_once_and_kept_for_the_browser(
    tmp_path: Path, tiny_model: ServedModel
) -> None:
    files = FileStore(tmp_path)
    cache = EmbeddingCache(files, 10**9)
    features = EmbeddingFeatures(tiny_model, cache, {"picture": "a" * 64})
    first = features.get("picture", lambda: np.asarray(noise()))
    assert cache.path(EmbeddingKey("a" * 64, tiny_model.encoder_id)).is_file()
    again = features.get("picture", lambda: pytest.fail("it is there"))
    assert torch.equal(first.image_embeddings, again.image_embeddings)
    assert features.sam is tiny_model.sam


def test_a_damaged_embedding_is_made_again(tmp_path: Path, tiny_model: ServedModel) -> None:
    cache = EmbeddingCache(FileStore(tmp_path), 10**9)
    features = EmbeddingFeatures(tiny_model, cache, {"picture": "a" * 64})
    first = features.get("picture", lambda: np.asarray(noise()))
    path = cache.path(EmbeddingKey("a" * 64, tiny_model.encoder_id))
    path.write_bytes(path.read_bytes()[:-8])
    again = features.get("picture", lambda: np.asarray(noise()))
    assert torch.equal(first.image_embeddings, again.image_embeddings)
