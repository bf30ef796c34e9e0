"""Routes of images: add, list, delete, fetch."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient
from PIL import Image

from app import create_app
from app.blueprints.current import CONTEXT_KEY
from app.config import AppConfig
from app.context import AppContext
from app.domain.user import Role, User
from app.services.served_model import ServedModel
from bench.buffered_client import BufferedClient
from tests.helpers.accounts import sign_in
from tests.helpers.app_fixtures import error_code, mask_json, upload
from tests.helpers.sample_images import encode, huge_png_header, jpeg, noise, oriented, quarters


def test_an_upload_answers_with_the_image(client: FlaskClient) -> None:
    answer = upload(client, jpeg(), "Käse 奶.jpg")
    assert answer.status_code == 201
    image = answer.json
    assert image["file_name"] == "Käse 奶.jpg"
    assert (image["width"], image["height"], image["annotation_count"]) == (48, 32, 0)
    assert image["embedding"]["state"] == "waiting"
    assert client.get(f"/api/images/{image['id']}").json == image


def test_the_same_bytes_twice_are_one_image(client: FlaskClient, image_id: int) -> None:
    answer = upload(client, jpeg(), "another name.jpg")
    assert answer.status_code == 200
    assert answer.json["id"] == image_id
    assert len(client.get("/api/images").json["images"]) == 1


def test_the_original_comes_back_byte_for_byte(client: FlaskClient) -> None:
    content = oriented(quarters(), 6, "JPEG")
    image_id = upload(client, content).json["id"]
    answer = client.get(f"/api/images/{image_id}/original")
    assert answer.data == content
    assert "attachment" in answer.headers["Content-Disposition"]


def test_pixels_of_an_upright_jpeg_are_the_original(client: FlaskClient, image_id: int) -> None:
    answer = client.get(f"/api/images/{image_id}/pixels")
    assert answer.data == jpeg()
    assert answer.mimetype == "image/jpeg"


def test_pixels_of_a_turned_tiff_are_an_upright_png(client: FlaskClient) -> None:
    image_id = upload(client, oriented(quarters(), 6, "TIFF"), "scan.tif").json["id"]
    answer = client.get(f"/api/images/{image_id}/pixels")
    assert answer.mimetype == "image/png"
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(answer.data))), np.asarray(quarters()))


def test_a_thumbnail_is_small_and_upright(client: FlaskClient) -> None:
    image_id = upload(client, oriented(noise(800, 400), 8, "PNG"), "a.png").json["id"]
    thumbnail = Image.open(io.BytesIO(client.get(f"/api/images/{image_id}/thumbnail").data))
    assert (thumbnail.format, thumbnail.size) == ("JPEG", (320, 160))


@pytest.mark.parametrize("version", ["pixels", "thumbnail", "original"])
def test_an_unchanged_file_is_not_sent_again(
    client: FlaskClient, image_id: int, version: str
) -> None:
    address = f"/api/images/{image_id}/{version}"
    etag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_only_a_versioned_address_may_be_kept_without_asking(
    client: FlaskClient, image_id: int
) -> None:
    image = client.get(f"/api/images/{image_id}").json
    for name in ("pixels_url", "thumbnail_url"):
        versioned = client.get(image[name])
        assert "immutable" in versioned.headers["Cache-Control"], name
        bare = image[name].partition("?")[0]
        for address in (bare, f"{bare}?v=", f"{bare}?v={image[name][-1]}"):
            assert client.get(address).headers["Cache-Control"] == "no-cache", address


def test_a_deleted_image_is_gone_and_comes_back_with_its_annotations(
    client: FlaskClient, image_id: int
) -> None:
    client.post(
        f"/api/images/{image_id}/annotations",
        json={"category_id": 1, "segmentation": mask_json()},
    )
    assert client.delete(f"/api/images/{image_id}").status_code == 204
    assert client.get("/api/images").json == {"images": []}
    assert error_code(client.get(f"/api/images/{image_id}")) == "image_not_found"
    assert upload(client, jpeg()).json["annotation_count"] == 1


BAD_UPLOADS = {
    "text": (b"not an image at all", 422, "not_an_image"),
    "no bytes": (b"", 422, "file_empty"),
    "half a JPEG": (jpeg(64, 64)[:900], 422, "image_damaged"),
    "half a PNG": (encode(noise(64, 64))[:5000], 422, "image_damaged"),
    "PNG header only": (encode(noise())[:60], 422, "image_damaged"),
    "20,000 x 20,000": (huge_png_header(20_000, 20_000), 413, "image_too_large"),
    "bomb": (huge_png_header(2_000_000, 2_000_000), 413, "image_too_large"),
    "101 megapixels": (huge_png_header(10_100, 10_000), 413, "image_too_large"),
    "too long": (huge_png_header(70_000, 1), 413, "image_too_large"),
    "PDF": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", 422, "not_an_image"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', 422, "not_an_image"),
    "too many bytes": (b"\0" * (3 * 1024 * 1024), 413, "upload_too_large"),
}


@pytest.mark.parametrize("kind", BAD_UPLOADS)
def test_a_bad_file_is_refused_and_nothing_is_touched(
    client: FlaskClient, image_id: int, kind: str
) -> None:
    content, status, code = BAD_UPLOADS[kind]
    before = client.get("/api/images").json
    answer = upload(client, content)
    assert (answer.status_code, error_code(answer)) == (status, code)
    assert client.get("/api/images").json == before


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("too many bytes", "at most 2.1 MiB, got 3.0 MiB"),
        ("bomb", "at most 100 megapixels and 65000 pixels per side, got more"),
        ("too long", "pixels per side, got 70000 x 1"),
    ],
)
def test_the_refusal_of_a_large_file_names_limit_and_size(
    client: FlaskClient, kind: str, words: str
) -> None:
    assert words in upload(client, BAD_UPLOADS[kind][0]).json["error"]["message"]


def test_an_image_of_one_pixel_is_accepted(client: FlaskClient) -> None:
    image = upload(client, encode(Image.new("RGB", (1, 1))), "dot.png").json
    assert (image["width"], image["height"]) == (1, 1)
    assert client.get(f"/api/images/{image['id']}/thumbnail").status_code == 200


def test_an_upload_without_a_file_is_refused(client: FlaskClient) -> None:
    assert error_code(client.post("/api/images", data={"other": "x"})) == "file_missing"
    assert error_code(client.post("/api/images", json={})) == "file_missing"


def test_a_folder_is_added_and_the_rest_reported(client: FlaskClient, config: AppConfig) -> None:
    folder = config.images_root / "day 1"
    (folder / "inside").mkdir(parents=True)
    (folder / "b.jpg").write_bytes(jpeg(seed=1))
    (folder / "a.png").write_bytes(encode(noise(seed=2)))
    (folder / "notes.txt").write_text("no image")
    (folder / "empty.png").write_bytes(b"")
    (folder / "huge.png").write_bytes(b"\0" * (3 * 1024 * 1024))
    answer = client.post("/api/images/from-folder", json={"path": str(folder)})
    assert [image["file_name"] for image in answer.json["images"]] == ["a.png", "b.jpg"]
    skipped = {file["file_name"]: file["code"] for file in answer.json["skipped"]}
    assert skipped == {
        "empty.png": "file_empty",
        "huge.png": "upload_too_large",
        "inside": "not_a_file",
        "notes.txt": "not_an_image",
    }


def test_a_relative_folder_counts_from_the_permitted_root(
    client: FlaskClient, config: AppConfig
) -> None:
    (config.images_root / "day").mkdir()
    (config.images_root / "day" / "a.jpg").write_bytes(jpeg())
    answer = client.post("/api/images/from-folder", json={"path": "day"})
    assert len(answer.json["images"]) == 1


@pytest.mark.parametrize("path", ["/etc", "..", "day/../../other", "~root"])
def test_a_folder_outside_the_root_is_refused(client: FlaskClient, path: str) -> None:
    answer = client.post("/api/images/from-folder", json={"path": path})
    assert (answer.status_code, error_code(answer)) == (403, "path_outside_root")


def test_links_out_of_the_root_are_not_followed(
    client: FlaskClient, config: AppConfig, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.jpg").write_bytes(jpeg())
    (config.images_root / "folder").symlink_to(outside)
    (config.images_root / "file.jpg").symlink_to(outside / "secret.jpg")
    linked = client.post("/api/images/from-folder", json={"path": "folder"})
    assert error_code(linked) == "path_outside_root"
    answer = client.post("/api/images/from-folder", json={"path": "."})
    assert {file["code"] for file in answer.json["skipped"]} == {"path_outside_root"}
    assert client.get("/api/images").json == {"images": []}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"path": "missing"}, "folder_not_found"),
        ({"path": "a\0b"}, "field_invalid"),
        ({"path": "x" * 300}, "path_invalid"),
        ({"path": 3}, "field_invalid"),
        ({"path": " "}, "field_invalid"),
        ({}, "field_invalid"),
        (["path"], "field_invalid"),
        ({"path": "x" * 5000}, "field_too_long"),
    ],
)
def test_a_malformed_folder_is_refused(client: FlaskClient, body: object, code: str) -> None:
    assert error_code(client.post("/api/images/from-folder", json=body)) == code


@pytest.mark.parametrize("version", ["", "/pixels", "/thumbnail", "/original"])
def test_an_unknown_image_is_not_found(client: FlaskClient, version: str) -> None:
    answer = client.get(f"/api/images/99{version}")
    assert (answer.status_code, error_code(answer)) == (404, "image_not_found")


def test_an_unknown_image_cannot_be_deleted(client: FlaskClient) -> None:
    assert error_code(client.delete("/api/images/99")) == "image_not_found"


def test_a_lost_original_is_said_so(
    client: FlaskClient, context: AppContext, image_id: int
) -> None:
    context.versions.original(context.images.get(image_id)).path.unlink()
    answer = client.get(f"/api/images/{image_id}/original")
    assert (answer.status_code, error_code(answer)) == (500, "original_missing")


def test_files_are_sent_from_a_data_folder_with_a_relative_path(
    config: AppConfig, tiny_model: ServedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = create_app(replace(config, data_dir=Path("relative")), tiny_model)
    client = BufferedClient(app)
    image = upload(client, jpeg()).json
    assert client.get(image["pixels_url"]).data == jpeg()
    assert client.get(image["thumbnail_url"]).status_code == 200
    app.extensions[CONTEXT_KEY].close()


def test_the_first_mask_makes_an_image_one_in_work(client: FlaskClient, image_id: int) -> None:
    path = f"/api/images/{image_id}"
    assert client.get(path).json["state"] == "new"
    body = {"category_id": 1, "segmentation": mask_json()}
    client.post(f"{path}/annotations", json=body)
    assert client.get(path).json["state"] == "in_work"
    assert client.patch(path, json={"state": "done"}).json["state"] == "done"
    client.post(f"{path}/annotations", json=body)
    assert client.get(path).json["state"] == "done"
    refused = client.patch(path, json={"state": "perfect"})
    assert error_code(refused) == "field_invalid"
    assert "in_work" in refused.json["error"]["message"]


def test_the_same_bytes_may_be_in_two_projects(client: FlaskClient, image_id: int) -> None:
    second = client.post("/api/projects", json={"name": "B"}).json["id"]
    body = b"--cut\r\nContent-Disposition: form-data; name=file; filename=b.jpg\r\n\r\n"
    answer = client.post(
        f"/api/images?project={second}",
        data=body + jpeg() + b"\r\n--cut--\r\n",
        content_type="multipart/form-data; boundary=cut",
    )
    assert (answer.status_code, answer.json["project_id"]) == (201, second)
    assert answer.json["id"] != image_id
    listed = client.get(f"/api/images?project={second}").json["images"]
    assert [image["id"] for image in listed] == [answer.json["id"]]
    assert len(client.get("/api/images").json["images"]) == 2


def test_only_whoever_may_review_says_that_an_image_is_reviewed(
    client: FlaskClient, image_id: int, team: dict[Role, User]
) -> None:
    address = f"/api/images/{image_id}"
    sign_in(client, team[Role.ANNOTATOR].name)
    assert client.patch(address, json={"state": "done"}).status_code == 200
    answer = client.patch(address, json={"state": "reviewed"})
    assert (answer.status_code, error_code(answer)) == (403, "permission_missing")
    sign_in(client, team[Role.REVIEWER].name)
    assert client.patch(address, json={"state": "reviewed"}).status_code == 200
