"""Every proof that docs/promises.md names is a test that exists."""

from __future__ import annotations

import re

import pytest

from tests.helpers.project_files import ROOT, project_files, read_project_file

PROMISES = read_project_file("docs/promises.md")
FILES = sorted(set(re.findall(r"`((?:tests|bench)/[\w./]+\.(?:py|json))`", PROMISES)))
TESTS = sorted(set(re.findall(r"`([\w/]*test_\w+\.py)::(\w+)`", PROMISES)))


@pytest.mark.parametrize("file", FILES)
def test_every_file_that_is_named_exists(file: str) -> None:
    assert (ROOT / file).is_file()


@pytest.mark.parametrize(("file", "name"), TESTS)
def test_every_test_that_is_named_exists(file: str, name: str) -> None:
    found = [path for path in project_files(".py") if path.as_posix().endswith(f"/{file}")]
    assert any(f"def {name}(" in read_project_file(path) for path in found)


def test_every_promise_names_a_proof() -> None:
    rows = [line for line in PROMISES.splitlines() if line.startswith("| ") and "---" not in line]
    promises = [row for row in rows if "proved by" not in row]
    assert len(promises) >= 25
    assert [row for row in promises if not re.search(r"test_\w+\.py`|::\w+`", row)] == []
