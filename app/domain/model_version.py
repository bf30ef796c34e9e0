"""Models that were tuned on accepted masks, and which one is served."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scores:
    """How well a simulated annotator gets on with a model on images that it never saw.

    Attributes:
        clicks_to_90: Mean number of clicks until the IoU is 0.9; those that never get there
            count as the most that were made.
        first_iou: Mean IoU after the first click.
    """

    clicks_to_90: float
    first_iou: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The scores at one moment of a run.

    Attributes:
        seconds: Since the tuning began.
        scores: Of the decoder as it was then.
    """

    seconds: float
    scores: Scores


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a version was made of and what it brought.

    Attributes:
        project_name: Whose masks.
        image_count: Images that were learnt from.
        mask_count: Masks that were learnt from.
        held_out_image_count: Images that were kept apart for the scores.
        held_out_mask_count: Masks on them.
        seconds: What the run took.
        before: Scores of the model that it started from.
        after: Scores of the version.
        curve: Scores on the way, oldest first.
    """

    project_name: str
    image_count: int
    mask_count: int
    held_out_image_count: int
    held_out_mask_count: int
    seconds: float
    before: Scores
    after: Scores
    curve: tuple[CurvePoint, ...] = ()


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A tuned model that shall be kept.

    Attributes:
        model_id: Hash of all its weights.
        base_id: The model that it was made from.
        encoder_id: Hash of its encoder; the same as the base's unless that was tuned too.
        name: What people call it.
        file_sha256: Hash of the file with the weights that differ.
        byte_count: Size of that file.
        lesson: What it learnt.
    """

    model_id: str
    base_id: str
    encoder_id: str
    name: str
    file_sha256: str
    byte_count: int
    lesson: Lesson


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """A tuned model in the store.

    Attributes:
        id: From 1, never used twice.
        version: What it is.
        created_at: UTC, ISO 8601.
    """

    id: int
    version: NewVersion
    created_at: str


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model that can be served, as it is listed.

    Attributes:
        model_id: Hash of all its weights.
        name: What people call it.
        version: Where it came from; ``None`` for the model that the settings name.
        is_served: Whether it answers now.
        problem: Why it cannot be used; empty if it can.
    """

    model_id: str
    name: str
    version: ModelVersion | None
    is_served: bool
    problem: str = ""
