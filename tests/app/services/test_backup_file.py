"""Nothing in a backup is believed before all of it was looked at."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.errors import StartUpError
from app.services.backup_file import MANIFEST, Scope, opened_backup
from app.services.store_backup import write_backup
from app.storage.store import opened_store
from tests.helpers.filled_store import fill_store

Entries = dict[str, bytes]
TUNED = "tuned/" + hashlib.sha256(b"").hexdigest()


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    path = tmp_path / "masks.zip"
    with opened_store(tmp_path / "data", "") as store:
        fill_store(store)
        write_backup(store, path)
    return path


def entries_of(path: Path) -> Entries:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path: Path, entries: Entries) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)


def change_manifest(**values: Any) -> Callable[[Entries], None]:
    def change(entries: Entries) -> None:
        manifest = json.loads(entries[MANIFEST])
        entries[MANIFEST] = json.dumps({**manifest, **values}).encode()

    return change


def original(entries: Entries) -> str:
    return next(name for name in entries if name.startswith("originals/"))


HOSTILE: dict[str, Callable[[Entries], object]] = {
    "a path out of the folder": lambda entries: entries.update({"../../x": b""}),
    "an absolute path": lambda entries: entries.update({"/etc/x": b""}),
    "a path with a backslash": lambda entries: entries.update({"originals\\..\\x": b""}),
    "an original with another name": lambda entries: entries.update({"originals/" + "a" * 64: b""}),
    "a tuned model that is not listed": lambda entries: entries.update({TUNED: b""}),
    "an original with a longer name": lambda entries: entries.update({"originals/a/../b": b""}),
    "another original": lambda entries: entries.update({original(entries): b"other"}),
    "a missing original": lambda entries: entries.pop(original(entries)),
    "other rows": lambda entries: entries.update({"tables/images.jsonl": b"{}\n"}),
    "rows that unpack to much more": lambda entries: entries.update(
        {"tables/images.jsonl": bytes(50_000_000)}
    ),
    "a missing table": lambda entries: entries.pop("tables/annotations.jsonl"),
    "a table that is not listed": lambda entries: entries.update({"tables/strangers.jsonl": b""}),
    "no manifest": lambda entries: entries.pop(MANIFEST),
    "a manifest that is no JSON": lambda entries: entries.update({MANIFEST: b"{"}),
    "a manifest that is no object": lambda entries: entries.update({MANIFEST: b"[]"}),
    "a manifest that is nested too deep": lambda entries: entries.update({MANIFEST: b"[" * 99999}),
    "another format": change_manifest(format="other"),
    "tables that are no tables": change_manifest(tables={"images": {"rows": 1}}),
    "a field that nobody knows": change_manifest(color="red"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_line(backup: Path, name: str) -> None:
    entries = entries_of(backup)
    HOSTILE[name](entries)
    write(backup, entries)
    with pytest.raises(StartUpError, match="must be a whole file of") as caught:
        opened_backup(backup, Scope.STORE).__enter__()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.9, 0.999])
def test_a_file_that_broke_off_is_refused(backup: Path, part: float) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(StartUpError, match="must be a whole file of"):
        opened_backup(backup, Scope.STORE).__enter__()


def test_no_flipped_byte_goes_unseen(backup: Path) -> None:
    whole = backup.read_bytes()
    with opened_backup(backup, Scope.STORE) as (_, before):
        pass
    for place in range(0, len(whole), 41):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            with opened_backup(backup, Scope.STORE) as (_, manifest):
                assert (manifest.tables, manifest.originals) == (before.tables, before.originals)
        except StartUpError:
            continue


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StartUpError, match="must be an existing file"):
        opened_backup(tmp_path / "none.zip", Scope.STORE).__enter__()


def test_a_backup_from_before_models_were_tuned_is_whole(backup: Path) -> None:
    entries = entries_of(backup)
    manifest = json.loads(entries[MANIFEST])
    assert manifest.pop("tuned") == 0
    write(backup, {**entries, MANIFEST: json.dumps(manifest).encode()})
    with opened_backup(backup, Scope.STORE) as (_, found):
        assert found.tuned == 0
