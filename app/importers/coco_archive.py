"""COCO files in an archive: one, or one for every part of a split."""

from collections.abc import Iterator
from pathlib import Path

from app.domain.dataset_import import AnnotationFileHead, ForeignMask, Key, RefusedMask
from app.importers.coco import CocoReader


class CocoArchiveReader:
    """Reads the COCO files of an archive as one.

    Two files may use one id for different things, so keys have the file's name in front.

    Args:
        path: The archive.
        entries: The files.
    """

    def __init__(self, path: Path, entries: list[str]) -> None:
        self._readers = {entry: CocoReader(path, entry) for entry in entries}

    def head(self) -> AnnotationFileHead:
        """Return the images and the classes of all files.

        Raises:
            UnprocessableError: If one of them is damaged or no COCO file.
        """
        head = AnnotationFileHead()
        for entry, reader in self._readers.items():
            part = reader.head()
            for key, image in part.images.items():
                head.images[_key(entry, key)] = image._replace(key=_key(entry, key))
            for key, category in part.categories.items():
                head.categories[_key(entry, key)] = category._replace(key=_key(entry, key))
            head.notes += part.notes
        return head

    def masks(self, head: AnnotationFileHead) -> Iterator[ForeignMask | RefusedMask]:
        """Give all masks, file by file.

        Yields:
            A mask, or why an annotation has none.
        """
        for entry, reader in self._readers.items():
            part = reader.head()
            for key, image in part.images.items():
                whole_key = _key(entry, key)
                found = head.images[whole_key]
                part.images[key] = image._replace(width=found.width, height=found.height)
                if whole_key in head.unmatched:
                    part.unmatched[key] = head.unmatched[whole_key]
            for mask in reader.masks(part):
                yield _with_keys(mask, entry)


def _with_keys(mask: ForeignMask | RefusedMask, entry: str) -> ForeignMask | RefusedMask:
    where = f"{entry}: {mask.where}"
    if isinstance(mask, RefusedMask):
        return mask._replace(where=where)
    return mask._replace(
        where=where, image=_key(entry, mask.image), category=_key(entry, mask.category)
    )


def _key(entry: str, key: Key) -> str:
    return f"{entry}: {key!r}"
