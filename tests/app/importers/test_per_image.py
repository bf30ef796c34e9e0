"""Masks of images that the project does not have are refused for that reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.domain.dataset_import import AnnotationFileHead, ForeignImage, ForeignMask, RefusedMask
from app.importers.archive_tree import ArchiveTree
from app.importers.per_image import masks_by_image
from tests.helpers.foreign_archives import pack


def test_an_unmatched_image_refuses_all_of_its_masks(tmp_path: Path) -> None:
    def read(
        tree: ArchiveTree, image: ForeignImage, _head: AnnotationFileHead
    ) -> Iterator[ForeignMask | RefusedMask]:
        yield ForeignMask(f"{image.key} {len(tree.names)}", image.key, 1, 3, 4, "0", {})
        yield RefusedMask("second", "mask_missing")

    head = AnnotationFileHead({key: ForeignImage(key, key) for key in ("a", "b")})
    head.unmatched["b"] = "image_unknown"
    masks = list(masks_by_image(pack(tmp_path / "a.zip", {"x": ""}), head, read))
    assert isinstance(masks[0], ForeignMask)
    assert masks[1:] == [
        RefusedMask("second", "mask_missing"),
        RefusedMask("b 1", "image_unknown"),
        RefusedMask("second", "image_unknown"),
    ]
