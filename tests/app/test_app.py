"""The application as a whole."""

from __future__ import annotations

from flask import Flask

from app.config import AppConfig
from tests.helpers.project_files import read_project_file


def test_the_limit_of_uploads_follows_the_settings(app: Flask, config: AppConfig) -> None:
    assert config.max_upload_bytes == 2 * 1024 * 1024
    assert app.config["MAX_CONTENT_LENGTH"] > config.max_upload_bytes


def test_wiring_stays_short() -> None:
    assert len(read_project_file("app/__init__.py").splitlines()) < 80
