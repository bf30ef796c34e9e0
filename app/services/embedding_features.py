"""The embeddings of the store as what a decoder is tuned on: nothing is encoded twice."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from app.domain.embedding import EmbeddingKey
from app.services.embedding_file import is_complete, load_embedding
from app.services.served_model import ServedModel
from app.storage.embedding_cache import EmbeddingCache
from sam_core.modeling import ImageFeatures, Sam


class EmbeddingFeatures:
    """Finds the features of an image among the embeddings, or adds them there.

    Args:
        model: Whose encoder makes what is missing.
        cache: The embeddings of the store.
        hashes: Hash of the original bytes of an image, by the key of its example.
    """

    def __init__(
        self, model: ServedModel, cache: EmbeddingCache, hashes: Mapping[str, str]
    ) -> None:
        self._model = model
        self._cache = cache
        self._hashes = hashes

    @property
    def sam(self) -> Sam:
        """The model whose features these are."""
        return self._model.sam

    def get(self, key: str, read_pixels: Callable[[], NDArray[np.uint8]]) -> ImageFeatures:
        """Return the features of an image, in half precision as the browser has them.

        Args:
            key: Of its example.
            read_pixels: Gives (height, width, 3) RGB; called only where features are missing.
        """
        name = EmbeddingKey(self._hashes[key], self._model.encoder_id)
        path = self._cache.path(name)
        if not (path.is_file() and is_complete(path)):
            self._cache.save(name, self._model.encode(read_pixels()))
        self._cache.mark_used(name)
        return load_embedding(path)
