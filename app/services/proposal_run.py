"""Look for the masks of many photographs, here or elsewhere; it can be killed at any time.

The work may be done twice, when a machine is lost; its result is kept once, by the hash of the
photograph's bytes, in a file that this process alone writes.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.image_record import StoredImage
from app.domain.proposal_run import Photograph, ProposedImage, RunWish
from app.errors import NotFoundError
from app.exporters.proposed_coco import write_proposed_coco
from app.services.proposal_work import Road
from app.storage.file_store import FileStore
from app.storage.run_file import RunFile

STATE_SUFFIX = ".unfinished"
READING, PROPOSING = "reading", "proposing"
_PHOTOGRAPHS = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif")

Progress = Callable[[str, int, int], None]
"""Gets the stage, ``READING`` or ``PROPOSING``, and how many photographs of how many are done."""


@dataclass(frozen=True, slots=True)
class RunReport:
    """What came of a run.

    Attributes:
        images: Photographs in the file.
        masks: Masks in the file.
        resumed: Photographs that an earlier, interrupted run had done.
        copies: Photographs left out because another has the same bytes.
        problems: Photographs that could not be read, and why.
    """

    images: int
    masks: int
    resumed: int
    copies: int
    problems: tuple[str, ...]


def photographs_of_folder(folder: Path) -> list[Photograph]:
    """Return the photographs in a folder and all folders below it, by path.

    Raises:
        NotFoundError: If there is no such folder or it has none.
    """
    whole = folder.absolute()
    paths = [
        path
        for path in sorted(whole.rglob("*"))
        if path.suffix.lower() in _PHOTOGRAPHS and path.is_file()
    ]
    if not paths:
        raise NotFoundError(
            "no_photographs",
            f"the folder must be there and hold photographs, got none in {folder}",
            f"name a folder with {', '.join(_PHOTOGRAPHS)} files",
        )
    return [
        Photograph(number, path.relative_to(whole).as_posix(), path)
        for number, path in enumerate(paths)
    ]


def photographs_of_project(images: Sequence[StoredImage], files: FileStore) -> list[Photograph]:
    """Return the originals of a project's images, whose hashes are known.

    Args:
        images: In the order of the result.
        files: The data folder that holds them.
    """
    return [
        Photograph(
            number,
            image.file.file_name,
            files.original_path(image.file.sha256).absolute(),
            image.file.sha256,
        )
        for number, image in enumerate(images)
    ]


def run_proposals(
    road: Road,
    photographs: Sequence[Photograph],
    wish: RunWish,
    out: Path,
    on_progress: Progress,
) -> RunReport:
    """Look for the masks of photographs and write them to a COCO file.

    What is done is kept beside the file until that is whole, and is not done again. The file is
    the same on every road: in the order of the photographs, however the answers came.

    Args:
        road: Where the work is done.
        photographs: In the order of the result; their numbers count from 0.
        wish: Which masks are kept.
        out: The COCO file; replaced at the end.
        on_progress: Hears how far it is.

    Raises:
        AppError: If an unfinished run had other settings, or its file is damaged, or the road
            ends; what is done stays done.
    """
    state = out.with_name(out.name + STATE_SUFFIX)
    with RunFile(state, wish) as file:
        resumed = len(file.done)
        run = _Run(photographs, file, on_progress)
        run.read(road)
        run.look(road)
        masks = _write(out, wish, run.images)
        images = len(file.done)
    state.unlink()
    return RunReport(images, masks, resumed, run.copies, run.problems())


class _Run:
    """One run: which photographs there are, and what is known of them.

    Args:
        photographs: All of them.
        file: What is done.
        on_progress: Hears how far it is.
    """

    def __init__(
        self, photographs: Sequence[Photograph], file: RunFile, on_progress: Progress
    ) -> None:
        self._photographs = photographs
        self._file = file
        self._on_progress = on_progress
        self._hashes = [""] * len(photographs)
        self._problems: dict[int, str] = {}
        self._refused: dict[str, str] = {}
        self._first: dict[str, int] = {}

    def read(self, road: Road) -> None:
        """Find out which photographs are the same."""
        answered = 0
        for found in road.digests(self._photographs):
            if self._hashes[found.number] or found.number in self._problems:
                continue
            self._hashes[found.number] = found.sha256
            if found.problem:
                self._problems[found.number] = found.problem
            answered += 1
            self._on_progress(READING, answered, len(self._photographs))
        for number, sha256 in enumerate(self._hashes):
            if sha256:
                self._first.setdefault(sha256, number)

    def look(self, road: Road) -> None:
        """Look at what is not done yet, each once, and keep every answer."""
        wanted = [
            replace(self._photographs[number], sha256=sha256)
            for sha256, number in self._first.items()
            if sha256 not in self._file.done
        ]
        answered: set[int] = set()
        for found in road.looks(wanted) if wanted else ():
            if found.number in answered:
                continue
            answered.add(found.number)
            if found.image is None:
                self._refused[self._hashes[found.number]] = found.problem
            else:
                self._file.add(found.image)
            self._on_progress(PROPOSING, len(answered), len(wanted))

    @property
    def copies(self) -> int:
        """Photographs whose masks are in the file under the name of another."""
        return sum(
            sha256 in self._file.done and self._first[sha256] != number
            for number, sha256 in enumerate(self._hashes)
        )

    def problems(self) -> tuple[str, ...]:
        """Return a line for each photograph that could not be read, in their order."""
        refused = {
            number: self._refused[sha256]
            for number, sha256 in enumerate(self._hashes)
            if sha256 in self._refused
        }
        found = sorted((self._problems | refused).items())
        return tuple(f"{self._photographs[number].name}: {problem}" for number, problem in found)

    def images(self) -> Iterator[ProposedImage]:
        """Go through the result in the order of the photographs.

        Yields:
            Each photograph; at the end those of an earlier run that are not there any more.
        """
        here = [sha256 for sha256 in self._first if sha256 in self._file.done]
        gone = [sha256 for sha256 in self._file.done if sha256 not in self._first]
        for image in self._file.images([*here, *gone]):
            number = self._first.get(image.sha256)
            name = image.file_name if number is None else self._photographs[number].name
            yield replace(image, file_name=name)


def _write(out: Path, wish: RunWish, images: Callable[[], Iterator[ProposedImage]]) -> int:
    # Not in the memory at once: a file of many photographs is larger than that.
    temporary = out.with_name(out.name + ".writing")
    with temporary.open("wb") as target:
        masks = write_proposed_coco(target, wish, images)
        target.flush()
        os.fsync(target.fileno())
    temporary.replace(out)
    return masks
