"""Reviews and assignments as JSON."""

from dataclasses import dataclass
from typing import Any

from app.domain.review import Assignment, NewReview, Review, Verdict
from app.errors import InvalidRequestError
from app.schemas.json_object import JsonObject, check_integer

LONGEST_COMMENT = 2000
MOST_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class AssignmentWish:
    """Images that shall be given to a user; to nobody if that is ``None``."""

    image_ids: tuple[int, ...]
    user_id: int | None


def parse_review(values: Any, author: str) -> NewReview:
    """Return the checked verdict.

    Args:
        values: Parsed JSON.
        author: Who says it.

    Raises:
        InvalidRequestError: If a field is malformed, or a rejection does not say why.
    """
    body = JsonObject(values)
    named = body.raw("annotation_id")
    verdict = body.choice("verdict", Verdict)
    comment = body.text("comment", longest=LONGEST_COMMENT, required=False)
    if verdict is Verdict.REJECTED and not comment:
        raise InvalidRequestError(
            "comment_missing",
            "a rejection must have a comment, got none",
            "say what must be mended",
        )
    annotation_id = None if named is None else check_integer(named, "annotation_id")
    return NewReview(annotation_id, verdict, comment, author)


def parse_assignment(values: Any) -> AssignmentWish:
    """Return the checked wish.

    Raises:
        InvalidRequestError: If a field is malformed or there are too many images.
    """
    body = JsonObject(values)
    ids = {check_integer(value, "image_ids") for value in body.items("image_ids")}
    if not 1 <= len(ids) <= MOST_AT_ONCE:
        raise InvalidRequestError(
            "field_invalid",
            f"image_ids must name 1 to {MOST_AT_ONCE} images, got {len(ids)}",
            "assign them in parts",
        )
    user_id = body.raw("user_id")
    return AssignmentWish(
        tuple(sorted(ids)), None if user_id is None else check_integer(user_id, "user_id")
    )


def format_review(review: Review) -> dict[str, Any]:
    """Return a verdict as JSON."""
    content = review.content
    return {
        "id": review.id,
        "image_id": review.image_id,
        "annotation_id": content.annotation_id,
        "client_key": review.client_key,
        "verdict": content.verdict.value,
        "comment": content.comment,
        "author": content.author,
        "is_outdated": review.is_outdated,
        "created_at": review.created_at,
    }


def format_assignment(assignment: Assignment) -> dict[str, Any]:
    """Return an assignment as JSON."""
    return {"image_id": assignment.image_id, "user_id": assignment.user_id}
