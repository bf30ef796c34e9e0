"""PNG images of numbers are taken apart without losing a pixel."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from app.importers.label_map import UnusableMap, read_label_map, read_map_size, split_label_map
from sam_core.masks.rle import decode_rle, encode_rle
from tests.helpers.foreign_archives import png


@given(labels=arrays(np.int64, (5, 7), elements=st.integers(0, 4)))
def test_the_masks_are_those_of_the_numbers(labels: np.ndarray) -> None:
    found = dict(split_label_map(labels))
    assert set(found) == set(np.unique(labels).tolist()) - {0}
    for value, counts in found.items():
        assert np.array_equal(decode_rle({"size": [5, 7], "counts": counts}), labels == value)
        assert counts == encode_rle(labels == value)["counts"]


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_numbers_of_one_channel_are_read_as_they_stand(kind: type) -> None:
    labels = np.array([[0, 1], [200, 255]], dtype=kind) * (1 if kind is np.uint8 else 257)
    content = png(labels)
    assert read_label_map(content).tolist() == labels.tolist()
    assert read_map_size(content) == (2, 2)


def test_palettes_are_not_applied_and_colours_are_numbers() -> None:
    picture = Image.fromarray(np.array([[0, 3]], dtype=np.uint8)).convert("P")
    picture.putpalette([9, 9, 9] * 256)
    file = io.BytesIO()
    picture.save(file, "PNG")
    assert read_label_map(file.getvalue()).tolist() == [[0, 3]]
    colors = np.array([[[1, 2, 3], [0, 0, 0]]], dtype=np.uint8)
    assert read_label_map(png(colors)).tolist() == [[1 + 512 + 3 * 65536, 0]]


def test_what_is_no_map_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = png(np.zeros((60, 60), dtype=np.uint8))
    for bad in (b"", b"GIF89a", content[:60]):
        with pytest.raises(UnusableMap, match="file_damaged"):
            read_label_map(bad)
    monkeypatch.setattr("app.importers.label_map.LARGEST_PIXELS", 100)
    with pytest.raises(UnusableMap, match="map_too_large"):
        read_map_size(content)


def test_a_picture_that_says_it_is_enormous_is_refused_without_unpacking_it() -> None:
    head = png(np.zeros((2, 2), dtype=np.uint8))
    enormous = head[:16] + b"\x7f\xff\xff\xff\x7f\xff\xff\xff" + head[24:]
    with pytest.raises(UnusableMap):
        read_map_size(enormous)
