"""What a person adds to a mask beside its class, and what the mask cost."""

from dataclasses import dataclass, field

from app.domain.attribute import AttributeValues


@dataclass(frozen=True, slots=True)
class ObjectDetails:
    """What a person says about one object.

    Attributes:
        attributes: Answers by the names of the class's attributes.
        group_id: Objects of an image with the same number belong together; ``None`` for none.
        is_crowd: Whether the mask covers many things that were not told apart.
        notes: For people; may be empty.
        z_order: Objects with more of it lie above the others of their image; of equal ones
            the newer lies above.
    """

    attributes: AttributeValues = field(default_factory=dict)
    group_id: int | None = None
    is_crowd: bool = False
    notes: str = ""
    z_order: float = 0


@dataclass(frozen=True, slots=True)
class Effort:
    """What making a mask cost, refinements included.

    Attributes:
        clicks: Points and boxes that were set.
        undo_count: Steps that were taken back.
        hand_edits: Strokes and other changes of the mask without the model.
        active_ms: Working time; pauses of more than ten seconds count as ten seconds.
    """

    clicks: int
    undo_count: int
    hand_edits: int
    active_ms: int
