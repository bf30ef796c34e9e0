"""The work of a machine of a cluster, without the cluster."""

from __future__ import annotations

import hashlib
import pickle
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.domain.proposal_run import Digest, Photograph, RunWish
from app.services.cluster_work import LookWorker, PlaceMissing, digest_row, to_answer, to_row
from app.services.proposal_work import look
from app.services.served_model import ServedModel
from tests.helpers.sample_images import jpeg

CONTENT = jpeg(seed=3)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def photograph(tmp_path: Path) -> Photograph:
    path = tmp_path / "photos" / "a.jpg"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    return Photograph(5, "a.jpg", path)


@pytest.fixture(autouse=True)
def _threads() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def test_a_photograph_is_read_where_it_is_seen(photograph: Photograph) -> None:
    row = digest_row(to_row(photograph), str(photograph.path.parent))
    assert to_answer(row) == Digest(5, SHA256)
    assert row["number"] == 5


def test_a_worker_with_a_copy_of_the_model_finds_the_same_masks(
    photograph: Photograph, tiny_model: ServedModel
) -> None:
    wish = RunWish(tiny_model.model_id, points_per_side=4, most_masks=6)
    sent = pickle.dumps((tiny_model, wish))
    worker = LookWorker(lambda: pickle.loads(sent), str(photograph.path.parent))
    assert torch.get_num_threads() == 1
    known = replace(photograph, sha256=SHA256)
    assert to_answer(worker(to_row(known))) == look(tiny_model, wish, known)


def test_one_missing_file_is_a_problem_and_a_missing_folder_is_said(
    photograph: Photograph,
) -> None:
    place = photograph.path.parent
    photograph.path.unlink()
    found = to_answer(digest_row(to_row(photograph), str(place)))
    assert found == Digest(5, problem="No such file or directory")
    place.rmdir()
    gone = to_answer(digest_row(to_row(photograph), str(place)))
    assert gone == PlaceMissing(socket.gethostname(), str(place))
