"""Ask the public databases of vulnerabilities about the pinned packages, Python's and npm's.

Status 1 if one of them has a known vulnerability. A database that cannot be asked is said on a
line of its own, for nobody may take "not looked at" for "nothing found"; ``--strict`` makes
that an error too.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.set_up import ensure_venv, find_program, say  # noqa: E402 -- needs ROOT on the path

PIP_AUDIT = "pip-audit==2.10.1"
TOOL_FOLDER = ROOT / ".venv" / "audit"  # where no linter looks


@dataclass(frozen=True)
class Audit:
    """What a database said.

    Attributes:
        name: Whose packages.
        looked_at: Packages that it knew.
        vulnerable: One line per package with a known vulnerability.
        not_done: Why packages were not looked at; empty if all were.
    """

    name: str
    looked_at: int
    vulnerable: tuple[str, ...]
    not_done: str = ""


def main(arguments: list[str] | None = None) -> int:
    """Ask, print what was said, and return the exit status."""
    parser = argparse.ArgumentParser(prog="audit.py", description=__doc__)
    parser.add_argument("--strict", action="store_true", help="not looked at is an error")
    options = parser.parse_args(arguments)
    return report([audit_python(), audit_npm()], is_strict=options.strict)


def report(audits: list[Audit], *, is_strict: bool) -> int:
    """Print the audits and return the exit status."""
    for audit in audits:
        sys.stdout.write(
            f"audit: {audit.name}: {len(audit.vulnerable)} with known vulnerabilities "
            f"among {audit.looked_at} that were looked at\n"
        )
        for line in audit.vulnerable:
            sys.stdout.write(f"audit: {audit.name}: {line}\n")
        if audit.not_done:
            sys.stdout.write(f"audit: {audit.name}: NOT DONE: {audit.not_done}\n")
    is_found = any(audit.vulnerable for audit in audits)
    return int(is_found or (is_strict and any(audit.not_done for audit in audits)))


def audit_python() -> Audit:
    """Return what is known about the packages of requirements-dev.txt, which has all of them."""
    python = ensure_venv(TOOL_FOLDER)
    tool = python.with_name("pip-audit" + python.suffix)
    if not tool.exists():
        say(f"installing {PIP_AUDIT}")
        run([str(python), "-m", "pip", "install", "--quiet", PIP_AUDIT])
    if not tool.exists():
        return Audit("Python", 0, (), f"{PIP_AUDIT} could not be installed")
    names = ("requirements.txt", "requirements-ray.txt", "requirements-dev.txt")
    requirements = [part for name in names for part in ("-r", name)]
    options = ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    return read_pip_audit(run([str(tool), *requirements, *options]))


def audit_npm() -> Audit:
    """Return what is known about the packages of package-lock.json."""
    return read_npm_audit(run([find_program("npm", "it comes with Node.js"), "audit", "--json"]))


def read_pip_audit(text: str) -> Audit:
    """Return what pip-audit said in JSON."""
    try:
        packages = json.loads(text)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Audit("Python", 0, (), "pip-audit gave no answer that can be read")
    skipped = [package for package in packages if "skip_reason" in package]
    vulnerable = tuple(
        f"{package['name']} {package['version']}: "
        + ", ".join(vulnerability["id"] for vulnerability in package["vulns"])
        for package in packages
        if package.get("vulns")
    )
    reason = f"{len(skipped)} packages, {skipped[0]['skip_reason']}" if skipped else ""
    return Audit("Python", len(packages) - len(skipped), vulnerable, reason)


def read_npm_audit(text: str) -> Audit:
    """Return what npm said in JSON."""
    try:
        said = json.loads(text)
        found, total = said["vulnerabilities"], said["metadata"]["dependencies"]["total"]
    except (ValueError, KeyError, TypeError):
        return Audit("npm", 0, (), "npm's database could not be asked")
    lines = tuple(f"{name}: {entry['severity']}" for name, entry in sorted(found.items()))
    return Audit("npm", int(total), lines)


def run(command: list[str]) -> str:
    """Return what a command prints; its status says what was found, which the text says better."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    sys.exit(main())
