"""A foreign file's images are found by content, else by name and size, and never by guessing."""

from __future__ import annotations

import unicodedata

import pytest

from app.domain.dataset_import import AnnotationFileHead, ForeignImage
from app.services.image_matching import match_images
from app.storage.annotation_import import ImportTarget

TARGETS = [
    ImportTarget(1, "a.jpg", 640, 480, "1" * 64),
    ImportTarget(2, "b.jpg", 640, 480, "2" * 64),
    ImportTarget(3, "b.jpg", 100, 100, "3" * 64),
    ImportTarget(4, "Käse.jpg", 640, 480, "4" * 64),
    ImportTarget(5, "twin.jpg", 640, 480, "5" * 64),
    ImportTarget(6, "twin.jpg", 640, 480, "6" * 64),
]


def match(*image: object) -> tuple[int | None, str | None]:
    head = AnnotationFileHead(images={0: ForeignImage(0, *image)})  # type: ignore[arg-type]
    found = match_images(head, TARGETS)
    return (found[0].id if found else None), head.unmatched.get(0)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("a.jpg", 1),
        ("/home/me/photos/a.jpg", 1),
        (r"C:\photos\a.jpg", 1),
        ("train/a.jpg", 1),
        (unicodedata.normalize("NFD", "Käse.jpg"), 4),
    ],
)
def test_folders_and_spellings_of_accents_do_not_count(name: str, number: int) -> None:
    assert match(name, 640, 480) == (number, None)


def test_the_content_decides_if_the_file_names_it() -> None:
    assert match("renamed.jpg", 640, 480, "6" * 64) == (6, None)
    assert match("a.jpg", 640, 480, "f" * 64) == (1, None)


def test_the_size_tells_namesakes_apart() -> None:
    assert match("b.jpg", 100, 100) == (3, None)
    assert match("twin.jpg", 640, 480) == (None, "image_ambiguous")
    assert match("b.jpg") == (None, "image_ambiguous")


def test_what_is_not_there_or_has_another_size_is_not_matched() -> None:
    assert match("z.jpg", 640, 480) == (None, "image_unknown")
    assert match("a.jpg", 480, 640) == (None, "image_size_differs")
    assert match("z.jpg", 1, 1, "1" * 64) == (None, "image_size_differs")


def test_a_missing_size_is_filled_in() -> None:
    head = AnnotationFileHead(images={"x": ForeignImage("x", "a.jpg")})
    match_images(head, TARGETS)
    assert (head.images["x"].width, head.images["x"].height) == (640, 480)


def test_a_name_without_its_ending_is_found_if_only_one_fits() -> None:
    def match_stem(name: str, *size: int) -> tuple[int | None, str | None]:
        image = ForeignImage(0, name, *size, is_stem=True)
        head = AnnotationFileHead(images={0: image})
        found = match_images(head, TARGETS)
        return (found[0].id if found else None), head.unmatched.get(0)

    assert match_stem("a") == (1, None)
    assert match_stem("b", 100, 100) == (3, None)
    assert match_stem("b") == (None, "image_ambiguous")
    assert match_stem("a.jpg") == (None, "image_unknown")
