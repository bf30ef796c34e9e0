"""Every source file has a test file at the same place below tests/."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.helpers.project_files import ROOT, project_files, read_project_file

# Source file -> the tests that hold it to its word instead. An entry that is not needed fails too.
TESTED_ELSEWHERE: dict[str, str] = {}

PYTHON_ROOMS = ("sam_core", "app", "scripts", "bench")


def is_source(path: Path) -> bool:
    if path.suffix == ".py" and path.parts[0] in PYTHON_ROOMS:
        return has_behaviour(path)
    return path.suffix == ".js" and path.parts[:2] == ("static", "js")


def has_behaviour(path: Path) -> bool:
    """Return whether a module holds functions or methods; plain records have nothing to test."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return any(isinstance(node, functions) for node in ast.walk(ast.parse(read_project_file(path))))


def expected_test(path: Path) -> Path:
    if path.suffix == ".js":
        return Path("tests/frontend", *path.parts[2:]).with_suffix(".test.js")
    name = path.parent.name if path.name == "__init__.py" else path.stem.strip("_")
    return Path("tests") / path.parent / f"test_{name}.py"


SOURCES = [path for path in project_files(".py", ".js") if is_source(path)]


def has_own_test(path: Path) -> bool:
    return (ROOT / expected_test(path)).is_file()


def test_every_source_file_has_its_test_file() -> None:
    missing = {
        path.as_posix(): expected_test(path).as_posix()
        for path in SOURCES
        if path.as_posix() not in TESTED_ELSEWHERE and not has_own_test(path)
    }
    assert not missing, "these sources must have their tests in the files named"


def test_exceptions_are_needed_and_name_tests_that_exist() -> None:
    without = {path.as_posix() for path in SOURCES if not has_own_test(path)}
    assert set(TESTED_ELSEWHERE) <= without, "remove the entries that have their own tests now"
    assert all((ROOT / tests).exists() for tests in TESTED_ELSEWHERE.values())
