"""The command ``users``."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app import cli
from app.storage.store import opened_store
from app.storage.user_store import UserStore
from tests.helpers.accounts import PASSWORD


@pytest.fixture
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Users:
    monkeypatch.setenv("MASKWRIGHT_PASSWORD", PASSWORD)
    return Users(tmp_path / "data")


class Users:
    """Runs the command on a data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def __call__(self, *words: str) -> int:
        return cli.main(["users", *words, "--data-dir", str(self.data_dir)])

    def hash_of(self, name: str) -> str:
        with opened_store(self.data_dir, "") as store:
            found = UserStore(store.database).find_name(name)
        assert found is not None
        return found[1]


def test_people_are_added_listed_and_changed(
    users: Users, capsys: pytest.CaptureFixture[str]
) -> None:
    assert users("add", "Ada", "--role", "owner") == 0
    assert users("add", "Ben", "--role", "annotator") == 0
    assert users("role", "ben", "--role", "reviewer") == 0
    assert users("disable", "Ben") == 0
    capsys.readouterr()
    assert users("list") == 0
    assert capsys.readouterr().out == "Ada (owner)\nBen (reviewer, disabled)\n"
    assert users("enable", "Ben") == 0
    assert capsys.readouterr().out == "Ben (reviewer)\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "Ben", "--role", "reader"), "one owner who can sign in must remain"),
        (("add", "Ada"), "users add must name a role"),
        (("add", "--role", "owner"), "users add must name a user"),
        (("disable", "Eve"), "the user must exist, got 'Eve'"),
        (("add", "a\tb", "--role", "owner"), "name must have only visible signs"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    users: Users, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert users(*words) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_the_last_owner_stays(users: Users, capsys: pytest.CaptureFixture[str]) -> None:
    users("add", "Ada", "--role", "owner")
    assert users("disable", "Ada") == 2
    assert users("role", "Ada", "--role", "reader") == 2
    assert "make somebody else an owner first" in capsys.readouterr().err


def test_scripts_write_the_password_into_the_standard_input(
    users: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    users("add", "Ada", "--role", "owner")
    before = users.hash_of("Ada")
    monkeypatch.delenv("MASKWRIGHT_PASSWORD")
    monkeypatch.setattr("sys.stdin", io.StringIO("a quite different one\n"))
    assert users("password", "Ada") == 0
    assert users.hash_of("Ada") != before


def test_people_type_it_twice_and_unseen(
    users: Users, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MASKWRIGHT_PASSWORD")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    typed = [PASSWORD, "something else", PASSWORD, PASSWORD]
    monkeypatch.setattr("getpass.getpass", lambda _prompt: typed.pop(0))
    assert users("add", "Ada", "--role", "owner") == 2
    assert "both passwords must be the same" in capsys.readouterr().err
    assert users("add", "Ada", "--role", "owner") == 0
    assert PASSWORD not in capsys.readouterr().out


def test_a_short_password_is_refused(
    users: Users, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MASKWRIGHT_PASSWORD", "short")
    assert users("add", "Ada", "--role", "owner") == 2
    assert "must have 10 to 200 characters, got 5" in capsys.readouterr().err
