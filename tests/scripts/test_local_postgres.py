"""A PostgreSQL of one's own; that it runs is what all tests with the fixture show."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from scripts import local_postgres
from scripts.local_postgres import (
    Cluster,
    PostgresMissing,
    find_programs,
    remove_orphans,
)
from tests.helpers.project_files import ROOT


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


START_AND_WAIT = """
import time
from scripts.local_postgres import running_cluster
with running_cluster() as cluster:
    print(cluster.folder, flush=True)
    time.sleep(600)
"""


def test_the_cluster_of_a_killed_process_is_removed_by_the_next_one(postgres: Cluster) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", START_AND_WAIT], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    folder = Path(process.stdout.readline().strip())
    programs = find_programs()
    os.utime(folder, (0, 0))  # as if it had been started long ago
    orphan = Cluster(programs, folder, folder.owner())
    assert folder not in remove_orphans(programs)
    assert orphan.is_running
    process.kill()
    process.communicate()
    remove_orphans(programs)  # or another test that starts one at this moment
    assert not folder.exists()
    assert not orphan.is_running
    assert postgres.is_running
