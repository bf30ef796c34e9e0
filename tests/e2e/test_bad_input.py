"""What is wrong is said on the page, and what is kept stays untouched."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.workbench import Workbench

BAD_FILES = {
    "Words.jpg": b"these are words, not pixels",
    "Empty.png": b"",
    "Cut.jpg": (Path(__file__).parent / "photos" / "coffee.jpg").read_bytes()[:2000],
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_photograph_is_refused_on_the_page(
    coffee: Workbench, tmp_path: Path, name: str
) -> None:
    coffee.draw_box(160, 25, 430, 330)
    coffee.accept()
    (tmp_path / name).write_bytes(BAD_FILES[name])
    coffee.choose_file(tmp_path / name)
    expect(coffee.page.get_by_role("alert")).to_contain_text(f"Could not add {name}")
    assert len(coffee.objects()) == 1
    coffee.click(352, 245)
    assert coffee.open_draft().shown.area > 0
