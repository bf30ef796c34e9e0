"""Reviews and assignments as the views ask for them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.context import AppContext
from app.domain.image_record import ImageState
from app.domain.review import Assignment, NewReview, Verdict
from app.domain.user import Role, User
from app.errors import NotFoundError


def test_a_verdict_is_kept_and_tells_the_state(context: AppContext, image_id: int) -> None:
    teamwork = context.teamwork
    review, state = teamwork.review(image_id, NewReview(None, Verdict.ACCEPTED, "good", "Rita"))
    assert state is ImageState.REVIEWED
    assert teamwork.history(image_id) == [review]
    assert teamwork.current_reviews(1) == [review]


def test_what_is_not_there_cannot_be_reviewed(context: AppContext, image_id: int) -> None:
    new = NewReview(7, Verdict.ACCEPTED, "", "")
    with pytest.raises(NotFoundError, match="the annotation must be on the image, got id 7"):
        context.teamwork.review(image_id, new)
    for missing in (lambda: context.teamwork.review(99, new), lambda: context.teamwork.history(99)):
        with pytest.raises(NotFoundError) as caught:
            missing()
        assert caught.value.code == "image_not_found"


def test_images_are_given_to_somebody_who_is_there(
    client: FlaskClient, context: AppContext, image_id: int, team: dict[Role, User]
) -> None:
    ben = team[Role.ANNOTATOR]
    assert context.teamwork.assign(1, [image_id], ben.id) == [Assignment(image_id, ben.id)]
    with pytest.raises(NotFoundError, match="nothing was assigned"):
        context.teamwork.assign(1, [image_id], 99)
    assert context.teamwork.assignments(1) == [Assignment(image_id, ben.id)]
