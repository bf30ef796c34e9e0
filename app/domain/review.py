"""What reviewers say about images and objects, and who shall work on which image."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a reviewer says."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    """Nothing any more: the verdict before is taken back."""


@dataclass(frozen=True, slots=True)
class NewReview:
    """A verdict that shall be kept.

    Attributes:
        annotation_id: The object that it is about; ``None`` for the whole image.
        verdict: What the reviewer says.
        comment: Why; only a rejection must have one.
        author: Who says it; may be empty.
    """

    annotation_id: int | None
    verdict: Verdict
    comment: str
    author: str


@dataclass(frozen=True, slots=True)
class Review:
    """A verdict as it is kept; none is ever changed.

    Attributes:
        id: From 1, never used twice; the newest verdict about one thing counts.
        image_id: The image, or that of the object.
        content: What was said.
        client_key: What the page calls the object; ``None`` if it has no key, and for an image.
        is_outdated: Whether the object was changed since.
        created_at: UTC, ISO 8601.
    """

    id: int
    image_id: int
    content: NewReview
    client_key: str | None
    is_outdated: bool
    created_at: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who shall work on an image."""

    image_id: int
    user_id: int
