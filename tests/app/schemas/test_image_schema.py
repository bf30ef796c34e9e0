"""Images and states of embeddings as JSON."""

from __future__ import annotations

import pytest

from app.domain.embedding import EmbeddingPhase, EmbeddingState
from app.schemas.image_schema import format_embedding_state, parse_folder_request


@pytest.mark.parametrize("phase", EmbeddingPhase)
def test_only_a_ready_embedding_has_an_address(phase: EmbeddingPhase) -> None:
    answer = format_embedding_state(EmbeddingState(phase), 7, "aa-bb")
    assert answer["state"] == phase.value
    expected = "/api/images/7/embedding?v=aa-bb" if phase is EmbeddingPhase.READY else None
    assert answer["url"] == expected


def test_a_path_may_have_any_signs() -> None:
    assert parse_folder_request({"path": "/tmp/Käse & 奶"}).path == "/tmp/Käse & 奶"
