"""Hostile files are sent to a real server, and what is not clean is seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bench.hostile_files import backup_problem, body_problem, image_problem, try_all
from tests.helpers.sample_images import jpeg


# Pillow warns of damaged TIFF files before it refuses them.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.slow
def test_every_hostile_file_is_refused_cleanly(tmp_path: Path) -> None:
    result = try_all(tmp_path)
    assert result["hostile_files"] >= 300
    assert result["problems"] == []


def test_a_server_that_fails_is_seen(client: FlaskClient, image_id: int) -> None:
    views = client.application.view_functions
    views["annotations.add_annotation"] = views["images.add_image"] = lambda **_: 1 / 0
    assert "answered with 500" in body_problem(client, image_id, b"{}")
    assert "answered with 500" in image_problem(client, b"x")


def test_an_image_that_is_taken_but_cannot_be_shown_is_seen(client: FlaskClient) -> None:
    client.application.view_functions["images.pixels"] = lambda **_: ("", 404)
    assert image_problem(client, jpeg()) == "it was taken, but its pixels is answered with 404"


def test_a_sound_refusal_is_no_problem(client: FlaskClient, tmp_path: Path) -> None:
    assert image_problem(client, b"no image") == ""
    assert backup_problem(tmp_path, b"no backup") == ""
