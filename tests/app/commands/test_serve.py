"""The server's options, and one line when it cannot start."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.commands import serve
from app.config import AppConfig
from app.context import build_context
from app.domain.user import Role
from app.errors import ServerFaultError
from app.services.served_model import ServedModel
from app.storage.store import opened_store
from app.storage.store_lock import store_lock
from sam_core.checkpoints import save_safetensors
from tests.helpers.accounts import PASSWORD, make_accounts


def parse_config(arguments: list[str], environment: dict[str, str]) -> AppConfig:
    _, options = cli.parse(arguments, environment)
    return AppConfig(**{**vars(options), "allowed_hosts": tuple(options.allowed_hosts)})


def test_options_come_before_the_environment_and_that_before_the_defaults() -> None:
    environment = {"MASKWRIGHT_PORT": "81", "MASKWRIGHT_HOST": "0.0.0.0"}
    config = parse_config(
        ["--port", "82", "--allowed-host", "a", "--allowed-host", "b"], environment
    )
    assert (config.port, config.host, config.max_upload_mb) == (82, "0.0.0.0", 200)
    assert config.allowed_hosts == ("a", "b")


def test_the_defaults_of_the_command_line_are_those_of_the_settings() -> None:
    assert parse_config([], {}) == AppConfig()


def test_paths_may_begin_at_home() -> None:
    config = parse_config(["--data-dir", "~/store", "--checkpoint", "~/w.pth"], {})
    assert config.data_dir == Path.home() / "store"
    assert config.checkpoint == Path.home() / "w.pth"


@pytest.mark.parametrize(
    "options",
    [["--port", "70000"], ["--port", "x"], ["--max-upload-mb", "0"], ["--threads", "-1"], ["--no"]],
)
def test_impossible_options_end_with_status_2(options: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_config(options, {})
    assert caught.value.code == 2


def test_an_impossible_variable_ends_with_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_config([], {"MASKWRIGHT_PORT": "many"})
    assert caught.value.code == 2
    assert "must be from 0 to 65535, got 'many'" in capsys.readouterr().err


@pytest.fixture
def checkpoint(tiny_model: ServedModel, tmp_path: Path) -> Path:
    path = tmp_path / "tiny.safetensors"
    save_safetensors(tiny_model.sam, path, model_name="tiny")
    return path


@pytest.fixture
def options(checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return options that start a server, which ends at once."""
    monkeypatch.setattr(
        "waitress.server.BaseWSGIServer.run", lambda server: server.task_dispatcher.shutdown()
    )
    monkeypatch.setattr(serve, "_prepare_decoder", lambda _: None)
    data_dir = str(tmp_path / "data")
    return [
        "--model",
        "tiny",
        "--checkpoint",
        str(checkpoint),
        "--data-dir",
        data_dir,
        "--port",
        "0",
    ]


def test_a_started_server_prints_its_address(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(options) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Maskwright runs at http://127.0.0.1:")
    assert ":0 " not in printed


def one_line_of(captured: Any) -> str:
    lines: list[str] = captured.readouterr().err.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_a_taken_port_is_one_line_and_status_2(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert cli.main([*options, "--port", str(port)]) == 2
    line = one_line_of(capsys)
    assert f"port {port}" in line
    assert line.endswith("stop the program that uses it or choose another --port")


def test_a_missing_checkpoint_is_one_line_and_status_2(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*options, "--checkpoint", "/none.pth"]) == 2
    assert "checkpoint /none.pth must be an existing file" in one_line_of(capsys)


def test_an_impossible_data_folder_is_one_line_and_status_2(
    options: list[str], checkpoint: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*options, "--data-dir", str(checkpoint / "x")]) == 2
    assert "choose another with --data-dir" in one_line_of(capsys)


def test_a_decoder_that_cannot_be_prepared_does_not_stop_the_server(
    config: AppConfig,
    tiny_model: ServedModel,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    context = build_context(config, tiny_model)

    def fail(_: object) -> None:
        raise ServerFaultError("decoder_export_failed", "logits must agree")

    monkeypatch.setattr("app.services.decoder_file.DecoderFile.get", fail)
    serve._prepare_decoder(context)
    context.close()
    assert "logits must agree" in caplog.text


def test_two_servers_never_share_a_data_folder(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with store_lock(tmp_path / "data"):
        assert cli.main(options) == 2
    assert "must be used by one server at a time" in one_line_of(capsys)
    assert cli.main(options) == 0


def test_an_open_server_prints_a_token_of_its_own(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    tokens = []
    for _ in range(2):
        assert cli.main([*options, "--host", "0.0.0.0"]) == 0
        printed = re.search(r"/\?token=(\S{32}) ", capsys.readouterr().out)
        assert printed
        tokens.append(printed[1])
    assert tokens[0] != tokens[1]


def test_a_chosen_token_is_taken_from_the_environment(
    options: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASKWRIGHT_TOKEN", "correct-horse-battery")
    assert cli.main(options) == 0
    assert "/?token=correct-horse-battery " in capsys.readouterr().out


def test_a_server_with_accounts_prints_no_token(
    options: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with opened_store(tmp_path / "data", "") as store:
        make_accounts(store.database).add_user("Ada", PASSWORD, Role.OWNER)
    assert cli.main([*options, "--host", "0.0.0.0"]) == 0
    assert "token" not in capsys.readouterr().out
    monkeypatch.setenv("MASKWRIGHT_TOKEN", "correct-horse-battery")
    assert cli.main(options) == 0
    assert "token" not in capsys.readouterr().out
