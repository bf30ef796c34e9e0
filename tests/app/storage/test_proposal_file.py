from __future__ import annotations

from pathlib import Path

import pytest

from app.storage.proposal_file import format_proposals, read_proposals
from tests.app.services.test_proposal_service import FOUND


def test_proposals_come_back_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "found.jsonl"
    path.write_bytes(format_proposals([FOUND, FOUND]))
    assert read_proposals(path) == (FOUND, FOUND)
    path.write_bytes(format_proposals([]))
    assert read_proposals(path) == ()


@pytest.mark.parametrize("content", [b"{}\n", b"[1]\n", b'{"mask": 3}', b"\xff\n"])
def test_a_damaged_file_gives_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "found.jsonl"
    path.write_bytes(content)
    assert read_proposals(path) is None


def test_a_missing_file_gives_none(tmp_path: Path) -> None:
    assert read_proposals(tmp_path / "none") is None
