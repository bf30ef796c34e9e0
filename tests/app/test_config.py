"""Settings from the environment."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from app.config import AppConfig, environment_defaults


def test_the_environment_names_settings_by_their_field() -> None:
    environment = {"MASKWRIGHT_PORT": "9", "MASKWRIGHT_MODEL": "", "PORT": "1", "HOME": "/x"}
    assert environment_defaults(environment) == {"port": "9"}


def test_the_address_of_a_database_is_read_and_never_shown() -> None:
    found = environment_defaults({"DATABASE_URL": "postgresql://me:secret@db/masks"})
    assert found == {"database_url": "postgresql://me:secret@db/masks"}
    assert "secret" not in repr(AppConfig(database_url=found["database_url"]))


def test_every_setting_is_documented() -> None:
    for field in fields(AppConfig):
        assert f"        {field.name}: " in (AppConfig.__doc__ or "").replace("    ", "        ")


def test_settings_never_change() -> None:
    config = AppConfig()
    with pytest.raises(FrozenInstanceError):
        config.port = 1  # type: ignore[misc]


def test_only_this_machine_is_served_by_default() -> None:
    assert AppConfig().host == "127.0.0.1"
