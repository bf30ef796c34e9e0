"""Every source file has a test file at the same place below tests/."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.helpers.project_files import ROOT, project_files, read_project_file

# Source file -> why it has no test file of its own. An entry that is not needed fails too.
WITHOUT_OWN_TEST: dict[str, str] = {}

ENTRY_FILES = ("__init__.py", "__main__.py")
PYTHON_ROOMS = ("sam_core", "app", "scripts", "bench")


def is_source(path: Path) -> bool:
    if path.suffix == ".py" and path.parts[0] in PYTHON_ROOMS:
        return path.name not in ENTRY_FILES or defines_something(path)
    return path.suffix == ".js" and path.parts[:2] == ("static", "js")


def defines_something(path: Path) -> bool:
    """Return whether a module holds functions or classes and not names of other files only."""
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return any(isinstance(node, definitions) for node in ast.parse(read_project_file(path)).body)


def expected_test(path: Path) -> Path:
    if path.suffix == ".js":
        return Path("tests/frontend", *path.parts[2:]).with_suffix(".test.js")
    name = path.parent.name if path.name == "__init__.py" else path.stem.strip("_")
    return Path("tests") / path.parent / f"test_{name}.py"


SOURCES = [path for path in project_files(".py", ".js") if is_source(path)]


def test_every_source_file_has_its_test_file() -> None:
    missing = {
        path.as_posix(): expected_test(path).as_posix()
        for path in SOURCES
        if path.as_posix() not in WITHOUT_OWN_TEST and not (ROOT / expected_test(path)).is_file()
    }
    assert not missing, "these sources must have their tests in the files named"


def test_exceptions_are_still_needed() -> None:
    without = {path.as_posix() for path in SOURCES if not (ROOT / expected_test(path)).is_file()}
    assert set(WITHOUT_OWN_TEST) <= without, "remove these from WITHOUT_OWN_TEST"
