"""What goes wrong around the server is said clearly and loses nothing (docs/promises.md)."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from safetensors.numpy import load
from werkzeug.test import TestResponse

from app import cli
from app.blueprints.current import CONTEXT_KEY
from app.config import AppConfig
from app.context import AppContext
from app.errors import disk_full_error
from app.services import import_service
from app.storage import database as database_module
from app.storage import engines
from app.storage.annotation_import import AnnotationImport
from app.storage.database import Database
from tests.helpers.app_fixtures import PATIENCE_S, error_code, mask_json, upload, wait_for_state
from tests.helpers.coco_files import annotation, coco, compressed, rectangle
from tests.helpers.sample_images import jpeg

FULL = (errno.ENOSPC, 507, "disk_full")
READ_ONLY = (errno.EROFS, 503, "store_read_only")


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file() and "sqlite3" not in path.name}


def failing(number: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(("number", "status", "code"), [FULL, READ_ONLY])
@pytest.mark.parametrize("step", ["tempfile.mkstemp", "os.fsync"])
def test_an_upload_that_finds_no_room_keeps_nothing_and_can_be_repeated(
    client: FlaskClient,
    config: AppConfig,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    number: int,
    status: int,
    code: str,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(step, failing(number))
        answer = upload(client, jpeg())
    assert (answer.status_code, error_code(answer)) == (status, code)
    assert files_below(config.data_dir) == set()
    assert client.get("/api/images").json == {"images": []}
    assert upload(client, jpeg()).status_code == 201


def test_a_large_upload_that_finds_no_room_on_its_way_in_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "SpooledTemporaryFile", failing(errno.ENOSPC))
        patch.setattr("werkzeug.formparser.SpooledTemporaryFile", failing(errno.ENOSPC))
        answer = upload(client, bytes(1_000_000))
    assert (answer.status_code, error_code(answer)) == (507, "disk_full")


def test_an_embedding_that_finds_no_room_is_reported_and_can_be_asked_for_again(
    client: FlaskClient, image_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", failing(errno.ENOSPC))
        client.post(f"/api/images/{image_id}/embedding")
        state = wait_for_state(client, image_id, "failed")
    assert state["error"]["code"] == "disk_full"
    client.post(f"/api/images/{image_id}/embedding")
    wait_for_state(client, image_id, "ready")


def test_the_caches_may_be_deleted_while_the_server_runs(
    client: FlaskClient, config: AppConfig, ready_image_id: int
) -> None:
    address = f"/api/images/{ready_image_id}"
    before = client.get(f"{address}/thumbnail").data, load(client.get(f"{address}/embedding").data)
    for name in ("cache", "embeddings"):
        shutil.rmtree(config.data_dir / name)
    assert error_code(client.get(f"{address}/embedding")) == "embedding_not_ready"
    client.post(f"{address}/embedding")
    wait_for_state(client, ready_image_id, "ready")
    assert client.get(f"{address}/thumbnail").data == before[0]
    again = load(client.get(f"{address}/embedding").data)
    assert again["image_embeddings"].tobytes() == before[1]["image_embeddings"].tobytes()


def test_a_clock_that_was_set_back_makes_no_newer_state_look_older(
    client: FlaskClient, image_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = {"category_id": 1, "segmentation": mask_json()}
    kept = client.post(f"/api/images/{image_id}/annotations", json=body).json
    assert kept is not None

    class EarlierClock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) - timedelta(days=400)

    monkeypatch.setattr(database_module, "datetime", EarlierClock)
    changed = client.patch(f"/api/annotations/{kept['id']}", json={"author": "Ada"}).json
    assert changed is not None
    assert changed["revision"] == 2
    assert changed["updated_at"] >= kept["updated_at"]
    listed = client.get(f"/api/images/{image_id}/annotations").json
    assert listed is not None
    assert [one["author"] for one in listed["annotations"]] == ["Ada"]


def ended(client: FlaskClient, address: str) -> dict[str, Any]:
    """Return a job once it has ended."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        job: dict[str, Any] = client.get(address).json
        if job["state"] in {"done", "failed"}:
            return job
        time.sleep(0.01)
    raise AssertionError(f"the work must end, got {job}")


def export(client: FlaskClient) -> dict[str, Any]:
    answer: Any = client.post("/api/exports", json={"format": "labelme"}).json
    return ended(client, f"/api/exports/{answer['id']}")


def keep_mask(client: FlaskClient, image_id: int) -> TestResponse:
    body = {"category_id": 1, "segmentation": mask_json()}
    return client.post(f"/api/images/{image_id}/annotations", json=body)


def test_an_export_that_finds_no_room_on_its_way_leaves_nothing_and_can_be_repeated(
    client: FlaskClient, config: AppConfig, image_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_mask(client, image_id)
    with monkeypatch.context() as patch:
        patch.setattr("zipfile.ZipFile.writestr", failing(errno.ENOSPC))
        job = export(client)
    assert (job["state"], job["error"]["code"], job["url"]) == ("failed", "disk_full", None)
    assert list((config.data_dir / "exports").iterdir()) == []
    assert export(client)["report"]["compared"] == 1


def test_a_database_that_somebody_holds_refuses_the_save_and_takes_it_later(
    client: FlaskClient, config: AppConfig, image_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep_mask(client, image_id).json
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 1)
    other = sqlite3.connect(config.data_dir / "maskwright.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with new_connections(client):
        answer = keep_mask(client, image_id)
        assert (answer.status_code, error_code(answer)) == (503, "database_busy")
        other.execute("ROLLBACK")
        other.close()
        assert keep_mask(client, image_id).status_code == 201
    listed: Any = client.get(f"/api/images/{image_id}/annotations").json
    assert [one["revision"] for one in listed["annotations"]] == [1, 1]
    assert listed["annotations"][0] == {**kept, "low_res_logits": None}  # type: ignore[dict-item]


@contextmanager
def new_connections(client: FlaskClient) -> Iterator[None]:
    """Let the database open its connections again, so that they learn of a changed setting."""
    context: AppContext = client.application.extensions[CONTEXT_KEY]
    context.database.close()
    yield
    context.database.close()


def test_an_import_that_finds_no_room_keeps_whole_groups_and_is_simply_repeated(
    client: FlaskClient, image_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = [rectangle(left, 4, left + 2, 12) for left in range(6)]
    document = json.dumps(coco(*[annotation(compressed(shape)) for shape in shapes])).encode()
    monkeypatch.setattr(import_service, "_MASKS_AT_ONCE", 2)
    form = {"file": (io.BytesIO(document), "a.json")}
    trial: Any = client.post("/api/imports", data=form).json
    address = f"/api/imports/{trial['id']}"
    assert ended(client, address)["report"]["added"] == 6
    add, calls = AnnotationImport.add, count(1)

    def full_at_the_second(self: AnnotationImport, masks: Any) -> int:
        if next(calls) == 2:
            raise disk_full_error()
        return add(self, masks)

    with monkeypatch.context() as patch:
        patch.setattr(AnnotationImport, "add", full_at_the_second)
        job: Any = client.post(f"{address}/confirm").json
        failed = ended(client, f"/api/imports/{job['id']}")
    assert failed["error"]["code"] == "disk_full"
    job = client.post(f"{address}/confirm").json
    report = ended(client, f"/api/imports/{job['id']}")["report"]
    assert (report["added"], report["already_there"]) == (4, 2)
    listed: Any = client.get(f"/api/images/{image_id}/annotations").json
    assert len(listed["annotations"]) == 6


@pytest.mark.parametrize(
    "command", [["serve", "--port", "0"], ["doctor"], ["export", "a.zip"], ["backup", "b.zip"]]
)
def test_no_command_of_an_older_program_touches_a_newer_database(
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data" / "maskwright.sqlite3"
    path.parent.mkdir()
    Database(path).close()
    with sqlite3.connect(path) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    before = path.read_bytes()
    assert cli.main([*command, "--data-dir", str(path.parent)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "must have a schema up to" in said
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.zip"))
