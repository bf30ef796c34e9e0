"""A server with the tiny model and an empty store, for every test that needs one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.blueprints.current import CONTEXT_KEY
from app.config import AppConfig
from app.context import AppContext
from app.domain.annotation import AnnotationContent, CocoRle
from app.services.served_model import ServedModel
from bench.buffered_client import BufferedClient
from sam_core.build_sam import build_tiny
from sam_core.checkpoints import model_id
from sam_core.export.onnx_decoder import CONTRACT
from sam_core.masks.rle import encode_rle
from tests.helpers.fill_weights import fill_weights
from tests.helpers.sample_images import jpeg

PATIENCE_S = 20.0


@pytest.fixture(scope="session")
def tiny_model() -> ServedModel:
    torch.set_num_threads(1)  # the tiny model is faster alone than waiting for a second core
    sam = build_tiny()
    fill_weights(sam)
    sam.requires_grad_(False)
    return ServedModel(sam, "tiny", model_id(sam))


@pytest.fixture
def config(tmp_path: Path) -> AppConfig:
    root = tmp_path / "pictures"
    root.mkdir()
    return AppConfig(data_dir=tmp_path / "data", images_root=root, max_upload_mb=2)


@pytest.fixture
def app(config: AppConfig, tiny_model: ServedModel) -> Iterator[Flask]:
    app = create_app(config, tiny_model)
    app.test_client_class = BufferedClient
    yield app
    app.extensions[CONTEXT_KEY].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def context(app: Flask) -> AppContext:
    found: AppContext = app.extensions[CONTEXT_KEY]
    return found


@pytest.fixture
def decoder_in_store(context: AppContext) -> Path:
    """Put a decoder where the server keeps it, as a first use would, without the export."""
    path = context.config.data_dir / "models" / context.model.model_id / "decoder.onnx"
    write_graph(path, model_id=context.model.model_id, contract=CONTRACT)
    return path


def write_graph(path: Path, **metadata: str) -> None:
    """Write a small graph that only its metadata tells from a decoder."""
    value = onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])
    graph = onnx.helper.make_graph([], "empty", [value], [value])
    model = onnx.helper.make_model(graph)
    onnx.helper.set_model_props(model, metadata)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, path)


def upload(client: FlaskClient, content: bytes, name: str = "photo.jpg") -> TestResponse:
    """Send a file as a browser does."""
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"'.encode()
    body = b"--cut\r\n" + head + b"\r\n\r\n" + content + b"\r\n--cut--\r\n"
    return client.post("/api/images", data=body, content_type="multipart/form-data; boundary=cut")


@pytest.fixture
def image_id(client: FlaskClient) -> int:
    """Return the id of an uploaded image of 48 x 32 pixels."""
    answer = upload(client, jpeg())
    assert answer.status_code == 201
    return int(answer.json["id"])  # type: ignore[index]


@pytest.fixture
def ready_image_id(client: FlaskClient, image_id: int) -> int:
    """Return the id of an uploaded image whose embedding is ready."""
    client.post(f"/api/images/{image_id}/embedding")
    wait_for_state(client, image_id, "ready")
    return image_id


def wait_for_state(client: FlaskClient, image_id: int, state: str) -> dict[str, Any]:
    """Return the embedding's state once it is the wanted one."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        found: dict[str, Any] = client.get(f"/api/images/{image_id}/embedding/state").json
        if found["state"] == state:
            return found
        time.sleep(0.01)
    raise AssertionError(f"the embedding must become {state}, got {found}")


def rectangle_mask(
    height: int = 32, width: int = 48, box: tuple[int, int, int, int] = (5, 4, 20, 12)
) -> CocoRle:
    """Return a mask with one rectangle: left, top, right, bottom."""
    pixels = np.zeros((height, width), dtype=np.bool_)
    left, top, right, bottom = box
    pixels[top:bottom, left:right] = True
    return CocoRle(height, width, encode_rle(pixels)["counts"])


def mask_json(**place: Any) -> dict[str, object]:
    """Return a rectangle mask as a client sends it."""
    return rectangle_mask(**place).to_coco()


def content(category_id: int = 1, mask: CocoRle | None = None, **more: Any) -> AnnotationContent:
    """Return what a client says about a mask."""
    return AnnotationContent(category_id, mask or rectangle_mask(), **more)


def error_code(answer: TestResponse) -> str:
    """Return the stable code of a failed answer, checking its shape."""
    body: dict[str, Any] = answer.json  # type: ignore[assignment]
    assert {"code", "message", "hint"} == set(body["error"])
    return str(body["error"]["code"])
