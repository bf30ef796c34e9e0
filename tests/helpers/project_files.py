"""Which files belong to the project: what git tracks or would track."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def project_files(*suffixes: str) -> tuple[Path, ...]:
    """Return the project's files, relative to its root, that end with one of the suffixes.

    Files that git ignores are left out; new files that are not committed yet are in.
    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    names = [Path(name) for name in listing.split("\0") if name]
    return tuple(
        name
        for name in sorted(set(names))
        if (not suffixes or name.suffix in suffixes) and (ROOT / name).is_file()
    )


def read_project_file(name: Path | str) -> str:
    """Return the text of one file, named relative to the project's root."""
    return (ROOT / name).read_text(encoding="utf-8")
