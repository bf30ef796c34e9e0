"""The documents and the code say the same: routes, graph tensors, commands, options, rooms."""

from __future__ import annotations

import re
from pathlib import Path

import onnx
import pytest
from flask import Flask

from app.cli import main as run_server
from sam_core.export.decoder_runner import OF_IMAGE
from tests.helpers.project_files import ROOT, project_files, read_project_file

WEIGHTS = Path("sam_core/weights")
COMMAND_DOCS = ("README.md", "CONTRIBUTING.md")
FRAMEWORK_METHODS = {"HEAD", "OPTIONS"}
ROOMS = ("sam_core", "app", "static/js")


def without_names(route: str) -> str:
    """Return a route with every ``<kind:name>`` as ``<>``: the docs may name ids freely."""
    return re.sub(r"<[^>]*>", "<>", route)


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def documented_routes() -> set[tuple[str, str]]:
    found = re.findall(
        r"`(GET|POST|PUT|PATCH|DELETE) (/[^`?\s]*)", read_project_file("docs/http_api.md")
    )
    return {(method, without_names(route)) for method, route in found}


def served_routes(server: Flask) -> set[tuple[str, str]]:
    return {
        (method, without_names(rule.rule))
        for rule in server.url_map.iter_rules()
        for method in (rule.methods or set()) - FRAMEWORK_METHODS
    }


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", read_project_file("Makefile"), re.MULTILINE))


def source_folders() -> set[str]:
    files = project_files(".py", ".js")
    return {
        path.parent.as_posix()
        for path in files
        if any(path.is_relative_to(room) for room in ROOMS) and path.parent.as_posix() not in ROOMS
    }


def test_every_route_is_documented(app: Flask) -> None:
    assert served_routes(app) - documented_routes() == set()


def test_every_documented_route_exists(app: Flask) -> None:
    assert documented_routes() - served_routes(app) == set()


def test_every_graph_tensor_is_documented() -> None:
    graphs = [onnx.load(path).graph for path in sorted((ROOT / WEIGHTS).glob("*.onnx"))]
    values = [value for graph in graphs for value in (*graph.input, *graph.output)]
    names = {value.name.removesuffix(OF_IMAGE) for value in values}
    documented = set(re.findall(r"`(\w+)`", read_project_file("docs/onnx_contract.md")))
    assert names, "the shipped graphs must be there"
    assert names - documented == set()


def test_every_make_target_is_documented() -> None:
    text = "".join(map(read_project_file, COMMAND_DOCS))
    assert make_targets() - set(re.findall(r"make ([a-z-]+)", text)) == set()


def test_every_documented_make_target_exists() -> None:
    commands = [
        command
        for path in project_files(".md")
        for command in re.findall(r"(?:`|^)make ([a-z-]+)", read_project_file(path), re.MULTILINE)
    ]
    assert set(commands) - make_targets() == set()


def test_server_options_are_those_of_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run_server(["--help"])
    offered = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    listed = re.findall(r"^\| `(--[a-z-]+)`", read_project_file("README.md"), re.MULTILINE)
    assert offered == set(listed)


def test_every_room_is_in_the_architecture_document() -> None:
    text = read_project_file("docs/architecture.md")
    missing = {folder for folder in source_folders() if f"`{Path(folder).name}/`" not in text}
    assert missing == set()


def test_every_file_of_the_architecture_document_exists() -> None:
    text = without_code(read_project_file("docs/architecture.md"))
    named = set(re.findall(r"`([\w./-]+\.(?:py|js|html|mjs|toml))`", text))
    tracked = {path.as_posix() for path in project_files()}
    missing = {name for name in named if not any(path.endswith(name) for path in tracked)}
    assert missing == set()


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{path}: {target}"
        for path in project_files(".md")
        for target in re.findall(r"\]\(([^)#\s]+)", without_code(read_project_file(path)))
        if "://" not in target and not (ROOT / path.parent / target).exists()
    ]
    assert broken == []
