"""What goes wrong around the server is said clearly and loses nothing (docs/promises.md)."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from safetensors.numpy import load

from app.config import AppConfig
from app.storage import database as database_module
from tests.helpers.app_fixtures import error_code, mask_json, upload, wait_for_state
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
