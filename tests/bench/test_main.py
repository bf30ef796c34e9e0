"""The benchmarks are chosen by name, and a wrong name is refused with the right ones."""

from __future__ import annotations

import pytest

from bench import __main__ as command
from bench.harness import summarise


def test_only_the_named_benchmarks_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []

    def fake(name: str) -> object:
        return lambda: ran.append(name) or [summarise(name, [1.0, 2.0])]

    monkeypatch.setattr(command, "BENCHMARKS", {name: fake(name) for name in ("first", "second")})
    monkeypatch.setattr(command, "write_result", lambda name, rows: f"results/{name}.json")
    assert command.main(["second"]) == 0
    assert ran == ["second"]
    assert "results/second.json" in capsys.readouterr().out


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["fastest"])
    assert "must be one of encoder, decoder, browser, got fastest" in capsys.readouterr().err
