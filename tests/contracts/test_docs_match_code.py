"""The documents and the code say the same: routes, graph tensors, commands, options, links."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import onnx
import pytest
from flask import Flask

from app.cli import build_parser
from tests.helpers.project_files import ROOT, project_files, read_project_file

WEIGHTS = Path("sam_core/weights")
COMMAND_DOCS = ("README.md", "CONTRIBUTING.md")
FRAMEWORK_METHODS = {"HEAD", "OPTIONS"}


def without_names(route: str) -> str:
    """Return a route with every ``<kind:name>`` as ``<>``: the docs may name ids freely."""
    return re.sub(r"<[^>]*>", "<>", route)


def documented_routes() -> set[tuple[str, str]]:
    found = re.findall(
        r"`(GET|POST|PUT|PATCH|DELETE) (/[^`?\s]*)", read_project_file("docs/http_api.md")
    )
    return {(method, without_names(route)) for method, route in found}


def served_routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, without_names(rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - FRAMEWORK_METHODS
    }


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", read_project_file("Makefile"), re.MULTILINE))


def server_options() -> set[str]:
    actions = build_parser()._actions  # noqa: SLF001 -- argparse has no public list
    helps = argparse._HelpAction  # noqa: SLF001
    return {
        option
        for action in actions
        if not isinstance(action, helps)
        for option in action.option_strings
        if option.startswith("--")
    }


def test_every_route_is_documented(app: Flask) -> None:
    assert served_routes(app) - documented_routes() == set()


def test_every_documented_route_exists(app: Flask) -> None:
    assert documented_routes() - served_routes(app) == set()


@pytest.mark.parametrize(
    "model", sorted((ROOT / WEIGHTS).glob("*.onnx")), ids=lambda path: path.name
)
def test_every_graph_tensor_is_documented(model: Path) -> None:
    graph = onnx.load(model, load_external_data=False).graph
    names = {value.name for value in (*graph.input, *graph.output)}
    documented = set(re.findall(r"`(\w+)`", read_project_file("docs/onnx_contract.md")))
    assert names - documented == set()


def test_every_make_target_is_documented() -> None:
    text = "".join(map(read_project_file, COMMAND_DOCS))
    assert make_targets() - set(re.findall(r"make ([a-z-]+)", text)) == set()


def test_every_documented_make_target_exists() -> None:
    commands = [
        command
        for path in project_files(".md")
        for command in re.findall(
            r"(?:`|^\s*)make ([a-z-]+)", read_project_file(path), re.MULTILINE
        )
    ]
    assert set(commands) - make_targets() == set()


def test_every_server_option_is_documented() -> None:
    documented = set(re.findall(r"`(--[a-z-]+)", read_project_file("README.md")))
    assert server_options() - documented == set()


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{path}: {target}"
        for path in project_files(".md")
        for target in re.findall(r"\]\(([^)#\s]+)", read_project_file(path))
        if "://" not in target and not (ROOT / path.parent / target).exists()
    ]
    assert broken == []
