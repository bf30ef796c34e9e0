"""A PostgreSQL of one's own; that it runs is what all tests with the fixture show."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from scripts import local_postgres
from scripts.local_postgres import Cluster, PostgresMissing, find_programs


def test_every_place_in_it_is_empty_and_apart(postgres: Cluster) -> None:
    for _ in range(2):
        engine = create_engine(postgres.new_url())
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE masks (id int)"))
        engine.dispose()


def test_its_programs_are_found(postgres: Cluster) -> None:
    assert postgres.folder.is_dir()
    assert (find_programs() / "pg_ctl").is_file()


def test_where_none_is_installed_one_line_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(local_postgres, "Path", lambda _: tmp_path)
    with pytest.raises(PostgresMissing, match="apt-get install postgresql"):
        find_programs()
