"""Models, what they learn, and what masks cost, as the server answers them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from app.client.values import Value


@dataclass(frozen=True, slots=True)
class ModelChoice(Value):
    """A model that the server can answer with.

    Attributes:
        model_id: Hash of all its weights.
        name: What people call it.
        is_served: Whether it answers now.
        problem: Why it cannot be used; ``None`` if it can.
        base_id: The model that it was tuned from; ``None`` for that of the settings.
        lesson: What it learnt and what that brought, as in ``docs/http_api.md``.
    """

    model_id: str
    name: str
    is_served: bool
    problem: str | None
    base_id: str | None
    lesson: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Lessons(Value):
    """How much a project gives to learn from.

    Attributes:
        image_count: Images that are learnt from.
        mask_count: Masks on them.
        held_out_image_count: Images that are kept apart, to see what was learnt.
        held_out_mask_count: Masks on them.
        is_enough: Whether a run may start.
        least_images: How many images are needed in all.
        least_masks: How many masks are needed in all.
    """

    image_count: int
    mask_count: int
    held_out_image_count: int
    held_out_mask_count: int
    is_enough: bool
    least_images: int
    least_masks: int


@dataclass(frozen=True, slots=True)
class TuningRun(Value):
    """How far a run is that tunes the model.

    Attributes:
        state: ``none``, ``starting``, ``encoding``, ``tuning``, ``exporting``, ``done``,
            ``cancelled``, ``failed`` or ``interrupted``.
        project_id: Whose masks; ``None`` if there never was a run.
        done: Pieces of the state that are finished.
        total: Pieces of the state in all.
        model_id: What came of it; ``None`` while it runs, and if nothing was better.
        before: Scores of the model that it started from.
        curve: Scores on the way, oldest first.
        error: Code, message and hint of a run that failed.
    """

    state: str
    project_id: int | None
    done: int
    total: int
    model_id: str | None
    before: Mapping[str, float] | None
    curve: Sequence[Mapping[str, Any]]
    error: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Cost(Value):
    """What masks cost.

    Attributes:
        object_count: Masks.
        image_count: Images that they lie on.
        measured_count: Masks whose cost is known; the sums are over these.
        clicks: Points and boxes.
        undo_count: Steps that were taken back.
        hand_edits: Changes by hand.
        active_ms: Time of work in milliseconds.
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
    """What the masks of a project cost.

    Attributes:
        total: All of them.
        by_day: By day in UTC, such as ``2026-11-27``.
        by_category: By id of the class.
    """

    total: Cost
    by_day: Mapping[str, Cost]
    by_category: Mapping[int, Cost]

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the value.

        Raises:
            KeyError: If a field is missing.
        """
        return cls(
            Cost.from_json(values["total"]),
            {one["day"]: Cost.from_json(one) for one in values["by_day"]},
            {one["category_id"]: Cost.from_json(one) for one in values["by_category"]},
        )


@dataclass(frozen=True, slots=True)
class ProjectProposals(Value):
    """How far the search for masks is in a project; the numbers count images.

    Attributes:
        total: All of them.
        done: Searched.
        waiting: Not searched yet, but asked for.
        failed: Those that could not be searched.
        failures: The first of these: ``image_id``, ``file_name`` and ``error``.
    """

    total: int
    done: int
    waiting: int
    failed: int
    failures: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class QueuedImage(Value):
    """An image where proposals wait for a decision.

    Attributes:
        image_id: The image.
        file_name: Its name.
        undecided: How many wait.
        score: Mean of predicted IoU times stability.
    """

    image_id: int
    file_name: str
    undecided: int
    score: float


@dataclass(frozen=True, slots=True)
class BoxReport(Value):
    """What came of a detector's file.

    Attributes:
        image_ids: Images of the project whose boxes become masks now.
        boxes: Boxes on these.
        damaged: Entries that are no box inside their image.
        left_out_count: Images of the file that were left out.
        left_out: The first of these: ``file_name`` and ``reason``.
    """

    image_ids: Sequence[int]
    boxes: int
    damaged: int
    left_out_count: int
    left_out: Sequence[Mapping[str, Any]]
