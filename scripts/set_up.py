"""Make the folder ready to run: virtual environment, Python packages, npm packages, browser.

Needs the standard library only. It can be run again at any time; what has not changed is
not done twice. Windows users call it directly, the Makefile calls it for everybody else.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 -- an older Python must get a sentence, not a traceback
    sys.exit(
        "set-up: Python 3.11 or newer must run this, got {}.{}; install it and name it, "
        "for example: make run PYTHON=python3.12".format(*sys.version_info)
    )

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.find_chromium import SetUpError, ensure_chromium  # noqa: E402 -- needs ROOT on the path

OLDEST_NODE = (20, 19)
VENDORED_FILE = "static/vendor/onnxruntime-web/ort.wasm.min.mjs"


def main(arguments: list[str] | None = None) -> int:
    """Run the set-up that the command line asks for and return the exit status."""
    options = parse_arguments(arguments)
    try:
        python = ensure_venv(ROOT / ".venv")
        install_python_packages(python, ROOT, for_development=options.dev)
        install_npm_packages(ROOT, for_development=options.dev)
        if options.browser:
            say(f"browser for the tests: {ensure_chromium(python)}")
    except SetUpError as error:
        sys.stderr.write(f"set-up: {error}\n")
        return 1
    return 0


def parse_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="set_up.py", description=__doc__)
    parser.add_argument(
        "--dev", action="store_true", help="add the tests, linters and type checkers"
    )
    parser.add_argument(
        "--browser", action="store_true", help="find or install the Chromium of the browser tests"
    )
    return parser.parse_args(arguments)


def ensure_venv(folder: Path) -> Path:
    """Return the Python of the virtual environment, making the environment if it is not there.

    Raises:
        SetUpError: If this Python cannot make virtual environments.
    """
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if python.exists() and is_success([str(python), "-m", "pip", "--version"]):
        return python
    if not is_success([sys.executable, "-c", "import ensurepip, venv"]):
        raise SetUpError(
            "Python must have its venv module, but this one has not; "
            'on Debian and Ubuntu run "apt-get install python3-venv", then try again'
        )
    say(f"making {folder.name} with Python {sys.version.split()[0]}")
    run_step([sys.executable, "-m", "venv", "--clear", str(folder)], "making .venv")
    return python


def install_python_packages(python: Path, root: Path, *, for_development: bool) -> None:
    """Install the pinned packages unless this environment has them already.

    Raises:
        SetUpError: If pip fails.
    """
    requirements = root / ("requirements-dev.txt" if for_development else "requirements.txt")
    names = ("requirements.txt", "requirements-ray.txt", "requirements-dev.txt")
    sources = [root / name for name in names]
    stamp = root / ".venv" / ".set-up-stamp"
    if is_up_to_date(stamp, sources, for_development=for_development):
        return
    say(f"installing the Python packages of {requirements.name}; the first time takes minutes")
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    run_step([*command, "-r", str(requirements)], "installing the Python packages")
    write_stamp(stamp, sources, for_development=for_development)


def install_npm_packages(root: Path, *, for_development: bool) -> None:
    """Install the locked npm packages and copy what the page needs to ``static/vendor``.

    Raises:
        SetUpError: If Node is missing or too old, or npm fails.
    """
    check_node_version()
    sources = [root / "package.json", root / "package-lock.json", root / "scripts" / "vendor.mjs"]
    stamp = root / "node_modules" / ".set-up-stamp"
    copied = (root / VENDORED_FILE).exists()
    if copied and is_up_to_date(stamp, sources, for_development=for_development):
        return
    say("installing the npm packages")
    npm = find_program("npm", "it comes with Node.js: https://nodejs.org")
    scope = [] if for_development else ["--omit=dev"]
    run_step(
        [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error", *scope],
        "installing the npm packages",
    )
    write_stamp(stamp, sources, for_development=for_development)


def check_node_version() -> None:
    """Refuse a missing or old Node.js with one sentence.

    Raises:
        SetUpError: If Node.js is missing or too old.
    """
    wanted = ".".join(str(part) for part in OLDEST_NODE)
    node = find_program("node", f"install Node.js {wanted} or newer: https://nodejs.org")
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    match = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    if match is None or (int(match[1]), int(match[2])) < OLDEST_NODE:
        got = answer.stdout.strip() or "no answer"
        raise SetUpError(f"Node.js must be {wanted} or newer, got {got}; install a newer one")


def find_program(name: str, remedy: str) -> str:
    """Return the path of a program.

    Raises:
        SetUpError: If the system has no such program; the message ends with ``remedy``.
    """
    path = shutil.which(name)
    if path is None:
        raise SetUpError(f"the program {name} must be installed, but it was not found; {remedy}")
    return path


def is_success(command: list[str]) -> bool:
    """Return whether a quiet command ends well."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def run_step(command: list[str], what: str) -> None:
    """Run one step of the set-up in the project's folder, showing what it prints.

    Raises:
        SetUpError: If the step fails.
    """
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    if status != 0:
        raise SetUpError(
            f"{what} failed with status {status}; the reason stands above, "
            "it is safe to run this again"
        )


def is_up_to_date(stamp: Path, sources: list[Path], *, for_development: bool) -> bool:
    """Return whether the last finished set-up read the same files and covered as much."""
    if not stamp.exists():
        return False
    scope, _, digest = stamp.read_text(encoding="utf-8").strip().partition(" ")
    return digest == digest_of(sources) and (scope == "dev" or not for_development)


def write_stamp(stamp: Path, sources: list[Path], *, for_development: bool) -> None:
    """Remember what was installed; written last, so that a broken set-up is done again."""
    scope = "dev" if for_development else "run"
    stamp.write_text(f"{scope} {digest_of(sources)}\n", encoding="utf-8")


def digest_of(sources: list[Path]) -> str:
    """Return a fingerprint of the files' contents."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def say(text: str) -> None:
    """Tell the person what happens now."""
    sys.stdout.write(f"set-up: {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
