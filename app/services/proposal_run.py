"""Look for the masks of many photographs, one after the other; it can be killed at any time."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from app.domain.image_record import ImageRecord
from app.domain.proposal import Proposal
from app.domain.proposal_run import ProposedImage, ProposedMask, RunWish
from app.errors import AppError, NotFoundError
from app.exporters.proposed_coco import write_proposed_coco
from app.services.image_reading import read_upright
from app.services.image_versions import ImageVersions
from app.services.proposal_search import SearchWish, search
from app.services.served_model import ServedModel
from app.storage.run_file import RunFile

STATE_SUFFIX = ".unfinished"
_PHOTOGRAPHS = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif")

Progress = Callable[[int, int], None]


class Photograph(Protocol):
    """A photograph that a run may read."""

    @property
    def name(self) -> str:
        """What the result calls it."""

    def read(self) -> bytes:
        """Return the bytes of its file.

        Raises:
            OSError: If the disk refuses.
            AppError: If the store has lost them.
        """


@dataclass(frozen=True, slots=True)
class FilePhotograph:
    """A file of a folder."""

    name: str
    path: Path

    def read(self) -> bytes:
        """Return the file's bytes."""
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class StoredPhotograph:
    """An image of a project."""

    image: ImageRecord
    versions: ImageVersions

    @property
    def name(self) -> str:
        """The name of the image."""
        return self.image.file.file_name

    def read(self) -> bytes:
        """Return the original's bytes."""
        return self.versions.original(self.image).path.read_bytes()


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


def photographs_of_folder(folder: Path) -> list[FilePhotograph]:
    """Return the photographs in a folder and all folders below it, by path.

    Raises:
        NotFoundError: If there is no such folder or it has none.
    """
    found = [
        FilePhotograph(path.relative_to(folder).as_posix(), path)
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in _PHOTOGRAPHS and path.is_file()
    ]
    if not found:
        raise NotFoundError(
            "no_photographs",
            f"the folder must be there and hold photographs, got none in {folder}",
            f"name a folder with {', '.join(_PHOTOGRAPHS)} files",
        )
    return found


def run_proposals(
    model: ServedModel,
    photographs: Sequence[Photograph],
    wish: RunWish,
    out: Path,
    on_progress: Progress,
) -> RunReport:
    """Look for the masks of photographs and write them to a COCO file.

    What is done is kept beside the file until that is whole, and is not done again.

    Args:
        model: Finds them.
        photographs: In the order of the result.
        wish: Which masks are kept.
        out: The COCO file; replaced at the end.
        on_progress: Gets how many photographs are done, and how many there are.

    Raises:
        AppError: If an unfinished run had other settings, or its file is damaged.
    """
    state = out.with_name(out.name + STATE_SUFFIX)
    problems: list[str] = []
    seen: set[str] = set()
    with RunFile(state, wish) as file:
        resumed = len(file.done)
        for number, photograph in enumerate(photographs, start=1):
            try:
                content = photograph.read()
                sha256 = hashlib.sha256(content).hexdigest()
                if sha256 not in file.done:
                    file.add(_look(model, photograph.name, sha256, content, wish))
                seen.add(sha256)
            except AppError as error:
                problems.append(f"{photograph.name}: {error.message}")
            except OSError as error:
                problems.append(f"{photograph.name}: {error.strerror}")
            on_progress(number, len(photographs))
        masks = _write(out, wish, file)
        images = len(file.done)
    state.unlink()
    copies = len(photographs) - len(problems) - len(seen)
    return RunReport(images, masks, resumed, copies, tuple(problems))


def _look(
    model: ServedModel, name: str, sha256: str, content: bytes, wish: RunWish
) -> ProposedImage:
    pixels = np.asarray(read_upright(content))
    height, width = pixels.shape[:2]
    settings = SearchWish(wish.points_per_side, wish.most_masks, wish.least_iou)
    found = search(model, pixels, lambda _: None, settings)
    return ProposedImage(sha256, name, width, height, tuple(_kept(found, wish)))


def _kept(found: Sequence[Proposal], wish: RunWish) -> Iterator[ProposedMask]:
    for proposal in found:
        area = proposal.measures.area
        if proposal.stability_score < wish.least_stability or area < wish.least_area:
            continue
        yield ProposedMask(
            proposal.mask.counts,
            area,
            proposal.measures.bbox_xywh,
            proposal.predicted_iou,
            proposal.stability_score,
            proposal.point_xy,
        )


def _write(out: Path, wish: RunWish, file: RunFile) -> int:
    # Not in the memory at once: a file of many photographs is larger than that.
    temporary = out.with_name(out.name + ".writing")
    with temporary.open("wb") as target:
        masks = write_proposed_coco(target, wish, file.images)
        target.flush()
        os.fsync(target.fileno())
    temporary.replace(out)
    return masks
