"""Images and the model's masks through the client."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.client import Client, ClientError, WorkFailedError
from tests.helpers.sample_images import jpeg


def test_images_are_added_marked_and_deleted(address: str, tmp_path: Path) -> None:
    images = Client(address).images
    (tmp_path / "photo.jpg").write_bytes(jpeg())
    image = images.add(tmp_path / "photo.jpg")
    assert (image.file_name, image.width, image.height) == ("photo.jpg", 48, 32)
    assert images.add(tmp_path / "photo.jpg") == image
    assert images.set_state(image.id, "done").state == "done"
    assert [one.id for one in images.all()] == [image.id]
    images.delete(image.id)
    with pytest.raises(ClientError, match="image_not_found"):
        images.get(image.id)


def test_the_original_comes_back_as_it_was_added(address: str, tmp_path: Path) -> None:
    images = Client(address).images
    image = images.add_bytes("photo.jpg", jpeg())
    images.save_original(image.id, tmp_path / "back.jpg")
    assert (tmp_path / "back.jpg").read_bytes() == jpeg()


def test_an_image_is_reviewed_and_the_verdict_taken_back(address: str, image_id: int) -> None:
    images = Client(address).images
    images.set_state(image_id, "done")
    said = images.review(image_id, "rejected", comment="the ear is missing")
    assert (said.verdict, said.annotation_id) == ("rejected", None)
    assert said.comment == "the ear is missing"
    images.review(image_id, "withdrawn")
    assert [one.verdict for one in images.reviews(image_id)] == ["withdrawn", "rejected"]


def test_the_model_finds_masks_by_itself(address: str, image_id: int) -> None:
    for proposal in Client(address).images.propose(image_id):
        assert proposal.segmentation["size"] == [32, 48]


def test_what_fails_in_the_background_is_raised(
    address: str, image_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(WorkFailedError) as caught:
        Client(address).images.encode(image_id)
    assert caught.value.code == "disk_full"
