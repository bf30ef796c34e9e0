"""Names of embeddings."""

from __future__ import annotations

from app.domain.embedding import EmbeddingKey


def test_the_etag_tells_contents_and_models_apart() -> None:
    keys = [EmbeddingKey("a" * 64, "m"), EmbeddingKey("b" * 64, "m"), EmbeddingKey("a" * 64, "n")]
    assert len({key.etag for key in keys}) == 3
