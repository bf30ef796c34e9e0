"""How far the embedding of an image is."""

from dataclasses import dataclass
from enum import StrEnum


class EmbeddingPhase(StrEnum):
    """The four states that the page shows."""

    WAITING = "waiting"
    ENCODING = "encoding"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class EmbeddingState:
    """The state of one embedding at one moment.

    Attributes:
        phase: Waiting also means "not asked for yet"; then there is no queue position.
        eta_s: Seconds until it is ready, from the mean of past encodes; ``None`` if unknown.
        queue_position: 1 is next; ``None`` when not in the queue.
        error: Why it failed: code, message and hint.
    """

    phase: EmbeddingPhase
    eta_s: float | None = None
    queue_position: int | None = None
    error: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class EmbeddingKey:
    """Names an embedding by what it was made from; equal images share one, and equal encoders.

    Attributes:
        sha256: Hash of the image's original bytes.
        encoder_id: Hash of the encoder's weights and the preprocessing.
    """

    sha256: str
    encoder_id: str

    @property
    def etag(self) -> str:
        """A short name for caches."""
        return f"{self.sha256[:16]}-{self.encoder_id}"
