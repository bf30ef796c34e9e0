"""What a format with files per image must be able to do."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

from app.domain.category import Category
from app.domain.dataset import DatasetImage, DatasetMask
from app.domain.export import ExportReport

NamedFile = tuple[str, bytes]
ReadFile = Callable[[str], bytes]


class Place(NamedTuple):
    """Where the files of an image lie in an archive.

    Attributes:
        stem: The image's file name without its ending, unique in the archive.
        part: ``train``, ``val`` or ``test``; empty without a split.
    """

    stem: str
    part: str

    def path(self, folder: str, ending: str) -> str:
        """Return the path of a file in a folder, by part.

        Example:
            >>> Place("cat", "train").path("labels", ".txt")
            'labels/train/cat.txt'
        """
        return "/".join(step for step in (folder, self.part, self.stem + ending) if step)


class ImageWriter(Protocol):
    """Writes and reads back the files of one image at a time."""

    def __init__(self, categories: Sequence[Category], report: ExportReport) -> None:
        """Remember the classes, and where losses are counted."""

    def write(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place
    ) -> Iterator[NamedFile]:
        """Give the files of an image; what they cannot carry goes to the report."""

    def write_end(self) -> Iterator[NamedFile]:
        """Give the files of the whole data set."""

    def check(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place, read: ReadFile
    ) -> None:
        """Compare the files of an image with the store.

        Raises:
            ServerFaultError: If something differs that is no loss of the format.
        """
