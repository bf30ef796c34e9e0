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
class Crop:
    """A part of an image that is encoded by itself, in whole pixels of the upright image.

    Attributes:
        left: First column.
        top: First row.
        width: Columns.
        height: Rows.
    """

    left: int
    top: int
    width: int
    height: int

    @property
    def name(self) -> str:
        """A name for files and caches."""
        return f"{self.left}-{self.top}-{self.width}-{self.height}"

    @property
    def box_xyxy(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom edges in image pixels."""
        return self.left, self.top, self.left + self.width, self.top + self.height

    def holds(self, x: float, y: float) -> bool:
        """Return whether a place of the image lies on the part, its edges included."""
        left, top, right, bottom = self.box_xyxy
        return left <= x <= right and top <= y <= bottom


@dataclass(frozen=True, slots=True)
class EmbeddingKey:
    """Names an embedding by what it was made from; equal images share one, and equal encoders.

    Attributes:
        sha256: Hash of the image's original bytes.
        encoder_id: Hash of the encoder's weights and the preprocessing.
        crop: The part of the image that was encoded; ``None`` for all of it.
    """

    sha256: str
    encoder_id: str
    crop: Crop | None = None

    @property
    def etag(self) -> str:
        """A short name for caches."""
        part = "" if self.crop is None else f"{self.crop.name}-"
        return f"{self.sha256[:16]}-{part}{self.encoder_id}"
