"""The explanation points at code and pictures that exist."""

from __future__ import annotations

import ast
import re

import pytest

from tests.helpers.project_files import ROOT, project_files, read_project_file

EXPLANATION = "docs/how_it_works.md"
FIGURES = "docs/figures/"
SHOWN_IN = (EXPLANATION, "docs/model_card.md")


def pointers(text: str) -> set[tuple[str, str]]:
    """Return the file and the symbol of every pointer ``file::symbol``."""
    return set(re.findall(r"`([\w./]+)::([\w.]+)`", text))


def python_symbols(source: str) -> set[str]:
    """Return classes and functions of a module, and methods as ``Class.method``."""
    found: set[str] = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            methods = (item for item in node.body if isinstance(item, ast.FunctionDef))
            found |= {f"{node.name}.{method.name}" for method in methods}
    return found


def exported_symbols(source: str) -> set[str]:
    return set(re.findall(r"^export (?:async )?(?:class|function) (\w+)", source, re.MULTILINE))


def symbols_of(file: str) -> set[str]:
    source = read_project_file(file)
    return python_symbols(source) if file.endswith(".py") else exported_symbols(source)


POINTERS = sorted(pointers(read_project_file(EXPLANATION)))


@pytest.mark.parametrize(("file", "symbol"), POINTERS)
def test_every_pointer_into_the_code_leads_to_a_symbol(file: str, symbol: str) -> None:
    assert (ROOT / file).is_file(), f"{EXPLANATION} names {file}, which does not exist"
    assert symbol in symbols_of(file)


def test_every_part_points_into_the_code() -> None:
    parts = re.split(r"^## ", read_project_file(EXPLANATION), flags=re.MULTILINE)[1:]
    assert [part.splitlines()[0] for part in parts if not pointers(part)] == []


def test_every_figure_is_shown_with_a_description_and_no_other_is_linked() -> None:
    shown: set[str] = set()
    for document in SHOWN_IN:
        for description, target in re.findall(r"!\[(.*?)\]\((.*?)\)", read_project_file(document)):
            assert description, f"{document}: {target} needs a description"
            shown.add("docs/" + target)
    drawn = {path.as_posix() for path in project_files(".png")}
    assert shown == {path for path in drawn if path.startswith(FIGURES)}
