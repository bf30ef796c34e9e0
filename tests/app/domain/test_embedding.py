"""Names of embeddings."""

from __future__ import annotations

from app.domain.embedding import Crop, EmbeddingKey


def test_the_etag_tells_contents_and_models_apart() -> None:
    keys = [EmbeddingKey("a" * 64, "m"), EmbeddingKey("b" * 64, "m"), EmbeddingKey("a" * 64, "n")]
    assert len({key.etag for key in keys}) == 3


def test_parts_of_an_image_have_names_of_their_own() -> None:
    parts = [None, Crop(0, 0, 16, 16), Crop(0, 0, 16, 17), Crop(1, 0, 16, 16)]
    keys = [EmbeddingKey("a" * 64, "m", part) for part in parts]
    assert len({key.etag for key in keys}) == len({hash(key) for key in keys}) == 4
    assert all(key.etag.endswith("-m") for key in keys)


def test_a_part_holds_its_edges() -> None:
    part = Crop(10, 20, 16, 16)
    assert part.box_xyxy == (10, 20, 26, 36)
    assert part.holds(10, 20)
    assert part.holds(26, 36)
    assert not part.holds(9.9, 20)
    assert not part.holds(10, 36.1)
