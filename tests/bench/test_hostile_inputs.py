"""The hostile inputs are many and all different."""

from __future__ import annotations

import io
import zipfile

from bench.hostile_inputs import (
    Hostile,
    damage,
    hostile_annotation_files,
    hostile_backups,
    hostile_bodies,
    hostile_images,
)


def everything() -> list[Hostile]:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("manifest.json", "{}" * 100)
    inputs = (hostile_images(), hostile_annotation_files(), hostile_bodies())
    return [*(one for some in inputs for one in some), *hostile_backups(whole.getvalue())]


def test_there_are_hundreds_and_they_are_the_same_every_time() -> None:
    first = everything()
    assert len(first) >= 400
    assert len({(one.kind, one.content) for one in first}) >= 380
    again = [one for one in everything() if one.kind != "backup"]
    assert again == [one for one in first if one.kind != "backup"]


def test_damage_changes_every_time() -> None:
    whole = bytes(range(256)) + b"the end"
    assert all(content != whole for _, content in damage(whole, "x"))
