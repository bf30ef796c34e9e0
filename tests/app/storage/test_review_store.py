"""Verdicts of reviewers in both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.annotation import MaskMeasures
from app.domain.image_record import ImageState
from app.domain.review import NewReview, Review, Verdict
from app.errors import NotFoundError
from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database
from app.storage.image_store import ImageStore
from app.storage.review_store import ReviewStore
from tests.helpers.app_fixtures import content
from tests.helpers.filled_store import new_image

KEY = "7b0c4f0e-52a1-4d0e-9c1e-0d6b3f5a9e11"
MEASURES = MaskMeasures(120, (5, 4, 15, 8))


@pytest.fixture
def reviews(database: Database) -> ReviewStore:
    image, _ = ImageStore(database).add(new_image())
    AnnotationStore(database).add(image.id, content(client_key=KEY), MEASURES)
    return ReviewStore(database)


def say(
    reviews: ReviewStore, verdict: Verdict, annotation_id: int | None = None, comment: str = ""
) -> tuple[Review, ImageState]:
    kept = reviews.add(1, NewReview(annotation_id, verdict, comment, "Rita"))
    assert kept is not None
    return kept


def mark(database: Database, state: ImageState) -> None:
    ImageStore(database).set_state(1, state)


def test_an_accepted_image_is_reviewed(reviews: ReviewStore, database: Database) -> None:
    mark(database, ImageState.DONE)
    review, state = say(reviews, Verdict.ACCEPTED)
    assert state is ImageState.REVIEWED
    assert (review.image_id, review.client_key, review.is_outdated) == (1, None, False)
    image = ImageStore(database).find(1)
    assert image is not None
    assert image.state is ImageState.REVIEWED
    assert reviews.current(1) == [review]


@pytest.mark.parametrize("before", [ImageState.DONE, ImageState.REVIEWED])
@pytest.mark.parametrize("annotation_id", [None, 1])
def test_a_rejection_puts_the_image_into_work_again_and_can_be_taken_back(
    reviews: ReviewStore, database: Database, before: ImageState, annotation_id: int | None
) -> None:
    mark(database, before)
    review, state = say(reviews, Verdict.REJECTED, annotation_id, "mend it")
    assert state is ImageState.IN_WORK
    assert review.content.comment == "mend it"
    _, state = say(reviews, Verdict.WITHDRAWN, annotation_id)
    assert state is before
    assert reviews.current(1) == []
    assert [one.content.verdict for one in reviews.history(1)] == ["withdrawn", "rejected"]


def test_what_is_withdrawn_leaves_a_state_that_somebody_chose_since(
    reviews: ReviewStore, database: Database
) -> None:
    mark(database, ImageState.DONE)
    say(reviews, Verdict.ACCEPTED)
    mark(database, ImageState.SKIPPED)
    assert say(reviews, Verdict.WITHDRAWN)[1] is ImageState.SKIPPED
    assert say(reviews, Verdict.WITHDRAWN)[1] is ImageState.SKIPPED


def test_a_verdict_about_an_object_leaves_an_open_image_as_it_is(reviews: ReviewStore) -> None:
    assert say(reviews, Verdict.REJECTED, 1, "mend it")[1] is ImageState.IN_WORK
    assert say(reviews, Verdict.ACCEPTED, 1)[1] is ImageState.IN_WORK


def test_the_newest_verdict_about_each_thing_counts(reviews: ReviewStore) -> None:
    say(reviews, Verdict.REJECTED, 1, "mend it")
    say(reviews, Verdict.REJECTED, None, "two are missing")
    say(reviews, Verdict.ACCEPTED, 1)
    current = [(one.content.annotation_id, one.content.verdict) for one in reviews.current(1)]
    assert current == [(None, "rejected"), (1, "accepted")]
    assert len(reviews.history(1)) == 3


def test_a_mended_object_makes_the_verdict_outdated(
    reviews: ReviewStore, database: Database
) -> None:
    review, _ = say(reviews, Verdict.REJECTED, 1, "mend it")
    assert (review.client_key, review.is_outdated) == (KEY, False)
    AnnotationStore(database).update(
        1, lambda saved: (replace(saved.content, category_id=1), saved.measures), None
    )
    assert [one.is_outdated for one in reviews.current(1)] == [True]
    assert say(reviews, Verdict.ACCEPTED, 1)[0].is_outdated is False


def test_verdicts_about_what_is_deleted_do_not_count_until_it_comes_back(
    reviews: ReviewStore, database: Database
) -> None:
    say(reviews, Verdict.REJECTED, 1, "mend it")
    AnnotationStore(database).delete(1, None)
    assert reviews.current(1) == []
    assert reviews.add(1, NewReview(1, Verdict.ACCEPTED, "", "")) is None
    AnnotationStore(database).restore(1)
    assert len(reviews.current(1)) == 1
    ImageStore(database).delete(1)
    assert reviews.current(1) == []
    assert reviews.add(1, NewReview(None, Verdict.ACCEPTED, "", "")) is None


def test_an_object_of_another_image_cannot_be_reviewed_here(
    reviews: ReviewStore, database: Database
) -> None:
    other, _ = ImageStore(database).add(new_image(sha256="f" * 64))
    assert reviews.add(other.id, NewReview(1, Verdict.ACCEPTED, "", "")) is None


def test_another_project_has_its_own_verdicts(reviews: ReviewStore) -> None:
    with pytest.raises(NotFoundError):
        reviews.current(99)
