"""No file of the project knows the machine that it was written on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.project_files import ROOT, project_files

HOME_FOLDER = re.compile(rb"(?:/home/|/Users/|[A-Z]:\\Users\\)(?!runner\b|you\b|user\b|me\b)\w+")
MAX_TEXT_BYTES = 1_000_000


def private_paths(content: bytes) -> list[bytes]:
    checkout = rf"{re.escape(str(ROOT))}(?=[/\s\"'`]|$)".encode()
    return [*HOME_FOLDER.findall(content), *re.findall(checkout, content)]


def test_no_file_names_a_folder_of_its_author() -> None:
    named = {str(path): private_paths(read_start(path)) for path in project_files()}
    assert not {path: names for path, names in named.items() if names}


def read_start(path: Path) -> bytes:
    """Return the start of a text file, and nothing of a binary one."""
    with (ROOT / path).open("rb") as file:
        content = file.read(MAX_TEXT_BYTES)
    return b"" if b"\0" in content else content


@pytest.mark.parametrize(
    "text", ["see /" + "home/anna/masks", "C:" + "\\Users\\bo\\x", f'path = "{ROOT}/data"']
)
def test_a_private_path_is_recognised(text: str) -> None:
    assert private_paths(text.encode())


def test_an_example_path_is_allowed() -> None:
    assert not private_paths(b"python -m app --data-dir /" + b"home/you/annotations")
