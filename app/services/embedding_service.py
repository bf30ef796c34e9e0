"""Embeddings: computed once per image and encoder, in one background thread, kept on disk."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import numpy as np

from app.domain.embedding import Crop, EmbeddingKey, EmbeddingPhase, EmbeddingState
from app.domain.image_record import StoredImage
from app.domain.served_file import ServedFile
from app.errors import AppError, ConflictError, ServerFaultError
from app.services.embedding_file import is_complete
from app.services.embedding_queue import EmbeddingQueue, EncodeJob
from app.services.encode_interruption import EncodeInterrupted
from app.services.image_versions import ImageVersions
from app.services.metrics import Metrics
from app.services.served_model import ModelSource
from app.storage.embedding_cache import EmbeddingCache

_logger = logging.getLogger(__name__)


class EmbeddingService:
    """Answers how far an embedding is, and starts what is missing.

    Wherever a part of an image may be named, leaving it out means all of the image.

    One thread encodes, so that two images never share the processor; everybody who asks
    for the same image joins the same job. What somebody waits for goes before what is only
    expected to be wanted soon, and stops an encode that is only expected. What is on disk is
    ready, also after a restart.

    Args:
        model: Has the encoder.
        versions: Where the pixels come from.
        cache: Where embeddings are kept.
        metrics: What counts them.
    """

    def __init__(
        self,
        model: ModelSource,
        versions: ImageVersions,
        cache: EmbeddingCache,
        metrics: Metrics | None = None,
    ) -> None:
        self._metrics = metrics or Metrics()
        self._metrics.watch_queue(lambda: len(self._queue))
        self._model = model
        self._versions = versions
        self._cache = cache
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encoder")
        self._lock = Lock()
        self._queue = EmbeddingQueue()
        self._encoding_since: tuple[EmbeddingKey, float] | None = None
        self._may_stop = False
        self._failures: dict[EmbeddingKey, dict[str, str]] = {}
        self._durations: list[float] = []

    def key(self, image: StoredImage, crop: Crop | None = None) -> EmbeddingKey:
        """Return the name of an image's embedding, or of a part's, by the present encoder."""
        return EmbeddingKey(image.file.sha256, self._model.current.encoder_id, crop)

    def state(self, image: StoredImage, crop: Crop | None = None) -> EmbeddingState:
        """Return how far the embedding of an image is, starting nothing."""
        key = self.key(image, crop)
        with self._lock:
            return self._state(key)

    def request(self, image: StoredImage, crop: Crop | None = None) -> EmbeddingState:
        """Start the embedding of an image, or join what runs already; failed ones start anew."""
        model = self._model.current
        key = EmbeddingKey(image.file.sha256, model.encoder_id, crop)
        with self._lock:
            is_ready = self._is_ready(key)
            self._metrics.count_embedding(is_hit=is_ready)
            if self._is_encoding(key):
                self._may_stop = False
            elif not is_ready:
                self._failures.pop(key, None)
                if self._queue.want(key, EncodeJob(image, model, crop)):
                    self._executor.submit(self._run_next)
            return self._state(key)

    def expect(self, image: StoredImage, crop: Crop | None = None) -> EmbeddingState:
        """Say that an image will be wanted soon: it is encoded when nobody waits for another.

        What failed before is not tried again before somebody wants it.
        """
        model = self._model.current
        key = EmbeddingKey(image.file.sha256, model.encoder_id, crop)
        job = EncodeJob(image, model, crop)
        with self._lock:
            is_settled = self._is_ready(key) or key in self._failures
            if not is_settled and not self._is_encoding(key) and self._queue.expect(key, job):
                self._executor.submit(self._run_next)
            return self._state(key)

    def release(self, image: StoredImage, crop: Crop | None = None) -> None:
        """Take back a request: whoever made it does not wait any more.

        An encode that runs goes on; one that waits steps back behind those that are wanted.
        """
        key = self.key(image, crop)
        with self._lock:
            self._queue.release(key)

    def file(self, image: StoredImage, crop: Crop | None = None) -> ServedFile:
        """Return the embedding as a file.

        Raises:
            ConflictError: If it is not ready.
        """
        key = self.key(image, crop)
        if not self._is_ready(key):
            raise ConflictError(
                "embedding_not_ready",
                f"the embedding must be ready, got state {self.state(image, crop).phase.value!r}",
                "ask for it with POST and wait for the state 'ready'",
            )
        self._cache.mark_used(key)
        return ServedFile(self._cache.path(key), "application/octet-stream", key.etag)

    def recompute(self, image: StoredImage, crop: Crop | None = None) -> EmbeddingState:
        """Start an embedding anew, because its file turned out to be damaged."""
        _logger.warning("the embedding of image %d is damaged; it is computed again", image.id)
        self._cache.remove(self.key(image, crop))
        return self.request(image, crop)

    def close(self) -> None:
        """Finish the encode that runs, drop those that wait, stop the thread."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _run_next(self) -> None:
        started = time.monotonic()
        with self._lock:
            self._may_stop = not self._queue.has_wanted
            taken = self._queue.take()
            if taken is None:  # dropped, because too many were expected
                return
            key, job = taken
            self._encoding_since = (key, started)
        failure: AppError | None = None
        try:
            pixels = np.asarray(self._versions.upright(job.image))
            self._cache.save(key, job.model.encode(pixels, self._must_stop, job.crop))
        except EncodeInterrupted:
            with self._lock:
                self._encoding_since = None
                if self._queue.expect(key, job):
                    self._executor.submit(self._run_next)
            return
        except AppError as error:
            failure = error
        except Exception as error:
            _logger.exception("encoding image %d failed", job.image.id)
            failure = ServerFaultError(
                "encoding_failed",
                f"encoding the image failed: {error}",
                "try again; the server's log has the details",
            )
        with self._lock:
            self._encoding_since = None
            if failure is None:
                self._durations.append(time.monotonic() - started)
                self._metrics.count_encode(self._durations[-1])
            else:
                self._failures[key] = failure.to_json()

    def _must_stop(self) -> bool:
        """Whether the encode that runs is only expected, and somebody waits for another."""
        with self._lock:
            return self._may_stop and self._queue.has_wanted

    def _is_ready(self, key: EmbeddingKey) -> bool:
        path = self._cache.path(key)
        if not path.is_file():
            return False
        if is_complete(path):
            return True
        _logger.warning("the embedding %s is damaged; it is computed again", path.name)
        path.unlink(missing_ok=True)
        return False

    def _is_encoding(self, key: EmbeddingKey) -> bool:
        return self._encoding_since is not None and self._encoding_since[0] == key

    def _state(self, key: EmbeddingKey) -> EmbeddingState:
        if self._is_encoding(key):
            return EmbeddingState(EmbeddingPhase.ENCODING, eta_s=self._rest_of_current())
        position = self._queue.position(key)
        if position is not None:
            return EmbeddingState(
                EmbeddingPhase.WAITING, eta_s=self._eta(position), queue_position=position
            )
        if self._is_ready(key):
            return EmbeddingState(EmbeddingPhase.READY, eta_s=0.0)
        if key in self._failures:
            return EmbeddingState(EmbeddingPhase.FAILED, error=self._failures[key])
        return EmbeddingState(EmbeddingPhase.WAITING)

    def _mean(self) -> float | None:
        return sum(self._durations) / len(self._durations) if self._durations else None

    def _rest_of_current(self) -> float | None:
        mean = self._mean()
        if mean is None or self._encoding_since is None:
            return mean if self._encoding_since else 0.0
        return round(max(0.0, mean - (time.monotonic() - self._encoding_since[1])), 2)

    def _eta(self, position: int) -> float | None:
        mean, rest = self._mean(), self._rest_of_current()
        if mean is None or rest is None:
            return None
        return round(rest + position * mean, 2)
