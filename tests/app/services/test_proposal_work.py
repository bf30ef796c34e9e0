"""The work on one photograph: an answer for every file, whatever is in it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.proposal_run import Digest, Photograph, RunWish
from app.services.proposal_work import LocalRoad, digest, look
from app.services.served_model import ServedModel
from tests.helpers.sample_images import jpeg

CONTENT = jpeg(seed=3)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def photograph(tmp_path: Path) -> Photograph:
    path = tmp_path / "a.jpg"
    path.write_bytes(CONTENT)
    return Photograph(5, "a.jpg", path)


@pytest.fixture
def wish(tiny_model: ServedModel) -> RunWish:
    return RunWish(tiny_model.model_id, points_per_side=4, most_masks=6)


def test_a_photograph_is_known_by_its_bytes(photograph: Photograph) -> None:
    assert digest(photograph) == Digest(5, SHA256)


def test_a_known_hash_is_believed_without_reading(photograph: Photograph) -> None:
    photograph.path.unlink()
    assert digest(replace(photograph, sha256="known")) == Digest(5, "known")
    assert digest(photograph) == Digest(5, problem="No such file or directory")


def test_a_look_gives_the_masks_at_the_size_of_the_photograph(
    photograph: Photograph, tiny_model: ServedModel, wish: RunWish
) -> None:
    found = look(tiny_model, wish, replace(photograph, sha256=SHA256))
    assert (found.number, found.problem) == (5, "")
    image = found.image
    assert image is not None
    assert (image.sha256, image.file_name, image.width, image.height) == (SHA256, "a.jpg", 48, 32)
    assert 0 < len(image.masks) <= 6
    scores = [mask.predicted_iou for mask in image.masks]
    assert scores == sorted(scores, reverse=True)


def test_bytes_that_changed_are_a_problem(
    photograph: Photograph, tiny_model: ServedModel, wish: RunWish
) -> None:
    photograph.path.write_bytes(jpeg(seed=4))
    found = look(tiny_model, wish, replace(photograph, sha256=SHA256))
    assert found.image is None
    assert "changed" in found.problem


def test_files_that_cannot_be_read_are_problems(
    photograph: Photograph, tiny_model: ServedModel, wish: RunWish
) -> None:
    photograph.path.write_bytes(b"text")
    known = replace(photograph, sha256=hashlib.sha256(b"text").hexdigest())
    assert "got something else" in look(tiny_model, wish, known).problem
    photograph.path.unlink()
    assert look(tiny_model, wish, known).problem == "No such file or directory"


def test_the_local_road_answers_in_order(
    photograph: Photograph, tiny_model: ServedModel, wish: RunWish
) -> None:
    known = replace(photograph, sha256=SHA256)
    road = LocalRoad(tiny_model, wish)
    both = [known, replace(known, number=6)]
    assert list(road.digests(both)) == [Digest(5, SHA256), Digest(6, SHA256)]
    assert [answer.number for answer in road.looks(both)] == [5, 6]
