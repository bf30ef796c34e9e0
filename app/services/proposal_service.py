"""Proposals: searched in one background thread, kept on disk, cancelled at any time."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Lock
from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray

from app.domain.image_record import StoredImage
from app.domain.prompts import LowResLogits
from app.domain.proposal import (
    FailedSearch,
    ProjectProposals,
    Proposal,
    ProposalKey,
    ProposalPhase,
    ProposalState,
)
from app.errors import AppError, ConflictError, NotFoundError, ServerFaultError
from app.services.image_versions import ImageVersions
from app.services.proposal_search import search, search_boxes
from app.services.served_model import ModelSource, ServedModel
from app.storage.file_store import FileStore
from app.storage.proposal_file import format_proposals, read_proposals

_logger = logging.getLogger(__name__)

MOST_FAILURES = 20
"""Failed searches of a project that are named; all are counted."""

Box: TypeAlias = tuple[float, float, float, float]
Search: TypeAlias = Callable[
    [ServedModel, NDArray[np.uint8], Callable[[float], None]], tuple[Proposal, ...]
]


class ProposalService:
    """Answers how far the proposals of an image are, and starts or ends a search.

    Everybody who asks for the same image joins the same search. What is on disk is done,
    also after a restart; a search that a restart cut short is started again by whoever asks.

    Args:
        model: Finds the masks.
        versions: Where the pixels come from.
        files: Where proposals are kept.
    """

    def __init__(self, model: ModelSource, versions: ImageVersions, files: FileStore) -> None:
        self._model = model
        self._versions = versions
        self._files = files
        # One thread for the tensors too: they are small, and several threads that wait for each
        # other on a busy machine take many times as long.
        self._executor = ThreadPoolExecutor(
            1, "proposals", initializer=torch.set_num_threads, initargs=(1,)
        )
        self._lock = Lock()
        self._shares: dict[ProposalKey, float | None] = {}
        self._cancelled: set[ProposalKey] = set()
        self._failures: dict[ProposalKey, dict[str, str]] = {}

    def state(self, image: StoredImage) -> ProposalState:
        """Return how far the proposals of an image are, starting nothing."""
        key = self._key(image)
        with self._lock:
            if key in self._shares and key not in self._cancelled:
                share = self._shares[key]
                phase = ProposalPhase.WAITING if share is None else ProposalPhase.RUNNING
                return ProposalState(phase, key.model_id, share or 0.0)
            failure = self._failures.get(key)
        if failure is not None:
            return ProposalState(ProposalPhase.FAILED, key.model_id, error=failure)
        proposals = self._read(key)
        if proposals is None:
            return ProposalState(ProposalPhase.NONE, key.model_id)
        return ProposalState(ProposalPhase.DONE, key.model_id, 1.0, proposals)

    def request(self, image: StoredImage) -> ProposalState:
        """Start the search of an image, or join what runs or is done; failed ones start anew."""
        model = self._model.current
        key = ProposalKey(image.file.sha256, model.model_id)
        with self._lock:
            self._failures.pop(key, None)
            if key in self._shares:
                self._cancelled.discard(key)
            elif not self._files.proposals_path(key).is_file():
                self._shares[key] = None
                self._executor.submit(self._run, key, image, model, search)
        return self.state(image)

    def request_boxes(self, image: StoredImage, boxes: Sequence[Box]) -> ProposalState:
        """Start making masks of boxes that a detector found, in place of earlier proposals.

        Args:
            image: Where they lie.
            boxes: Left, top, right, bottom in pixels of the image.

        Raises:
            ConflictError: If a search of the image runs.
        """
        model = self._model.current
        key = ProposalKey(image.file.sha256, model.model_id)
        with self._lock:
            if key in self._shares:
                raise ConflictError(
                    "proposing_runs",
                    "no search for masks of the image may run while boxes come in, got one",
                    "wait for its end, or cancel it",
                )
            self._failures.pop(key, None)
            self._shares[key] = None
            self._executor.submit(
                self._run, key, image, model, partial(search_boxes, boxes_xyxy=boxes)
            )
        return self.state(image)

    def request_all(self, images: Sequence[StoredImage]) -> ProjectProposals:
        """Start the search of every image that was not searched yet, in their order."""
        for image in images:
            self.request(image)
        return self.state_of_all(images)

    def state_of_all(self, images: Sequence[StoredImage]) -> ProjectProposals:
        """Return how many images are searched, starting nothing."""
        by_key = {self._key(image): image for image in reversed(images)}
        keys = by_key.keys()
        done = {key for key in keys if self._files.proposals_path(key).is_file()}
        with self._lock:
            waiting = (keys & self._shares.keys()) - self._cancelled
            failed = {key: self._failures[key] for key in keys & self._failures.keys()}
        failures = sorted(
            (
                FailedSearch(by_key[key].id, by_key[key].file.file_name, error)
                for key, error in failed.items()
            ),
            key=lambda failure: failure.image_id,
        )
        return ProjectProposals(
            total=len(keys),
            done=len(done - waiting),
            waiting=len(waiting),
            failed=len(failed),
            failures=tuple(failures[:MOST_FAILURES]),
        )

    def cancel_all(self, images: Sequence[StoredImage]) -> None:
        """End the searches of images; what was found already stays."""
        keys = {self._key(image) for image in images}
        with self._lock:
            self._cancelled.update(keys & self._shares.keys())

    def cancel(self, image: StoredImage) -> None:
        """End the search of an image and forget what it found."""
        key = self._key(image)
        with self._lock:
            if key in self._shares:
                self._cancelled.add(key)
            self._failures.pop(key, None)
            self._files.forget_proposals(key)

    def logits(self, image: StoredImage, number: int) -> LowResLogits:
        """Return the logits of one proposal.

        Raises:
            NotFoundError: If there is no such proposal.
        """
        for proposal in self._read(self._key(image)) or ():
            if proposal.number == number:
                return proposal.low_res_logits
        raise NotFoundError(
            "proposal_not_found",
            f"the proposal must be one that was found for this image, got number {number}",
            "ask for the proposals of the image again",
        )

    def close(self) -> None:
        """End the search that runs, drop those that wait, stop the thread."""
        with self._lock:
            self._cancelled.update(self._shares)
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _key(self, image: StoredImage) -> ProposalKey:
        return ProposalKey(image.file.sha256, self._model.current.model_id)

    def _read(self, key: ProposalKey) -> tuple[Proposal, ...] | None:
        path = self._files.proposals_path(key)
        proposals = read_proposals(path)
        if proposals is None and path.is_file():
            _logger.warning("the proposals %s are damaged; they can be searched again", path.name)
            path.unlink(missing_ok=True)
        return proposals

    def _run(self, key: ProposalKey, image: StoredImage, model: ServedModel, look: Search) -> None:
        failure: AppError | None = None
        try:
            self._note(key, 0.0)
            pixels = np.asarray(self._versions.upright(image))
            found = look(model, pixels, lambda share: self._note(key, share))
            self._note(key, 1.0)
            self._files.forget_proposals(key)
            self._files.save(self._files.proposals_path(key), format_proposals(found))
        except _CancelledError:
            _logger.info("the search for masks of image %d was cancelled", image.id)
        except AppError as error:
            failure = error
        except Exception as error:
            _logger.exception("searching masks of image %d failed", image.id)
            failure = ServerFaultError(
                "proposing_failed",
                f"searching masks of the image failed: {error}",
                "try again; the server's log has the details",
            )
        with self._lock:
            del self._shares[key]
            self._cancelled.discard(key)
            if failure is not None:
                self._failures[key] = failure.to_json()

    def _note(self, key: ProposalKey, share: float) -> None:
        with self._lock:
            if key in self._cancelled:
                raise _CancelledError
            self._shares[key] = share


class _CancelledError(Exception):
    """Somebody does not want the proposals any more."""
