"""Decisions about proposals, kept on disk, and the queue of images where some are open."""

from collections.abc import Sequence
from statistics import fmean

from app.domain.image_record import StoredImage
from app.domain.proposal import ProposalKey
from app.domain.proposal_review import ProposalDecisions, ProposalScore, QueuedImage
from app.errors import NotFoundError
from app.services.served_model import ModelSource
from app.storage.file_store import FileStore
from app.storage.proposal_file import read_proposals
from app.storage.proposal_review_file import (
    format_decisions,
    format_scores,
    read_decisions,
    read_scores,
)


class ProposalReviews:
    """Keeps what people decided about the proposals of the model that answers now.

    Args:
        model: Whose proposals.
        files: Where they are kept. A new search deletes decisions about the earlier ones.
    """

    def __init__(self, model: ModelSource, files: FileStore) -> None:
        self._model = model
        self._files = files

    def decisions(self, image: StoredImage) -> ProposalDecisions:
        """Return what was decided about the proposals of an image."""
        return read_decisions(self._files.decisions_path(self._key(image), image.id))

    def decide(self, image: StoredImage, decisions: ProposalDecisions) -> ProposalDecisions:
        """Keep all decisions about an image, in place of earlier ones.

        Raises:
            NotFoundError: If one is about a proposal that the image does not have.
        """
        known = {score.number for score in self._scores(image)}
        unknown = (decisions.rejected | decisions.accepted) - known
        if unknown:
            raise NotFoundError(
                "proposal_not_found",
                "decisions must be about proposals that were found for this image, got number "
                f"{min(unknown)}",
                "ask for the proposals of the image again",
            )
        path = self._files.decisions_path(self._key(image), image.id)
        self._files.save(path, format_decisions(decisions))
        return decisions

    def queue(
        self, images: Sequence[StoredImage], least_iou: float, least_stability: float
    ) -> list[QueuedImage]:
        """Return the images where proposals wait for a decision, the surest ones first.

        Args:
            images: Of the project.
            least_iou: Proposals of a lower predicted IoU do not count.
            least_stability: Those that are less stable do not count.
        """
        queued = []
        for image in images:
            decided = self.decisions(image)
            products = [
                score.predicted_iou * score.stability_score
                for score in self._scores(image)
                if score.predicted_iou >= least_iou
                and score.stability_score >= least_stability
                and score.number not in decided.rejected | decided.accepted
            ]
            if products:
                mean = round(fmean(products), 4)
                queued.append(QueuedImage(image.id, image.file.file_name, len(products), mean))
        return sorted(queued, key=lambda one: (-one.score, one.image_id))

    def _scores(self, image: StoredImage) -> tuple[ProposalScore, ...]:
        key = self._key(image)
        path = self._files.scores_path(key)
        scores = read_scores(path)
        if scores is not None:
            return scores
        # Proposals are large; what the queue needs of them is read once and kept.
        scores = tuple(
            ProposalScore(one.number, one.predicted_iou, one.stability_score)
            for one in read_proposals(self._files.proposals_path(key)) or ()
        )
        if scores:
            self._files.save(path, format_scores(scores))
        return scores

    def _key(self, image: StoredImage) -> ProposalKey:
        return ProposalKey(image.file.sha256, self._model.current.model_id)
