"""What all formats share that have a file for every image."""

from collections.abc import Callable, Iterator
from pathlib import Path

from app.domain.dataset_import import AnnotationFileHead, ForeignImage, ForeignMask, RefusedMask
from app.importers.archive_tree import ArchiveTree, opened_tree

ReadImage = Callable[
    [ArchiveTree, ForeignImage, AnnotationFileHead], Iterator[ForeignMask | RefusedMask]
]


def masks_by_image(
    path: Path, head: AnnotationFileHead, read: ReadImage
) -> Iterator[ForeignMask | RefusedMask]:
    """Give the masks of all images, one image after the other.

    Args:
        path: The archive.
        head: Its images, some of them unmatched.
        read: Gives the masks of one image; its size may be unknown if it is unmatched.

    Yields:
        A mask, or why there is none.
    """
    with opened_tree(path) as tree:
        for image in head.images.values():
            reason = head.unmatched.get(image.key)
            for mask in read(tree, image, head):
                yield mask if reason is None else RefusedMask(mask.where, reason)
