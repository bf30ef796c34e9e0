"""The health route."""

from __future__ import annotations

from flask.testing import FlaskClient

from app.services.served_model import ServedModel


def test_health_names_the_model(client: FlaskClient, tiny_model: ServedModel) -> None:
    answer = client.get("/api/health")
    assert answer.json == {
        "status": "ok",
        "model_id": tiny_model.model_id,
        "model_name": "tiny",
    }
