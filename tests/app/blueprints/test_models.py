"""Routes of the model and its decoder."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import onnx
import pytest
from flask.testing import FlaskClient

from app.context import AppContext
from app.services import decoder_file
from app.services.served_model import ServedModel
from sam_core.export.onnx_decoder import CONTRACT
from tests.helpers.app_fixtures import error_code, write_graph
from tests.helpers.tuned_models import LESSON, tuned


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


def test_nobody_waits_for_an_export(
    client: FlaskClient, context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def export(_sam: object, path: Path, *, model_name: str) -> None:
        assert go_on.wait(20), model_name
        write_graph(path, model_id=context.model.model_id, contract=CONTRACT)

    monkeypatch.setattr(decoder_file, "export_decoder", export)
    monkeypatch.setattr(decoder_file.DecoderFile.get_soon, "__defaults__", (0.05,))
    answer = client.get("/api/model")
    assert (answer.status_code, answer.json["decoder_url"]) == (202, None)
    assert answer.json["model_id"] == context.model.model_id
    early = client.get("/api/model/decoder.onnx")
    assert (early.status_code, error_code(early)) == (409, "decoder_not_ready")
    go_on.set()
    context.decoder_file.get()
    ready = client.get("/api/model")
    assert ready.status_code == 200
    assert client.get(ready.json["decoder_url"]).status_code == 200


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


def test_one_request_switches_the_model_and_another_goes_back(
    client: FlaskClient, context: AppContext, ready_image_id: int
) -> None:
    base = context.model.model_id
    kept = context.models.keep(tuned(context.model.sam), "tiny-t1", LESSON).version
    write_graph(context.store.files.decoder_path(base), model_id=base, contract=CONTRACT)
    path = context.store.files.decoder_path(kept.model_id)
    write_graph(path, model_id=kept.model_id, contract=CONTRACT)
    listed = client.get("/api/models").json
    assert [one["is_served"] for one in listed["models"]] == [True, False]
    assert listed["models"][1]["lesson"]["after"] == {"clicks_to_90": 3.0, "first_iou": 0.7}
    switched = client.post(f"/api/models/{kept.model_id}/use").json
    assert [one["is_served"] for one in switched["models"]] == [False, True]
    model = client.get("/api/model").json
    assert (model["model_id"], model["name"]) == (kept.model_id, "tiny-t1")
    assert set(model["takes_logits_of"]) == {base, kept.model_id}
    assert client.get(model["decoder_url"]).data == path.read_bytes()
    # Nothing is encoded again, and the decoder of the server is the new one.
    state = client.get(f"/api/images/{ready_image_id}/embedding/state").json
    assert (state["state"], model["encoder_id"] in state["url"]) == ("ready", True)
    prompt = {"points": [{"x": 20, "y": 10, "label": 1}], "box": None, "mask_input": None}
    answer = client.post(f"/api/images/{ready_image_id}/decode", json=prompt).json
    assert answer["model_id"] == kept.model_id
    client.post(f"/api/models/{switched['previous']}/use")
    assert client.get("/api/health").json["model_id"] == base


def test_an_unknown_model_is_not_served(client: FlaskClient) -> None:
    answer = client.post("/api/models/nothing/use")
    assert (answer.status_code, error_code(answer)) == (404, "model_not_found")
