"""The browser of the tests: named, the system's, Playwright's own, in this order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts import find_chromium
from scripts.find_chromium import SetUpError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake browsers are marked executable")


def make_browser(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o755)
    return path


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Hide this machine's browsers; return the home folder that Playwright would use."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv(find_chromium.VARIABLE, raising=False)
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH", raising=False)
    monkeypatch.setattr(find_chromium, "APPLICATIONS", ())
    return tmp_path


def test_a_bare_machine_has_no_browser() -> None:
    assert find_chromium.find_chromium() is None


def test_the_system_browser_comes_before_playwrights(bare_machine: Path) -> None:
    own = make_browser(bare_machine / ".cache/ms-playwright/chromium-1200/chrome-linux/chrome")
    assert find_chromium.find_chromium() == own
    system = make_browser(bare_machine / "bin/chromium")
    assert find_chromium.find_chromium() == system


def test_the_named_browser_comes_before_all(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_browser(bare_machine / "bin/chromium")
    named = make_browser(bare_machine / "my browser")
    monkeypatch.setenv(find_chromium.VARIABLE, str(named))
    assert find_chromium.find_chromium() == named


def test_a_named_browser_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(find_chromium.VARIABLE, "/no/such/browser")
    with pytest.raises(SetUpError, match="must name the browser's program file"):
        find_chromium.find_chromium()


def test_nothing_to_install_from_ends_with_what_to_do(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_chromium, "download_playwright_chromium", lambda python: None)
    monkeypatch.setattr(find_chromium, "is_root_on_debian", lambda: False)
    with pytest.raises(SetUpError, match="apt-get install chromium"):
        find_chromium.ensure_chromium(Path("python"))
