"""Scores and decisions come back as they were written, and damage is no crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.proposal_review import ProposalDecisions, ProposalScore
from app.storage.proposal_review_file import (
    format_decisions,
    format_scores,
    read_decisions,
    read_scores,
)

SCORES = (ProposalScore(1, 0.9, 0.8), ProposalScore(4, 0.25, 1.0))
DECISIONS = ProposalDecisions(frozenset({3, 1}), frozenset({2}))


def test_scores_and_decisions_come_back(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(format_scores(SCORES))
    assert read_scores(path) == SCORES
    path.write_bytes(format_decisions(DECISIONS))
    assert read_decisions(path) == DECISIONS


@pytest.mark.parametrize("content", ["", "{", "[[1]]", "3", '{"rejected": [1]}', "[[1, 2, null]]"])
def test_damaged_files_count_as_missing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(content, encoding="utf-8")
    assert read_scores(path) is None
    assert read_decisions(path) == ProposalDecisions()
    assert read_scores(tmp_path / "none") is None
    assert read_decisions(tmp_path / "none") == ProposalDecisions()
