"""Broken and hostile archives of annotations, in every format that is read."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping

from bench.hostile_inputs import Hostile, damage

_BOMB_BYTES = 200_000_000
_OUTSIDE = (
    "../x.txt",
    "/etc/x.txt",
    "C:\\x.txt",
    "labels/../../x.txt",
    "\\\\host\\x.txt",
    "\0.txt",
)
_LIES: dict[str, Mapping[str, bytes]] = {
    "YAML that names itself": {
        "data.yaml": b"names: &a [*a, *a]",
        "labels/a.txt": b"0 0 0 1 0 1 1",
    },
    "YAML that runs": {"data.yaml": b"!!python/object/apply:os.system [ls]", "labels/a.txt": b""},
    "YAML nested deep": {"data.yaml": b"[" * 20_000, "labels/a.txt": b""},
    "labels of numbers without end": {"labels/a.txt": b"0" + b" 1e308" * 10_000},
    "labels that are no text": {"labels/a.txt": bytes(range(256))},
    "XML with entities": {
        "Annotations/a.xml": b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    },
    "XML with an outer entity": {
        "Annotations/a.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    },
    "XML nested deep": {"Annotations/a.xml": b"<a>" * 100_000},
    "PNG images that are none": {"instances/a.png": b"no", "classes/b.png": b"\x89PNG\r\n\x1a\n"},
    "objects nested deep": {"instances/a.png": b"", "objects/a.json": b"[" * 100_000},
    "panoptic without images": {"panoptic.json": b'{"annotations": [{"segments_info": [1, {}]}]}'},
    "panoptic nested deep": {"panoptic.json": b'{"images": ' + b"[" * 100_000},
    "LabelMe without points": {"a.json": b'{"imagePath": 5, "shapes": [{"label": "a"}, 5, null]}'},
    "an image list that lies": {"labels/a.txt": b"", "images.jsonl": b'{"stem": 5}\n[]\n\xff'},
}


def hostile_archives(wholes: Mapping[str, bytes]) -> Iterator[Hostile]:
    """Go through archives that are broken, lie, lead outside, or are bombs.

    Args:
        wholes: A good archive of each format, by its name.

    Yields:
        Each file.
    """
    for name, whole in wholes.items():
        for change, content in damage(whole, name):
            yield Hostile("annotations", f"{name} {change}", content)
    for name, files in _LIES.items():
        yield Hostile("annotations", name, _pack(files))
    for name in _OUTSIDE:
        yield Hostile("annotations", f"entry {name!a}", _pack({"data.yaml": b"", name: b"0"}))
    yield Hostile("annotations", "a bomb", _pack({"labels/a.txt": bytes(_BOMB_BYTES)}))
    yield Hostile("annotations", "a bomb in a JSON file", _pack({"a.json": b" " * _BOMB_BYTES}))
    yield Hostile("annotations", "an archive of nothing", _pack({}))
    yield Hostile(
        "annotations", "10,000 files", _pack({f"labels/{n}.txt": b"" for n in range(10_000)})
    )
    yield Hostile("annotations", "an entry that lies about its size", _with_size(2**31))
    yield Hostile("annotations", "an entry that is larger than it says", _with_size(1))


def _pack(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _with_size(size: int) -> bytes:
    whole = bytearray(_pack({"labels/a.txt": b"0 0 0 1 0 1 1"}))
    struct.pack_into("<I", whole, whole.index(b"PK\x01\x02") + 24, size)
    return bytes(whole)
