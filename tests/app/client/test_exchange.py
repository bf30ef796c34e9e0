"""Exports and imports through the client."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.client import Client, WorkFailedError
from tests.helpers.app_fixtures import mask_json


def test_a_file_goes_out_in_any_format_and_comes_back(
    address: str, image_id: int, tmp_path: Path
) -> None:
    client = Client(address)
    kept = client.annotations.add(image_id, category_id=1, segmentation=mask_json())
    report = client.exports.save(tmp_path / "a.zip", format="yolo", split={"val_percent": 50})
    assert (report["format"], report["compared"]) == ("yolo", 1)
    assert zipfile.is_zipfile(tmp_path / "a.zip")
    client.annotations.delete(kept)
    assert client.imports.run(tmp_path / "a.zip", dry_run=True)["added"] == 1
    assert client.annotations.all(image_id) == []
    assert client.imports.run(tmp_path / "a.zip")["added"] == 1
    (back,) = client.annotations.all(image_id)
    assert back.segmentation == kept.segmentation


def test_a_file_that_cannot_be_read_is_a_failure_with_a_code(address: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(WorkFailedError) as caught:
        Client(address).imports.run(tmp_path / "a.json")
    assert caught.value.code == "json_damaged"
