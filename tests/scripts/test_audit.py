"""What the databases of vulnerabilities say is read right, silence most of all."""

from __future__ import annotations

import json

import pytest

from scripts.audit import Audit, read_npm_audit, read_pip_audit, report

SOUND = {"name": "flask", "version": "3.1.3", "vulns": []}
BAD = {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-1"}, {"id": "CVE-2"}]}
UNKNOWN = {"name": "flask", "skip_reason": "Dependency not found on PyPI"}


def test_vulnerable_python_packages_are_named() -> None:
    found = read_pip_audit(json.dumps({"dependencies": [SOUND, BAD]}))
    assert (found.looked_at, found.not_done) == (2, "")
    assert found.vulnerable == ("old 1.0: PYSEC-1, CVE-2",)


def test_packages_that_were_skipped_were_not_looked_at() -> None:
    found = read_pip_audit(json.dumps({"dependencies": [SOUND, UNKNOWN]}))
    assert (found.looked_at, found.vulnerable) == (1, ())
    assert found.not_done == "1 packages, Dependency not found on PyPI"


def test_vulnerable_npm_packages_are_named() -> None:
    metadata = {"dependencies": {"total": 9}}
    said = {"vulnerabilities": {"left": {"severity": "high"}}, "metadata": metadata}
    found = read_npm_audit(json.dumps(said))
    assert (found.looked_at, found.vulnerable, found.not_done) == (9, ("left: high",), "")


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"error": {"summary": "offline"}}'])
def test_silence_is_never_taken_for_a_good_answer(text: str) -> None:
    assert read_pip_audit(text).not_done
    assert read_npm_audit(text).not_done


def test_only_findings_fail_unless_it_is_strict(capsys: pytest.CaptureFixture[str]) -> None:
    sound, offline = Audit("Python", 5, ()), Audit("npm", 0, (), "offline")
    assert report([sound, offline], is_strict=False) == 0
    assert "npm: NOT DONE: offline" in capsys.readouterr().out
    assert report([sound, offline], is_strict=True) == 1
    assert report([Audit("npm", 5, ("left: high",))], is_strict=False) == 1
