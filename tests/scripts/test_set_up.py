"""The set-up says in one sentence what is missing and does nothing twice."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from scripts import set_up
from scripts.find_chromium import SetUpError

needs_shell = pytest.mark.skipif(os.name == "nt", reason="the fake programs are shell scripts")


def make_program(folder: Path, name: str, answer: str, status: int = 0) -> None:
    program = folder / name
    program.write_text(
        f'#!/bin/sh\necho "$@" >> "{folder}/{name}.calls"\necho "{answer}"\nexit {status}\n'
    )
    program.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that is the whole search path, so that only fakes are found."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small project folder and let the steps of the set-up run in it."""
    root = tmp_path / "project"
    for name in ("package.json", "package-lock.json", "scripts/vendor.mjs", set_up.VENDORED_FILE):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("first\n")
    (root / "node_modules").mkdir()
    monkeypatch.setattr(set_up, "ROOT", root)
    return root


def test_missing_node_is_named_with_the_remedy(programs: Path) -> None:
    with pytest.raises(SetUpError, match=r"node must be installed.*nodejs\.org"):
        set_up.check_node_version()


@needs_shell
@pytest.mark.parametrize("version", ["v18.19.0", "v20.18.9", "nonsense"])
def test_old_node_is_refused_with_its_version(programs: Path, version: str) -> None:
    make_program(programs, "node", version)
    with pytest.raises(SetUpError, match=rf"must be 20\.19 or newer, got {version}"):
        set_up.check_node_version()


@needs_shell
def test_npm_packages_are_installed_once(programs: Path, project: Path) -> None:
    make_program(programs, "node", "v22.1.0")
    make_program(programs, "npm", "added")
    for _ in range(3):
        set_up.install_npm_packages(project, for_development=True)
    assert len((programs / "npm.calls").read_text().splitlines()) == 1


@needs_shell
def test_a_changed_lock_file_installs_again(programs: Path, project: Path) -> None:
    make_program(programs, "node", "v22.1.0")
    make_program(programs, "npm", "added")
    set_up.install_npm_packages(project, for_development=True)
    (project / "package-lock.json").write_text("second\n")
    set_up.install_npm_packages(project, for_development=True)
    assert len((programs / "npm.calls").read_text().splitlines()) == 2


@needs_shell
def test_packages_for_running_do_not_count_for_development(programs: Path, project: Path) -> None:
    make_program(programs, "node", "v22.1.0")
    make_program(programs, "npm", "added")
    set_up.install_npm_packages(project, for_development=False)
    set_up.install_npm_packages(project, for_development=True)
    set_up.install_npm_packages(project, for_development=False)
    first, second = (programs / "npm.calls").read_text().splitlines()
    assert "--omit=dev" in first
    assert "--omit=dev" not in second


@needs_shell
def test_a_failed_install_is_tried_again(programs: Path, project: Path) -> None:
    make_program(programs, "node", "v22.1.0")
    make_program(programs, "npm", "no network", status=7)
    for _ in range(2):
        with pytest.raises(SetUpError, match="failed with status 7"):
            set_up.install_npm_packages(project, for_development=True)
    assert len((programs / "npm.calls").read_text().splitlines()) == 2


def test_missing_venv_module_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_up, "is_success", lambda command: False)
    with pytest.raises(SetUpError, match="apt-get install python3-venv"):
        set_up.ensure_venv(tmp_path / ".venv")


def test_a_failed_set_up_prints_one_line_and_returns_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(folder: Path) -> Path:
        raise SetUpError("something must hold, but it does not")

    monkeypatch.setattr(set_up, "ensure_venv", refuse)
    assert set_up.main([]) == 1
    assert capsys.readouterr().err == "set-up: something must hold, but it does not\n"


def test_this_interpreter_is_new_enough_for_the_project() -> None:
    assert sys.version_info >= (3, 11)
