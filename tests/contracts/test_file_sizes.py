"""Files and functions stay small: 400 lines a file (tests 600), 60 lines a function."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.helpers.project_files import project_files, read_project_file

SOURCE_SUFFIXES = (".py", ".js", ".mjs", ".ts", ".css", ".html")
MAX_SOURCE_LINES = 400
MAX_TEST_LINES = 600
MAX_FUNCTION_LINES = 60


def line_limit(path: Path) -> int:
    return MAX_TEST_LINES if path.parts[0] == "tests" else MAX_SOURCE_LINES


def function_lengths(source: str) -> dict[str, int]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        node.name: (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(ast.parse(source))
        if isinstance(node, functions)
    }


def test_files_are_short_enough() -> None:
    lines = {
        path: len(read_project_file(path).splitlines()) for path in project_files(*SOURCE_SUFFIXES)
    }
    too_long = {str(path): count for path, count in lines.items() if count > line_limit(path)}
    assert not too_long, "split these files by what they are about"


def test_python_functions_are_short_enough() -> None:
    too_long = {
        f"{path}: {name}": lines
        for path in project_files(".py")
        for name, lines in function_lengths(read_project_file(path)).items()
        if lines > MAX_FUNCTION_LINES
    }
    assert not too_long, f"these functions have more than {MAX_FUNCTION_LINES} lines"


def test_function_length_counts_from_def_to_last_line() -> None:
    source = "def first():\n    a = 1\n\n    return a\n\n\ndef second(): ...\n"
    assert function_lengths(source) == {"first": 4, "second": 1}
