"""Embedding files, of which the least recently used go when there are too many bytes."""

import logging
import os
from pathlib import Path

from app.domain.embedding import EmbeddingKey
from app.storage.file_store import FileStore

_logger = logging.getLogger(__name__)


class EmbeddingCache:
    """Keeps embeddings up to a size; each of them can be computed again.

    The time of a file is that of its last use, so that the order survives a restart. Files
    may be deleted by hand at any time.

    Args:
        files: The data folder.
        max_bytes: Size of all files together; the newest one stays even if it is larger.
    """

    def __init__(self, files: FileStore, max_bytes: int) -> None:
        self._files = files
        self._max_bytes = max_bytes

    def path(self, key: EmbeddingKey) -> Path:
        """Return where an embedding lies, if it is there."""
        return self._files.embedding_path(key)

    def mark_used(self, key: EmbeddingKey) -> None:
        """Note that an embedding was used now; one that is gone stays gone."""
        try:
            os.utime(self.path(key))
        except FileNotFoundError:
            _logger.info("the embedding %s is gone; it is computed when asked for", key.etag)

    def save(self, key: EmbeddingKey, content: bytes) -> None:
        """Keep an embedding, then make room.

        Raises:
            AppError: If the disk is full or cannot be written.
        """
        self._files.save(self.path(key), content)
        self._make_room(self.path(key))

    def remove(self, key: EmbeddingKey) -> None:
        """Delete an embedding if it is there."""
        self.path(key).unlink(missing_ok=True)

    def _make_room(self, newest: Path) -> None:
        found = [
            (status.st_mtime_ns, status.st_size, path) for path, status in self._files.embeddings()
        ]
        excess = sum(size for _, size, _ in found) - self._max_bytes
        for _, size, path in sorted(found):
            if excess <= 0:
                return
            if path != newest:
                path.unlink(missing_ok=True)
                excess -= size
