"""The command line finds its commands."""

from __future__ import annotations

import pytest

from app import cli


def test_without_a_command_the_server_is_meant() -> None:
    assert cli.parse([], {})[0] == "serve"
    assert cli.parse(["--port", "82"], {})[1] == cli.parse(["serve", "--port", "82"], {})[1]


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for name, command in cli.COMMANDS.items():
        with pytest.raises(SystemExit) as caught:
            cli.main([name, "--help"])
        assert caught.value.code == 0
        assert (command.__doc__ or "").split()[0] in capsys.readouterr().out


def test_the_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    printed = capsys.readouterr().out
    for name, command in cli.COMMANDS.items():
        assert f"  {name} " in printed
        assert command.HELP in printed


def test_an_unknown_command_ends_with_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["explode"])
    assert caught.value.code == 2
    assert "explode" in capsys.readouterr().err


def test_the_environment_names_the_store_of_every_command() -> None:
    environment = {"MASKWRIGHT_DATA_DIR": "/masks", "DATABASE_URL": "postgresql://db/masks"}
    for arguments in (["serve"], ["doctor"], ["backup", "x.zip"], ["restore", "x.zip"]):
        _, options = cli.parse(arguments, environment)
        assert str(options.data_dir) == "/masks"
        assert options.database_url == "postgresql://db/masks"
