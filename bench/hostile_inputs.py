"""Broken and hostile files: images, annotation files, request bodies, backups."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

IMAGE_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
_CUTS = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.999)
_FLIPS = 20
_SIDE = 65_500


@dataclass(frozen=True, slots=True)
class Hostile:
    """One input.

    Attributes:
        kind: ``image``, ``annotations``, ``body`` or ``backup``: where it is sent.
        name: What is wrong with it.
        content: Its bytes.
    """

    kind: str
    name: str
    content: bytes


def hostile_images() -> Iterator[Hostile]:
    """Go through broken images of all formats, bombs, and files that only look like images.

    Yields:
        Each file.
    """
    for image_format in IMAGE_FORMATS:
        buffer = io.BytesIO()
        pixels = np.random.default_rng(1).integers(0, 256, (32, 48, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(buffer, image_format)
        for change, content in damage(buffer.getvalue(), image_format):
            yield Hostile("image", f"{image_format} {change}", content)
    for name, content in _IMPOSTORS.items():
        yield Hostile("image", name, content)
    yield Hostile("image", "PNG of 65,500 pixels per side", _png(_SIDE, _SIDE, b""))
    yield Hostile("image", "PNG of no pixels", _png(0, 0, b""))
    yield Hostile("image", "PNG whose pixels unpack to 100 MB", _png(48, 32, bytes(100_000_000)))
    yield Hostile("image", "PNG with a text that unpacks to 100 MB", _png_with_text())
    yield Hostile("image", "BMP of a negative width", _bmp(-48))
    yield Hostile("image", "TIFF whose directory names itself", _circular_tiff())


def hostile_annotation_files() -> Iterator[Hostile]:
    """Go through annotation files that are broken or lie.

    Yields:
        Each file.
    """
    whole = json.dumps(_coco()).encode()
    for change, content in damage(whole, "COCO"):
        yield Hostile("annotations", f"COCO {change}", content)
    for name, value in _coco_lies().items():
        yield Hostile("annotations", name, json.dumps(value).encode())
    yield Hostile("annotations", "nested 100,000 deep", b"[" * 100_000)
    yield Hostile("annotations", "a number of a million digits", b'{"images": [' + b"9" * 1_000_000)
    yield Hostile("annotations", "a byte order mark alone", b"\xef\xbb\xbf")
    yield Hostile("annotations", "UTF-16", whole.decode().encode("utf-16"))


def hostile_bodies() -> Iterator[Hostile]:
    """Go through bodies of a new annotation that are broken or lie.

    Yields:
        Each body.
    """
    good = {"category_id": 1, "segmentation": {"size": [32, 48], "counts": "0"}}
    masks = ["", "?", "~" * 10_000, "o" * 100_000, "\0", "0" * 3_000_000, "é", "1" * 99, "PPYo1"]
    for counts in masks:
        body = {**good, "segmentation": {"size": [32, 48], "counts": counts}}
        yield Hostile("body", f"counts {counts[:8]!a}", json.dumps(body).encode())
    for size in ([48, 32], [2**40, 2**40], [-1, -1], [0, 0], [1e308, 1], "32", None, [32, 48, 1]):
        body = {**good, "segmentation": {"size": size, "counts": "0"}}
        yield Hostile("body", f"size {size}", json.dumps(body).encode())
    for name, field in _bad_fields():
        body = {**good, name: field}
        yield Hostile("body", f"{name} {field!s:.20}", json.dumps(body).encode())
    for raw in (b"", b"null", b"[]", b"{", b'{"a":' * 50_000, b"\xff", b"NaN", b'{"a": 1e999}'):
        yield Hostile("body", f"raw {raw[:8]!r}", raw)


def hostile_backups(whole: bytes) -> Iterator[Hostile]:
    """Go through backups that are broken or lead out of the folder.

    Args:
        whole: A good one.

    Yields:
        Each file.
    """
    for change, content in damage(whole, "backup"):
        yield Hostile("backup", f"backup {change}", content)
    for name in ("../x", "/etc/x", "C:\\x", "originals/../../x", "tables/../x", "a" * 9999, "\0"):
        yield Hostile("backup", f"entry {name[:20]!a}", _with_entry(whole, name))


def damage(whole: bytes, seed: str) -> Iterator[tuple[str, bytes]]:
    """Cut a file off, flip bytes of it, repeat and swap parts.

    Yields:
        What was done, and the bytes.
    """
    draw = random.Random(seed)
    for part in _CUTS:
        yield f"cut off at {part:.1%}", whole[: int(len(whole) * part)]
    for number in range(_FLIPS):
        broken = bytearray(whole)
        for _ in range(1 + number):
            broken[draw.randrange(len(broken))] = draw.randrange(256)
        yield f"with {1 + number} other bytes", bytes(broken)
    half = len(whole) // 2
    yield "with its halves swapped", whole[half:] + whole[:half]
    yield "twice", whole * 2
    yield "reversed", whole[::-1]
    yield "with a zero in front", b"\0" + whole
    yield "with zeros after its head", whole[:16] + bytes(len(whole) - 16)


_IMPOSTORS = {
    "nothing": b"",
    "one byte": b"\xff",
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "SVG with an outer entity": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><svg>&b;</svg>',
    "PDF": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file",
    "ELF": b"\x7fELF" + bytes(60),
    "ZIP": b"PK\x03\x04" + bytes(26),
    "GIF that is JavaScript": b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)",
    "JPEG that is HTML": b"\xff\xd8\xff\xfe\x00\x20<script>alert(1)</script>",
    "zeros": bytes(100_000),
    "ones": b"\xff" * 100_000,
}


def _png(width: int, height: int, pixels: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(pixels)), _chunk(b"IEND", b""))
    )


def _png_with_text() -> bytes:
    bomb = b"Comment\0\0" + zlib.compress(bytes(100_000_000))
    whole = _png(1, 1, bytes(4))
    return whole[:33] + _chunk(b"zTXt", bomb) + whole[33:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def _bmp(width: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (48, 32)).save(buffer, "BMP")
    whole = bytearray(buffer.getvalue())
    whole[18:22] = struct.pack("<i", width)
    return bytes(whole)


def _circular_tiff() -> bytes:
    entry = struct.pack("<HHII", 256, 4, 1, 48)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry + struct.pack("<I", 8)


def _coco() -> dict[str, object]:
    square = [[5, 4, 20, 4, 20, 12, 5, 12]]
    annotation = {"id": 1, "image_id": 1, "category_id": 1, "segmentation": square, "iscrowd": 0}
    return {
        "images": [{"id": 1, "file_name": "photo.png", "width": 48, "height": 32}],
        "annotations": [annotation],
        "categories": [{"id": 1, "name": "thing"}],
    }


def _coco_lies() -> dict[str, object]:
    whole = _coco()
    lies: dict[str, object] = {f"COCO without {name}": {**whole, name: None} for name in whole}
    values: tuple[object, ...] = (
        [],
        1,
        "x",
        [None],
        [[]],
        [{}],
        [{"id": "x"}],
        [{"id": 2**70}],
        {"a": 1},
    )
    for value in values:
        for name in whole:
            lies[f"COCO with {name} = {value!s:.20}"] = {**whole, name: value}
    shapes = ([[1]], [[1, 2]], [["x"] * 6], [[1e308] * 8], {"size": [9e9, 9e9], "counts": [1]})
    more = ({"size": [32, 48], "counts": [2**62]}, {"size": [32, 48], "counts": "~~~"}, "x", 7)
    for shape in (*shapes, *more):
        annotation = {"id": 1, "image_id": 1, "category_id": 1, "segmentation": shape}
        lies[f"COCO with the shape {shape!s:.30}"] = {**whole, "annotations": [annotation]}
    for name in ("../../etc/passwd", "/etc/passwd", "C:\\x", "a\0b", "x" * 100_000, "\ud800"):
        image = {"id": 1, "file_name": name, "width": 48, "height": 32}
        lies[f"COCO with the file {name[:20]!a}"] = {**whole, "images": [image]}
    return lies


def _bad_fields() -> Iterator[tuple[str, object]]:
    anything: tuple[object, ...] = (
        None,
        True,
        -1,
        2**70,
        1.5,
        "x" * 100_000,
        "\0",
        "\ud800",
        [],
        {},
        [[[]]],
    )
    names = ("category_id", "segmentation", "prompts", "low_res_logits", "predicted_iou", "author")
    for name in names:
        for value in anything:
            yield name, value


def _with_entry(whole: bytes, name: str) -> bytes:
    buffer = io.BytesIO(whole)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"x")
    return buffer.getvalue()
