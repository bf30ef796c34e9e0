"""Find, or else install, the Chromium that the browser tests and benchmarks drive."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
PLAYWRIGHT_FOLDERS = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
PLAYWRIGHT_BINARIES = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)
# What an unattended Chromium needs: no sandbox for root, no graphics card, no calls home.
UNATTENDED_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
VARIABLE = "MASKWRIGHT_CHROMIUM"


class SetUpError(Exception):
    """Something that the set-up needs is missing; the message says what and what to do."""


def find_chromium() -> Path | None:
    """Return the browser: the one named by the environment, the system's, Playwright's own.

    Raises:
        SetUpError: If the environment names a file that does not exist.
    """
    named = os.environ.get(VARIABLE)
    if named is not None:
        if not Path(named).is_file():
            raise SetUpError(
                f"{VARIABLE} must name the browser's program file, got {named}; "
                "correct it or unset it"
            )
        return Path(named)
    return find_system_chromium() or find_playwright_chromium()


def find_system_chromium() -> Path | None:
    """Return the Chromium or Chrome that is installed on this machine, if there is one."""
    on_path = (shutil.which(name) for name in NAMES)
    installed = (path for path in APPLICATIONS if Path(path).is_file())
    found = next((path for path in on_path if path), None) or next(installed, None)
    return None if found is None else Path(found)


def find_playwright_chromium() -> Path | None:
    """Return the newest Chromium that Playwright downloaded earlier, if there is one."""
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    local = os.environ.get("LOCALAPPDATA")
    folders = [Path(folder).expanduser() for folder in PLAYWRIGHT_FOLDERS]
    folders += [Path(named)] if named else []
    folders += [Path(local) / "ms-playwright"] if local else []
    found = [
        path for folder in folders for name in PLAYWRIGHT_BINARIES for path in folder.glob(name)
    ]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def ensure_chromium(python: Path) -> Path:
    """Return a browser, installing one if the machine has none.

    Args:
        python: Interpreter that has the ``playwright`` package.

    Raises:
        SetUpError: If there is none and none can be installed.
    """
    found = find_chromium()
    if found is not None:
        return found
    download_playwright_chromium(python)
    if find_chromium() is None and is_root_on_debian():
        install_debian_chromium()
    found = find_chromium()
    if found is None:
        raise SetUpError(
            "the browser tests need Chromium or Chrome, but none was found and none could be "
            f'installed; install one ("apt-get install chromium") or set {VARIABLE} to its path'
        )
    return found


def download_playwright_chromium(python: Path) -> None:
    """Let Playwright fetch its own browser; a closed network makes this a no."""
    sys.stdout.write("set-up: no Chromium found, asking Playwright for its own\n")
    sys.stdout.flush()
    command = [str(python), "-m", "playwright", "install", "chromium"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        reason = (answer.stderr or answer.stdout).strip().splitlines()[:1]
        sys.stdout.write(f"set-up: Playwright could not fetch it: {' '.join(reason)}\n")


def is_root_on_debian() -> bool:
    """Return whether apt-get can be used without asking anybody."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_debian_chromium() -> None:
    """Install the distribution's Chromium."""
    sys.stdout.write("set-up: installing Debian's chromium package\n")
    sys.stdout.flush()
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
