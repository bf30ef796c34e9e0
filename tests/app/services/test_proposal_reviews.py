"""Decisions about proposals are kept per image, and the queue follows from them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.annotation import CocoRle, MaskMeasures
from app.domain.image_record import ImageRecord, NewImage
from app.domain.prompts import LowResLogits
from app.domain.proposal import Proposal, ProposalKey
from app.domain.proposal_review import ProposalDecisions, QueuedImage
from app.errors import NotFoundError
from app.services.proposal_reviews import ProposalReviews
from app.services.served_model import ServedModel
from app.storage.file_store import FileStore
from app.storage.proposal_file import format_proposals

PROPOSAL = Proposal(
    number=1,
    mask=CocoRle(8, 8, "0P2"),
    measures=MaskMeasures(64, (0, 0, 8, 8)),
    predicted_iou=0.9,
    stability_score=0.8,
    point_xy=(4.5, 4.0),
    parent=None,
    low_res_logits=LowResLogits(1, 2, b"\0\0\0\0"),
)


def image(number: int, content: str) -> ImageRecord:
    file = NewImage(f"{number}.png", 8, 8, content * 64, 1, "image/png", "image/png", True)
    return ImageRecord(number, file, "", 0)


# The third has the same bytes as the first, as the same photograph in another project has.
IMAGES = [image(1, "a"), image(2, "b"), image(3, "a")]


class Desk:
    def __init__(self, folder: Path, model: ServedModel) -> None:
        self.files, self.model = FileStore(folder), model
        self.reviews = ProposalReviews(model, self.files)

    def propose(self, one: ImageRecord, *scores: tuple[float, float]) -> None:
        found = [
            replace(PROPOSAL, number=number, predicted_iou=iou, stability_score=stable)
            for number, (iou, stable) in enumerate(scores, start=1)
        ]
        key = ProposalKey(one.file.sha256, self.model.model_id)
        self.files.forget_proposals(key)
        self.files.save(self.files.proposals_path(key), format_proposals(found))


@pytest.fixture
def desk(tmp_path: Path, tiny_model: ServedModel) -> Desk:
    return Desk(tmp_path, tiny_model)


def decided(*rejected: int, accepted: tuple[int, ...] = ()) -> ProposalDecisions:
    return ProposalDecisions(frozenset(rejected), frozenset(accepted))


def test_the_surest_image_comes_first_and_weak_proposals_do_not_count(desk: Desk) -> None:
    desk.propose(IMAGES[0], (0.5, 0.5), (0.4, 0.4), (0.9, 0.1))
    desk.propose(IMAGES[1], (0.9, 0.8))
    assert desk.reviews.queue(IMAGES[:2], 0.4, 0.4) == [
        QueuedImage(2, "2.png", 1, 0.72),
        QueuedImage(1, "1.png", 2, 0.205),
    ]
    assert [one.image_id for one in desk.reviews.queue(IMAGES[:2], 0.95, 0)] == []


def test_an_image_leaves_the_queue_when_all_is_decided(desk: Desk) -> None:
    desk.propose(IMAGES[0], (0.5, 0.5), (0.4, 0.4))
    desk.reviews.decide(IMAGES[0], decided(1))
    assert [one.undecided for one in desk.reviews.queue(IMAGES[:1], 0, 0)] == [1]
    desk.reviews.decide(IMAGES[0], decided(1, accepted=(2,)))
    assert desk.reviews.queue(IMAGES[:1], 0, 0) == []
    desk.reviews.decide(IMAGES[0], decided())
    assert [one.undecided for one in desk.reviews.queue(IMAGES[:1], 0, 0)] == [2]


def test_decisions_are_those_of_one_image_even_where_bytes_are_the_same(desk: Desk) -> None:
    desk.propose(IMAGES[0], (0.5, 0.5))
    desk.reviews.decide(IMAGES[0], decided(1))
    assert desk.reviews.decisions(IMAGES[0]) == decided(1)
    assert desk.reviews.decisions(IMAGES[2]) == decided()


def test_a_new_search_forgets_decisions_and_scores(desk: Desk) -> None:
    desk.propose(IMAGES[0], (0.5, 0.5))
    desk.reviews.decide(IMAGES[0], decided(1))
    desk.propose(IMAGES[0], (0.8, 0.5), (0.8, 1.0))
    assert desk.reviews.queue(IMAGES[:1], 0, 0) == [QueuedImage(1, "1.png", 2, 0.6)]


def test_decisions_about_nothing_are_refused(desk: Desk) -> None:
    desk.propose(IMAGES[0], (0.5, 0.5))
    with pytest.raises(NotFoundError, match="got number 7"):
        desk.reviews.decide(IMAGES[0], decided(1, accepted=(7,)))
    with pytest.raises(NotFoundError, match="got number 1"):
        desk.reviews.decide(IMAGES[1], decided(1))
