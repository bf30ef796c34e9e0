"""The hostile archives are many, all different, and the same every time."""

from __future__ import annotations

import io
import zipfile

from bench.hostile_archives import hostile_archives


def whole() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("labels/a.txt"), "0 0 0 1 0 1 1\n" * 50)
    return buffer.getvalue()


def test_they_are_many_and_the_same_every_time() -> None:
    first = list(hostile_archives({"yolo": whole()}))
    assert len(first) >= 55
    assert len({one.content for one in first}) >= 50
    assert first == list(hostile_archives({"yolo": whole()}))


def test_a_bomb_is_small_until_it_is_unpacked() -> None:
    bombs = [one for one in hostile_archives({}) if "bomb" in one.name]
    assert len(bombs) == 2
    assert all(len(one.content) < 300_000 for one in bombs)
