"""No route is forgotten by the Python client: it has a call for it, or a reason stands here."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.client import Client
from app.client.annotations import Annotation
from app.client.transport import Transport

PAGE = "for the page of a browser"
IN_ONE = "another call does the same"
NOT_CALLED = {
    "GET /api/health": "for whoever watches the server",
    "GET /api/ready": "for whoever watches the server",
    "GET /metrics": "for whoever watches the server",
    "GET /api/openapi.json": "describes the interface",
    "GET /api/docs": "describes the interface",
    "GET /": PAGE,
    "GET /static/<path:name>": PAGE,
    "GET /favicon.ico": PAGE,
    "GET /api/model": "for decoders that run at the client",
    "GET /api/model/decoder.onnx": "for decoders that run at the client",
    "GET /api/images/<id:image_id>/embedding": "for decoders that run at the client",
    "DELETE /api/images/<id:image_id>/embedding": "a script waits for what it asked for",
    "POST /api/images/<id:image_id>/embedding/expected": "a script knows what it wants next",
    "GET /api/images/<id:image_id>/pixels": "a script takes the original",
    "GET /api/images/<id:image_id>/thumbnail": PAGE,
    "GET /api/images/<id:image_id>/masked-thumbnail": PAGE,
    "POST /api/images/<id:image_id>/presence": "a script is nobody who is there",
    "DELETE /api/images/<id:image_id>/presence": "a script is nobody who is there",
    "POST /api/images/from-folder": IN_ONE + ": images.add for each file",
    "PUT /api/images/<id:image_id>/proposals": IN_ONE + ": proposals.from_boxes",
    "GET /api/images/<id:image_id>/proposals/<id:number>/logits": "made again by images.decode",
    "GET /api/export/coco": IN_ONE + ": exports.save",
}


class Anything(dict[str, Any]):
    """An answer in which every field is there."""

    def __missing__(self, name: str) -> Any:
        return ANSWERS[name] if name in ANSWERS else Anything()


ANSWERS: dict[str, Any] = {
    **{"id": 1, "revision": 1, "state": "done", "url": "/api/exports/1/file"},
    **{"models": [Anything()], "is_served": True},
}


class Recorder(Transport):
    """Sends nothing, and notes what would have been sent."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:1", "", 1.0)
        self.sent: set[tuple[str, str]] = set()

    def _exchange(self, method: str, path: str, *rest: Any) -> Any:
        assert rest
        self.sent.add((method, path.partition("?")[0]))
        return Anything()

    def download(self, path: str, target: Path) -> None:
        assert target
        self.sent.add(("GET", path))


def example(annotation: Any, folder: Path) -> Any:
    """Return a value that a parameter takes."""
    options = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else ()
    if str in options or annotation is str:
        return str(folder / "file") if len(options) > 1 else "x"
    values: dict[Any, Any] = {
        int: 1,
        bytes: b"x",
        Annotation: Annotation.from_json(Anything()),
    }
    for kind in (*options, annotation):
        if kind in values:
            return values[kind]
    return [1]


def calls_of(client: Client) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, room in vars(client).items():
        for call_name, call in inspect.getmembers(room, inspect.ismethod):
            if not call_name.startswith("_"):
                yield f"{name}.{call_name}", call


def record(folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    recorder = Recorder()
    monkeypatch.setattr("app.client.client.Transport", lambda *_: recorder)
    (folder / "file").write_bytes(b"x")
    names = []
    for name, call in calls_of(Client()):
        names.append(name)
        hints = typing.get_type_hints(call)
        required = {
            parameter.name: example(hints[parameter.name], folder)
            for parameter in inspect.signature(call).parameters.values()
            if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
        }
        call(**required)
    assert len(names) > 50
    return recorder.sent


def routes(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}  # type: ignore[operator]
    }


def test_every_route_is_called_or_has_a_reason(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter = app.url_map.bind("127.0.0.1")
    called = set()
    for method, path in record(tmp_path, monkeypatch):
        rule, _ = adapter.match(path, method, return_rule=True)  # NotFound: no such route
        called.add(f"{method} {rule.rule}")
    assert routes(app) - called == set(NOT_CALLED)
