"""The work on one photograph of a run: the same on this machine and on every other one."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from app.domain.proposal import Proposal
from app.domain.proposal_run import Digest, Look, Photograph, ProposedImage, ProposedMask, RunWish
from app.errors import AppError
from app.services.image_reading import read_upright
from app.services.proposal_search import SearchWish, search
from app.services.served_model import ServedModel


class Road(Protocol):
    """Where the work on many photographs is done.

    Each photograph is answered at least once, in any order; a run believes the first answer.
    """

    def digests(self, photographs: Sequence[Photograph]) -> Iterable[Digest]:
        """Read photographs, to know them by their bytes.

        Raises:
            AppError: If the work cannot go on.
        """

    def looks(self, photographs: Sequence[Photograph]) -> Iterable[Look]:
        """Look for the masks of photographs.

        Raises:
            AppError: If the work cannot go on.
        """


@dataclass(frozen=True, slots=True)
class LocalRoad:
    """One photograph after the other, in this process.

    Attributes:
        model: Finds the masks.
        wish: Which masks are kept.
    """

    model: ServedModel
    wish: RunWish

    def digests(self, photographs: Sequence[Photograph]) -> Iterator[Digest]:
        """Read photographs, to know them by their bytes."""
        return map(digest, photographs)

    def looks(self, photographs: Sequence[Photograph]) -> Iterator[Look]:
        """Look for the masks of photographs."""
        return (look(self.model, self.wish, photograph) for photograph in photographs)


def digest(photograph: Photograph) -> Digest:
    """Return the hash of a photograph; its file is read only if the hash is not known yet."""
    if photograph.sha256:
        return Digest(photograph.number, photograph.sha256)
    try:
        content = photograph.path.read_bytes()
    except OSError as error:
        return Digest(photograph.number, problem=str(error.strerror))
    return Digest(photograph.number, hashlib.sha256(content).hexdigest())


def look(model: ServedModel, wish: RunWish, photograph: Photograph) -> Look:
    """Return the masks of a photograph, or why there are none.

    Args:
        model: Finds them.
        wish: Which are kept.
        photograph: With its hash: bytes that changed since are a problem, not another image.
    """
    try:
        content = photograph.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != photograph.sha256:
            return Look(photograph.number, problem="the file changed while the run was at work")
        pixels = np.asarray(read_upright(content))
    except OSError as error:
        return Look(photograph.number, problem=str(error.strerror))
    except AppError as error:
        return Look(photograph.number, problem=error.message)
    height, width = pixels.shape[:2]
    settings = SearchWish(wish.points_per_side, wish.most_masks, wish.least_iou)
    found = search(model, pixels, lambda _: None, settings)
    masks = tuple(_kept(found, wish))
    image = ProposedImage(photograph.sha256, photograph.name, width, height, masks)
    return Look(photograph.number, image)


def _kept(found: Sequence[Proposal], wish: RunWish) -> Iterator[ProposedMask]:
    for proposal in found:
        area = proposal.measures.area
        if proposal.stability_score < wish.least_stability or area < wish.least_area:
            continue
        yield ProposedMask(
            proposal.mask.counts,
            area,
            proposal.measures.bbox_xywh,
            proposal.predicted_iou,
            proposal.stability_score,
            proposal.point_xy,
        )
