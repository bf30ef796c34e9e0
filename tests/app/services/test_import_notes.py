"""Every code that an import can give has its sentence."""

from __future__ import annotations

import re

import pytest

from app.services.import_notes import explain
from tests.helpers.project_files import project_files, read_project_file

SOURCES = ("app/importers", "app/services/image_matching.py", "app/services/import_service.py")
CODE = re.compile(
    r"(?:RefusedMask\(where, |UnusableMask\(|notes\.append\(\(|_note\(|^IMAGE_\w+ = )"
    r'"([a-z_]+)"',
    re.MULTILINE,
)


def codes() -> set[str]:
    files = [path for path in project_files(".py") if path.as_posix().startswith(SOURCES)]
    return {code for path in files for code in CODE.findall(read_project_file(path))}


def test_the_codes_are_found() -> None:
    assert {"image_unknown", "mask_missing", "polygon_short", "details_dropped"} <= codes()


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_code_has_its_sentence(code: str) -> None:
    assert len(explain(code)) > 20


def test_the_masks_of_an_unknown_image_are_told_apart_from_the_image() -> None:
    assert explain("mask_of_image_unknown").startswith("masks were left out, because images are")
