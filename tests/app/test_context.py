"""The wiring of services."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.config import AppConfig
from app.context import build_context
from app.errors import StartUpError
from app.services.served_model import ServedModel
from scripts.local_postgres import Cluster
from tests.helpers.sample_images import jpeg


def test_what_one_server_kept_the_next_one_finds(
    config: AppConfig, tiny_model: ServedModel
) -> None:
    first = build_context(config, tiny_model)
    image, _ = first.images.add("a.jpg", jpeg())
    first.close()
    second = build_context(config, tiny_model)
    assert second.images.get(image.id) == image
    second.close()


def test_annotations_may_be_kept_in_postgresql(
    config: AppConfig, tiny_model: ServedModel, postgres: Cluster
) -> None:
    url = postgres.new_url().render_as_string(hide_password=False)
    context = build_context(replace(config, database_url=url), tiny_model)
    context.images.add("a.jpg", jpeg())
    context.close()
    again = build_context(replace(config, database_url=url), tiny_model)
    assert [image.file.file_name for image in again.images.list_all()] == ["a.jpg"]
    again.close()
    assert not list(config.data_dir.glob("*.sqlite3"))


def test_the_data_folder_is_checked_before_the_model_is_loaded(
    config: AppConfig, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartUpError, match="must be writable"):
        build_context(replace(config, data_dir=tmp_path / "file", model="no such model"))
