"""What the masks of a project cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """Sums over some masks. Means are taken over ``measured_count``.

    Attributes:
        object_count: Kept masks.
        image_count: Images that have one of them.
        measured_count: Those whose cost is known; the sums below are of these.
        clicks: Points and boxes.
        undo_count: Steps taken back.
        hand_edits: Changes without the model.
        active_ms: Working time.
    """

    object_count: int
    image_count: int
    measured_count: int
    clicks: int
    undo_count: int
    hand_edits: int
    active_ms: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The cost of a project's masks, cut in two ways.

    Attributes:
        total: All masks.
        by_day: By the day on which they were made (UTC), oldest first.
        by_category: By class, the class with the lowest id first.
    """

    total: Cost
    by_day: tuple[tuple[str, Cost], ...]
    by_category: tuple[tuple[int, Cost], ...]
