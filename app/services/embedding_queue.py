"""The order in which images are encoded: wanted ones first, expected ones when there is time."""

from dataclasses import dataclass

from app.domain.embedding import Crop, EmbeddingKey
from app.domain.image_record import StoredImage
from app.services.served_model import ServedModel

# An older expectation is most likely out of date: people have gone on.
_MOST_EXPECTED = 64


@dataclass(frozen=True, slots=True)
class EncodeJob:
    """An image, or a part of it, with the model that was to encode it when it was asked for."""

    image: StoredImage
    model: ServedModel
    crop: Crop | None = None


class EmbeddingQueue:
    """Images that wait for their encode.

    Those that somebody waits for come first, in the order of asking; then the others, the
    newest expectation first. The caller holds a lock.
    """

    def __init__(self) -> None:
        self._jobs: dict[EmbeddingKey, EncodeJob] = {}
        self._wishes: dict[EmbeddingKey, int] = {}
        self._expected: list[EmbeddingKey] = []

    def __len__(self) -> int:
        return len(self._jobs)

    def want(self, key: EmbeddingKey, job: EncodeJob) -> bool:
        """Let one more person wait for an image; return whether it is new here."""
        is_new = key not in self._jobs
        self._jobs[key] = job
        self._wishes[key] = self._wishes.get(key, 0) + 1
        if key in self._expected:
            self._expected.remove(key)
        return is_new

    def expect(self, key: EmbeddingKey, job: EncodeJob) -> bool:
        """Put an image before all that are only expected; return whether it is new here."""
        is_new = key not in self._jobs
        self._jobs[key] = job
        if key not in self._wishes:
            self._put_behind(key)
        return is_new

    def release(self, key: EmbeddingKey) -> None:
        """Let one person less wait for an image; one that nobody waits for is only expected."""
        if key not in self._wishes:
            return
        self._wishes[key] -= 1
        if self._wishes[key] == 0:
            del self._wishes[key]
            self._put_behind(key)

    @property
    def has_wanted(self) -> bool:
        """Whether somebody waits for one of the images."""
        return bool(self._wishes)

    def take(self) -> tuple[EmbeddingKey, EncodeJob] | None:
        """Return the image to encode now, and take it out; ``None`` if there is none."""
        order = self._order()
        if not order:
            return None
        key = order[0]
        self._wishes.pop(key, None)
        if key in self._expected:
            self._expected.remove(key)
        return key, self._jobs.pop(key)

    def position(self, key: EmbeddingKey) -> int | None:
        """Return the place of an image, 1 for the next one; ``None`` if it is not here."""
        return self._order().index(key) + 1 if key in self._jobs else None

    def _order(self) -> list[EmbeddingKey]:
        return [*self._wishes, *reversed(self._expected)]

    def _put_behind(self, key: EmbeddingKey) -> None:
        if key in self._expected:
            self._expected.remove(key)
        self._expected.append(key)
        for oldest in self._expected[:-_MOST_EXPECTED]:
            self._expected.remove(oldest)
            del self._jobs[oldest]
