"""What the machines of a cluster do with the photographs of a run; see ``cluster_driver``.

Rows are what passes between machines: plain values in, a pickled answer out.
"""

import pickle
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from app.domain.proposal_run import Digest, Look, Photograph, RunWish
from app.services.proposal_work import digest, look
from app.services.served_model import ServedModel

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlaceMissing:
    """A machine does not see the photographs at all.

    Attributes:
        host: The machine.
        place: The folder that all photographs are in.
    """

    host: str
    place: str


Answer = Digest | Look | PlaceMissing


def to_row(photograph: Photograph) -> Row:
    """Return a photograph as plain values."""
    return {
        "number": photograph.number,
        "name": photograph.name,
        "path": str(photograph.path),
        "sha256": photograph.sha256,
    }


def to_answer(row: Row) -> Answer:
    """Return the answer in a row that came back."""
    found: Answer = pickle.loads(row["answer"])
    return found


def digest_row(row: Row, place: str) -> Row:
    """Return the row with the digest of a photograph.

    Args:
        row: Of the photograph.
        place: Folder that all photographs are in.
    """
    return _answered(row, place, digest)


class LookWorker:
    """Holds the model and looks for masks.

    Args:
        fetch: Gets the model and the wish; called once, where the work is done.
        place: Folder that all photographs are in.
    """

    def __init__(self, fetch: Callable[[], tuple[ServedModel, RunWish]], place: str) -> None:
        torch.set_num_threads(1)  # a worker is given one core; more work is more workers
        self._model, self._wish = fetch()
        self._place = place

    def __call__(self, row: Row) -> Row:
        """Return the row with what came of looking at a photograph."""
        return _answered(row, self._place, self._look)

    def _look(self, photograph: Photograph) -> Look:
        return look(self._model, self._wish, photograph)


def _answered(row: Row, place: str, work: Callable[[Photograph], Digest | Look]) -> Row:
    photograph = Photograph(row["number"], row["name"], Path(row["path"]), row["sha256"])
    found = work(photograph)
    is_lost = bool(found.problem) and not Path(place).is_dir()
    answer: Answer = PlaceMissing(socket.gethostname(), place) if is_lost else found
    return {"number": photograph.number, "answer": pickle.dumps(answer)}
