"""What the decoder offers for the prompts of one object."""

from dataclasses import dataclass

from app.domain.annotation import CocoRle, MaskMeasures
from app.domain.prompts import LowResLogits


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mask that the decoder offers.

    Attributes:
        mask: At image size.
        measures: Area and box; an empty mask has area 0.
        predicted_iou: The model's own estimate.
        low_res_logits: To be sent back with the next click.
    """

    mask: CocoRle
    measures: MaskMeasures
    predicted_iou: float
    low_res_logits: LowResLogits


@dataclass(frozen=True, slots=True)
class DecodeResult:
    """Candidates, best first, and how long they took.

    Attributes:
        candidates: Three for a single point, else one.
        model_id: The weights that made them.
        decode_ms: Time in the decoder and for the masks, in milliseconds.
    """

    candidates: tuple[Candidate, ...]
    model_id: str
    decode_ms: float
