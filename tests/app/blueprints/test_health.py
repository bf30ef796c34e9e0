"""The health route."""

from __future__ import annotations

import errno
import logging

import pytest
from flask.testing import FlaskClient

from app.services.served_model import ServedModel
from tests.helpers.app_fixtures import error_code


def test_health_names_the_model(client: FlaskClient, tiny_model: ServedModel) -> None:
    answer = client.get("/api/health")
    assert answer.json == {
        "status": "ok",
        "model_id": tiny_model.model_id,
        "model_name": "tiny",
    }


def test_a_server_is_ready_while_its_store_can_be_written(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/api/ready").json == {"status": "ready"}

    def fail(_: int) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("os.fsync", fail)
    answer = client.get("/api/ready")
    assert (answer.status_code, error_code(answer)) == (503, "store_read_only")
    assert client.get("/api/health").status_code == 200


def test_answers_and_embeddings_are_counted(client: FlaskClient, ready_image_id: int) -> None:
    client.post(f"/api/images/{ready_image_id}/embedding")
    client.get("/nowhere")
    answer = client.get("/metrics")
    assert answer.mimetype == "text/plain"
    for line in (
        'maskwright_requests_total{method="GET",route="none",status="404"} 1.0',
        'maskwright_embedding_requests_total{result="hit"} 1.0',
        'maskwright_embedding_requests_total{result="miss"} 1.0',
        "maskwright_encode_seconds_count 1.0",
        "maskwright_encode_queue_length 0.0",
    ):
        assert line in answer.text


def test_the_log_of_answers_names_routes_and_nothing_personal(
    client: FlaskClient, image_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="app.access"):
        client.get(f"/api/images/{image_id}?name=Ada", headers={"X-Author": "Ada"})
        client.get("/Ada")
    assert [record.getMessage() for record in caplog.records] == [
        "GET /api/images/<id:image_id> 200",
        "GET none 404",
    ]
    assert "Ada" not in str([vars(record) for record in caplog.records])
