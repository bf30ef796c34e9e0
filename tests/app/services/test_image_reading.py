"""Image files of every kind become upright 8-bit RGB."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from app.errors import AppError, UnsupportedError
from app.services.image_reading import clean_file_name, inspect_image, read_upright
from tests.helpers.sample_images import encode, jpeg, noise, oriented, quarters


def pixels_of(content: bytes) -> np.ndarray:
    image = read_upright(content)
    assert image.mode == "RGB"
    return np.asarray(image)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("image_format", ["PNG", "TIFF", "WEBP"])
def test_every_orientation_comes_out_upright(orientation: int, image_format: str) -> None:
    content = oriented(quarters(), orientation, image_format)
    assert np.array_equal(pixels_of(content), np.asarray(quarters()))
    found = inspect_image(content, "x")
    assert (found.width, found.height) == quarters().size
    assert found.is_original_shown is (orientation == 1 and image_format != "TIFF")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_of_a_jpeg_comes_out_upright(orientation: int) -> None:
    content = oriented(quarters(), orientation, "JPEG")
    difference = pixels_of(content).astype(int) - np.asarray(quarters()).astype(int)
    assert np.abs(difference).max() < 8
    assert inspect_image(content, "x").is_original_shown is (orientation == 1)


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_an_impossible_orientation_counts_as_upright(orientation: int) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    content = encode(quarters(), exif=exif)
    assert np.array_equal(pixels_of(content), np.asarray(quarters()))


@pytest.mark.parametrize("image_format", ["PNG", "TIFF", "WEBP", "BMP", "GIF", "JPEG"])
def test_all_accepted_formats_are_read(image_format: str) -> None:
    flat = Image.new("RGB", (9, 7), (200, 100, 50))
    found = pixels_of(encode(flat, image_format)).astype(int)
    assert np.abs(found - np.asarray(flat)).max() <= 4


@pytest.mark.parametrize("image_format", ["ICO", "PPM", "TGA", "PCX"])
def test_other_formats_are_refused(image_format: str) -> None:
    with pytest.raises(AppError, match="must be a JPEG, PNG"):
        read_upright(encode(noise(), image_format))


@pytest.mark.parametrize("image_format", ["PNG", "TIFF"])
def test_sixteen_bit_values_are_divided_by_257(image_format: str) -> None:
    values = np.array([[0, 1, 128, 129, 257, 32768, 65535]], dtype=np.uint16)
    content = encode(Image.fromarray(values), image_format)
    assert pixels_of(content)[0, :, 0].tolist() == [0, 0, 0, 1, 1, 128, 255]


def test_wide_integers_are_scaled_by_their_range() -> None:
    values = np.array([[0, 2**30, 2**31 - 1]], dtype=np.int32)
    content = encode(Image.fromarray(values), "TIFF")
    assert pixels_of(content)[0, :, 1].tolist() == [0, 128, 255]


def test_floats_from_zero_to_one_are_scaled() -> None:
    values = np.array([[0.0, 0.5, 1.0]], dtype=np.float32)
    content = encode(Image.fromarray(values), "TIFF")
    assert pixels_of(content)[0, :, 2].tolist() == [0, 128, 255]


@pytest.mark.parametrize("value", [-0.1, 1.5, np.nan, np.inf])
def test_floats_of_an_unknown_range_are_refused(value: float) -> None:
    content = encode(Image.fromarray(np.array([[0.5, value]], dtype=np.float32)), "TIFF")
    with pytest.raises(UnsupportedError, match="values from 0 to 1"):
        read_upright(content)


def test_grey_and_black_and_white_have_equal_channels() -> None:
    grey = Image.fromarray(np.array([[0, 100, 255]], dtype=np.uint8))
    for image in (grey, grey.convert("1")):
        found = pixels_of(encode(image))
        assert np.array_equal(found[..., 0], found[..., 2])


def test_a_palette_is_resolved() -> None:
    palette = quarters().quantize(8)
    assert np.array_equal(pixels_of(encode(palette)), np.asarray(quarters()))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_is_laid_on_white(mode: str) -> None:
    image = Image.new(mode, (2, 1), (0, 0, 0, 0) if mode == "RGBA" else (0, 0))
    image.putpixel((1, 0), (0, 0, 0, 255) if mode == "RGBA" else (0, 255))
    content = encode(image)
    assert pixels_of(content)[0].tolist() == [[255, 255, 255], [0, 0, 0]]
    assert not inspect_image(content, "x").is_original_shown


def test_a_transparent_palette_entry_is_laid_on_white() -> None:
    image = quarters().quantize(8)
    clear = image.getpixel((0, 0))
    content = encode(image, transparency=clear)
    assert pixels_of(content)[0, 0].tolist() == [255, 255, 255]


def test_cmyk_is_converted_and_never_shown_as_it_is() -> None:
    content = encode(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG")
    red, green, blue = pixels_of(content)[4, 4].tolist()
    assert red > 240
    assert max(green, blue) < 15
    found = inspect_image(content, "x")
    assert (found.is_original_shown, found.pixels_media_type) == (False, "image/jpeg")


@pytest.mark.parametrize("image_format", ["GIF", "PNG", "WEBP", "TIFF"])
def test_the_first_frame_of_an_animation_counts(image_format: str) -> None:
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    options = {"lossless": True} if image_format == "WEBP" else {}
    content = encode(first, image_format, save_all=True, append_images=[second], **options)
    assert pixels_of(content)[4, 4].tolist() == [255, 0, 0]
    found = inspect_image(content, "x")
    assert (found.is_original_shown, found.pixels_media_type) == (False, "image/png")


def test_the_record_describes_the_original_file() -> None:
    found = inspect_image(jpeg(), "photo.jpg")
    assert (found.media_type, found.byte_count) == ("image/jpeg", len(jpeg()))
    assert len(found.sha256) == 64


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\a.png", "a.png"),
        ("", "image"),
        ("..", ".."),
        ("a\x00b\n.png", "ab.png"),
        ("x" * 300 + ".jpg", "x" * 251 + ".jpg"),
    ],
)
def test_a_file_name_is_a_name_and_never_a_path(given: str, kept: str) -> None:
    assert clean_file_name(given) == kept


SMALL_FILES = [
    encode(noise(16, 16), kind) for kind in ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")
]


@given(
    content=st.sampled_from(SMALL_FILES),
    cut=st.integers(0, 4000),
    position=st.integers(0, 3999),
    value=st.integers(0, 255),
)
def test_a_damaged_file_is_read_or_refused_but_never_breaks_anything(
    content: bytes, cut: int, position: int, value: int
) -> None:
    damaged = bytearray(content[:cut])
    if position < len(damaged):
        damaged[position] = value
    with contextlib.suppress(AppError):
        assert read_upright(bytes(damaged)).mode == "RGB"


def test_images_are_read_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    read, busy, most = PngImageFile.load, 0, 0

    def load(image: Image.Image) -> object:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        try:
            return read(image)
        finally:
            busy -= 1

    monkeypatch.setattr(PngImageFile, "load", load)
    content = encode(noise(400, 400))
    with ThreadPoolExecutor(8) as executor:
        sizes = {image.size for image in executor.map(read_upright, [content] * 16)}
    assert (sizes, most) == ({(400, 400)}, 1)
