"""Every feature that docs/workbench_features.md names has a test that exists."""

from __future__ import annotations

import re

import pytest

from tests.helpers.project_files import project_files, read_project_file

PAGE = read_project_file("docs/workbench_features.md")
PYTHON_TESTS = sorted(set(re.findall(r"`([\w/]*test_\w+\.py)::(\w+)`", PAGE)))
PAGE_TESTS = sorted(set(re.findall(r"`([\w/]+\.test\.js)::([^`]+)`", PAGE)))
PROVED, _, _ = PAGE.partition("## Not there")


@pytest.mark.parametrize(("file", "name"), PYTHON_TESTS)
def test_every_python_test_that_is_named_exists(file: str, name: str) -> None:
    found = [path for path in project_files(".py") if path.as_posix().endswith(f"/{file}")]
    assert any(f"def {name}(" in read_project_file(path) for path in found)


@pytest.mark.parametrize(("file", "title"), PAGE_TESTS)
def test_every_test_of_the_page_that_is_named_exists(file: str, title: str) -> None:
    content = read_project_file(f"tests/frontend/{file}")
    assert f"('{title}'" in content


def test_every_feature_names_a_proof() -> None:
    rows = [line for line in PROVED.splitlines() if line.startswith("| ") and "---" not in line]
    features = [row for row in rows if "proved by" not in row]
    assert len(features) >= 60
    proof = re.compile(r"test_\w+\.py(?:::\w+)?`|\.test\.js::")
    assert [row for row in features if not proof.search(row.rsplit(" | ", 1)[1])] == []
