"""Routes of the model and its decoder."""

from __future__ import annotations

from pathlib import Path

import onnx
from flask.testing import FlaskClient

from app.services.served_model import ServedModel


def test_the_model_is_described(
    client: FlaskClient, tiny_model: ServedModel, decoder_in_store: Path
) -> None:
    model = client.get("/api/model").json
    assert model["model_id"] == tiny_model.model_id
    assert model["tensors"] == [{"name": "image_embeddings", "shape": [1, 32, 4, 4]}]
    assert (model["name"], model["image_size"], model["mask_size"]) == ("tiny", 64, 16)
    assert model["mask_threshold"] == 0.0
    assert model["parameters"] == tiny_model.parameter_count
    assert model["summary"] == "tiny, 0.2 M parameters, 64 px"
    assert decoder_in_store.is_file()


def test_the_decoder_carries_the_id_of_the_model(
    client: FlaskClient, tiny_model: ServedModel, decoder_in_store: Path
) -> None:
    answer = client.get(client.get("/api/model").json["decoder_url"])
    assert answer.data == decoder_in_store.read_bytes()
    assert "immutable" in answer.headers["Cache-Control"]
    graph = onnx.load_from_string(answer.data)
    metadata = {entry.key: entry.value for entry in graph.metadata_props}
    assert metadata["model_id"] == tiny_model.model_id
    again = client.get("/api/model/decoder.onnx", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
