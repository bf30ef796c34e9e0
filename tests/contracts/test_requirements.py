"""The pinned packages are the installed ones and cover what the program imports."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable
from importlib.metadata import packages_distributions, version
from pathlib import Path

from tests.helpers.project_files import project_files, read_project_file

FIRST_PARTY = {"app", "bench", "export_onnx", "sam_core", "scripts", "tests"}
FOR_DEVELOPMENT = ("bench", "scripts", "tests", "sam_core/figures", "sam_core/training/curves.py")

# Not needed to run or test: what is compared with by hand, in an environment of its own.
BY_HAND = {
    "bench/datumaro_worker.py": {"datumaro"},
    "tests/parity/make_goldens.py": {"segment_anything"},
    "tests/parity/make_mask_records.py": {"segment_anything"},
}

# Asked for by those who use it alone; see requirements-ray.txt.
OPTIONAL = {"app/services/cluster_driver.py": {"ray"}}

NOT_PINNED_AT_RUN_TIME = BY_HAND | OPTIONAL


def read_pins(name: str) -> dict[str, str]:
    lines = read_project_file(name).splitlines()
    matches = [re.fullmatch(r"([\w.-]+)==(\S+)", line) for line in lines]
    return {normalise(match[1]): match[2] for match in matches if match}


def normalise(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported_packages(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(read_project_file(path))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names - FIRST_PARTY - set(sys.stdlib_module_names)


RUN_TIME_PINS = read_pins("requirements.txt")
RAY_PINS = read_pins("requirements-ray.txt")
ALL_PINS = RUN_TIME_PINS | RAY_PINS | read_pins("requirements-dev.txt")


def test_the_installed_versions_are_the_pinned_ones() -> None:
    installed = {package: version(package).split("+")[0] for package in ALL_PINS}
    assert installed == ALL_PINS


def test_imports_are_pinned() -> None:
    distributions = packages_distributions()
    unpinned = [
        f"{path} imports {package}"
        for path in project_files(".py")
        for package in sorted(
            imported_packages(path) - NOT_PINNED_AT_RUN_TIME.get(path.as_posix(), set())
        )
        if not is_pinned(distributions.get(package, [package]), path)
    ]
    assert not unpinned


def is_pinned(providers: Iterable[str], path: Path) -> bool:
    pins = ALL_PINS if any(map(path.is_relative_to, FOR_DEVELOPMENT)) else RUN_TIME_PINS
    return any(normalise(provider) in pins for provider in providers)


def test_what_is_optional_is_pinned_and_imported_nowhere_else() -> None:
    assert all(packages <= set(RAY_PINS) for packages in OPTIONAL.values())
    importers = {
        path.as_posix()
        for path in project_files(".py")
        if not any(map(path.is_relative_to, FOR_DEVELOPMENT))
        and imported_packages(path) & {"ray", "pandas", "pyarrow"}
    }
    assert importers == set(OPTIONAL)


def test_torch_is_the_agreed_version() -> None:
    assert RUN_TIME_PINS["torch"] == "2.13.0"
