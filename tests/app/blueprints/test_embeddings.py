"""Routes of embeddings: ask, watch, fetch."""

from __future__ import annotations

import json
import time

from flask.testing import FlaskClient
from safetensors.numpy import load

from app.context import AppContext
from tests.helpers.app_fixtures import error_code, upload, wait_for_state
from tests.helpers.sample_images import encode, noise


def test_an_embedding_is_waiting_until_it_is_asked_for(client: FlaskClient, image_id: int) -> None:
    state = client.get(f"/api/images/{image_id}/embedding/state").json
    assert state == {
        "state": "waiting",
        "eta_s": None,
        "queue_position": None,
        "error": None,
        "url": None,
    }


def test_a_request_leads_to_a_half_precision_file(client: FlaskClient, image_id: int) -> None:
    answer = client.post(f"/api/images/{image_id}/embedding")
    assert answer.status_code == 202
    state = wait_for_state(client, image_id, "ready")
    tensors = load(client.get(state["url"]).data)
    assert tensors["image_embeddings"].dtype == "float16"
    assert tensors["image_embeddings"].shape == (1, 32, 4, 4)


def test_the_embedding_may_be_kept_under_its_own_address_only(
    client: FlaskClient, ready_image_id: int
) -> None:
    url = client.get(f"/api/images/{ready_image_id}").json["embedding"]["url"]
    kept = client.get(url)
    assert kept.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    bare = client.get(f"/api/images/{ready_image_id}/embedding")
    assert bare.headers["Cache-Control"] == "no-cache"
    assert bare.headers["ETag"] == kept.headers["ETag"]


def test_an_unchanged_embedding_is_not_sent_again(client: FlaskClient, ready_image_id: int) -> None:
    address = f"/api/images/{ready_image_id}/embedding"
    etag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_the_etag_names_the_model(
    client: FlaskClient, context: AppContext, ready_image_id: int
) -> None:
    etag = client.get(f"/api/images/{ready_image_id}/embedding").headers["ETag"]
    assert context.model.encoder_id in etag


def test_an_embedding_that_is_not_there_is_a_conflict(client: FlaskClient, image_id: int) -> None:
    answer = client.get(f"/api/images/{image_id}/embedding")
    assert (answer.status_code, error_code(answer)) == (409, "embedding_not_ready")


def test_embeddings_of_one_pixel_and_of_a_line_work(client: FlaskClient) -> None:
    for width, height in ((1, 1), (1, 400), (400, 1)):
        content = encode(noise(width, height))
        image_id = upload(client, content, "thin.png").json["id"]
        client.post(f"/api/images/{image_id}/embedding")
        wait_for_state(client, image_id, "ready")


def test_an_unknown_image_has_no_embedding(client: FlaskClient) -> None:
    assert error_code(client.post("/api/images/99/embedding")) == "image_not_found"
    assert error_code(client.get("/api/images/99/embedding")) == "image_not_found"
    assert error_code(client.get("/api/images/99/embedding/state")) == "image_not_found"


def test_an_expected_embedding_is_made_when_there_is_time(
    client: FlaskClient, image_id: int
) -> None:
    answer = client.post(f"/api/images/{image_id}/embedding/expected")
    assert answer.status_code == 202
    assert wait_for_state(client, image_id, "ready")["url"] is not None


def test_whoever_does_not_wait_any_more_may_say_so_at_any_time(
    client: FlaskClient, ready_image_id: int
) -> None:
    answer = client.delete(f"/api/images/{ready_image_id}/embedding")
    assert (answer.status_code, answer.data) == (204, b"")
    assert wait_for_state(client, ready_image_id, "ready")["url"] is not None
    assert client.delete("/api/images/999/embedding").status_code == 404


def test_a_part_of_an_image_has_an_embedding_of_its_own(
    client: FlaskClient, ready_image_id: int
) -> None:
    address, query = f"/api/images/{ready_image_id}/embedding", {"crop": "8,4,32,24"}
    assert client.post(address, query_string=query).status_code == 202
    deadline = time.monotonic() + 60
    while (state := client.get(f"{address}/state", query_string=query).json)["state"] != "ready":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert "crop=8,4,32,24&" in state["url"]
    kept = client.get(state["url"])
    assert kept.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert kept.headers["ETag"] != client.get(address).headers["ETag"]
    length = int.from_bytes(kept.data[:8], "little")
    said = json.loads(kept.data[8 : 8 + length])["__metadata__"]
    whole = client.get(f"/api/images/{ready_image_id}").json
    assert (int(said["image_width"]), int(said["image_height"])) == (
        whole["width"],
        whole["height"],
    )
    assert [said[f"crop_{name}"] for name in ("x", "y", "width", "height")] == [
        "8",
        "4",
        "32",
        "24",
    ]
    assert client.delete(address, query_string=query).status_code == 204


def test_a_part_that_is_none_is_refused(client: FlaskClient, image_id: int) -> None:
    answer = client.post(f"/api/images/{image_id}/embedding?crop=0,0,9999,16")
    assert (answer.status_code, error_code(answer)) == (400, "field_invalid")
