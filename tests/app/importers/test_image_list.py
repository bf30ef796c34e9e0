"""The list of images in our archives, and names where there is none."""

from __future__ import annotations

from pathlib import Path

from app.domain.dataset_import import AnnotationFileHead, ForeignImage
from app.importers.archive_tree import opened_tree
from app.importers.image_list import IMAGE_LIST, image_line, image_of_file, read_image_list
from tests.helpers.datasets import image_record
from tests.helpers.foreign_archives import pack


def listed(path: Path, text: str) -> tuple[dict[str, ForeignImage], AnnotationFileHead]:
    head = AnnotationFileHead()
    with opened_tree(pack(path / "a.zip", {IMAGE_LIST: text})) as tree:
        return read_image_list(tree, head), head


def test_what_is_written_is_read(tmp_path: Path) -> None:
    record = image_record(7, "Käse\n.jpg", 3, 4)
    found, head = listed(tmp_path, image_line("kaese", record))
    assert found == {"kaese": ForeignImage("kaese", "Käse\n.jpg", 4, 3, record.sha256)}
    assert head.notes == []
    image = image_of_file("labels/train/kaese.txt", found)
    assert (image.key, image.file_name, image.is_stem) == (
        "labels/train/kaese.txt",
        "Käse\n.jpg",
        False,
    )


def test_lines_that_cannot_be_used_are_noted(tmp_path: Path) -> None:
    lines = ["{", "[]", '{"stem": "a"}', '{"stem": 1, "file_name": "a", "sha256": "b"}', "[" * 9999]
    found, head = listed(tmp_path, "\n".join(lines))
    assert found == {}
    assert [code for code, _ in head.notes] == ["image_damaged"] * 5


def test_without_a_list_the_name_counts_without_its_ending(tmp_path: Path) -> None:
    image = image_of_file("labels/photo.v1.txt", {}, (3, 4))
    assert image == ForeignImage("labels/photo.v1.txt", "photo.v1", 4, 3, is_stem=True)
    with opened_tree(pack(tmp_path / "a.zip", {"a": ""})) as tree:
        assert read_image_list(tree, AnnotationFileHead()) == {}
