"""Scores of and decisions about proposals, as small JSON files beside the proposals."""

import json
from collections.abc import Iterable
from pathlib import Path

from app.domain.proposal_review import ProposalDecisions, ProposalScore


def format_scores(scores: Iterable[ProposalScore]) -> bytes:
    """Return the bytes of a file of scores."""
    return json.dumps([list(score) for score in scores]).encode()


def read_scores(path: Path) -> tuple[ProposalScore, ...] | None:
    """Return the scores of a file, or ``None`` if it is missing or damaged."""
    try:
        rows = json.loads(path.read_bytes())
        return tuple(
            ProposalScore(int(number), float(iou), float(stable)) for number, iou, stable in rows
        )
    except (OSError, ValueError, TypeError):
        return None


def format_decisions(decisions: ProposalDecisions) -> bytes:
    """Return the bytes of a file of decisions."""
    content = {"rejected": sorted(decisions.rejected), "accepted": sorted(decisions.accepted)}
    return json.dumps(content).encode()


def read_decisions(path: Path) -> ProposalDecisions:
    """Return the decisions of a file; a missing or damaged one has none."""
    try:
        content = json.loads(path.read_bytes())
        rejected, accepted = (
            frozenset(int(number) for number in content[name]) for name in ("rejected", "accepted")
        )
    except (OSError, ValueError, TypeError, KeyError):
        return ProposalDecisions()
    return ProposalDecisions(rejected, accepted)
