"""Foreign annotation files: read as a trial first, taken in when a person says so."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import numpy as np

from app.domain.annotation import CocoRle, MaskMeasures
from app.domain.category import CategoryContent
from app.domain.dataset_import import (
    AnnotationReader,
    ForeignMask,
    ImportReport,
    Key,
    RefusedMask,
)
from app.domain.object_details import ObjectDetails
from app.errors import AppError, ConflictError, meaning_of_os_error
from app.importers.open_reader import open_reader
from app.schemas.json_object import JsonObject
from app.schemas.object_details_schema import parse_details
from app.services.background_jobs import BackgroundJobs, Job, Progress
from app.services.bulk_work import rare_collections
from app.services.exact_mask import check_mask
from app.services.image_matching import match_images
from app.services.import_notes import explain
from app.services.staging import new_place, remove_old
from app.storage.annotation_import import AnnotationImport, CheckedMask, ImportTarget
from app.storage.category_store import CategoryStore
from app.storage.database import Database
from sam_core.masks.rle_batch import measure_codes

_MASKS_AT_ONCE = 2000
_CODES_AT_ONCE = 100  # the arrays of more would not fit the processor's cache
_NO_DETAILS = ObjectDetails()


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that was given to be imported.

    Attributes:
        path: Where it waits, in a folder of its own.
        name: As the client gave it.
        project_id: Where its masks shall go; ``None`` means the oldest project.
    """

    path: Path
    name: str
    project_id: int | None


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did, or would do.

    Attributes:
        file: What was read.
        report: What came of it.
    """

    file: StagedFile
    report: ImportReport


class ImportService:
    """Reads foreign annotation files.

    Args:
        database: Where masks are kept.
        folder: Where files wait until they are confirmed.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._jobs: BackgroundJobs[ImportOutcome] = BackgroundJobs("import", _forget)
        remove_old(folder)

    def start(self, name: str, content: IO[bytes], project_id: int | None) -> Job[ImportOutcome]:
        """Keep a file and begin its trial.

        Args:
            name: As the client gave it.
            content: The bytes.
            project_id: Where its masks shall go; ``None`` means the oldest project.

        Raises:
            AppError: If the disk is full.
            OSError: If writing failed in any other way.
        """
        try:
            path = new_place(self._folder) / "file"
            with path.open("wb") as file:
                shutil.copyfileobj(content, file)
        except OSError as error:
            meant = meaning_of_os_error(error)
            if meant is None:
                raise
            raise meant from error
        staged = StagedFile(path, name, project_id)
        return self._jobs.start(lambda progress: self.run(staged, progress, is_dry_run=True))

    def confirm(self, job_id: int) -> Job[ImportOutcome]:
        """Begin what a trial promised.

        Raises:
            NotFoundError: If there is no such trial.
            ConflictError: If it is not done, or was no trial.
        """
        job = self._jobs.get(job_id)
        outcome = job.result
        if outcome is None or not outcome.report.is_dry_run:
            raise ConflictError(
                "import_not_ready",
                "only a trial that is done can be confirmed, got "
                + (f"one that is {job.phase.value}" if outcome is None else "what came of one"),
                "wait until its state is done, and confirm it once",
            )
        total = outcome.report.annotations

        def work(progress: Progress) -> ImportOutcome:
            return self.run(outcome.file, lambda done, _: progress(done, total), is_dry_run=False)

        return self._jobs.start(work)

    def job(self, job_id: int) -> Job[ImportOutcome]:
        """Return an import that was started.

        Raises:
            NotFoundError: If there is none.
        """
        return self._jobs.get(job_id)

    def run(
        self, staged: StagedFile, progress: Progress | None = None, *, is_dry_run: bool
    ) -> ImportOutcome:
        """Read a file and take its masks in, or only say what would come of it.

        Args:
            staged: The file.
            progress: Is told how many annotations were read.
            is_dry_run: Whether nothing is changed.

        Raises:
            AppError: If the file cannot be read, or there is no such project.
        """
        found, reader = open_reader(staged.path)
        report = ImportReport(found, is_dry_run)
        target = AnnotationImport(self._database, staged.project_id)
        categories = None if is_dry_run else CategoryStore(self._database)
        run = _Run(reader, target, categories, report)
        with rare_collections():
            for group in run.groups():
                run.take(group)
                if progress is not None:
                    progress(report.annotations, 0)
        return ImportOutcome(staged, report)

    def close(self) -> None:
        """Stop the background thread."""
        self._jobs.close()


class _Run:
    """One reading of one file; a trial does the same but for the writing."""

    def __init__(
        self,
        reader: AnnotationReader,
        target: AnnotationImport,
        categories: CategoryStore | None,
        report: ImportReport,
    ) -> None:
        self._reader, self._target, self._report = reader, target, report
        self._new_categories = categories
        self._head = reader.head()
        self._images: dict[Key, ImportTarget] = match_images(self._head, target.targets())
        self._ids_by_name = target.categories()
        self._ids: dict[Key, int] = {}
        report.images, report.images_found = len(self._head.images), len(self._images)
        for code, where in self._head.notes:
            self._note(code, where)
        for key, code in self._head.unmatched.items():
            self._note(code, self._head.images[key].file_name)

    def groups(self) -> Iterator[list[ForeignMask | RefusedMask]]:
        masks = self._reader.masks(self._head)
        while group := list(islice(masks, _MASKS_AT_ONCE)):
            yield group

    def take(self, group: list[ForeignMask | RefusedMask]) -> None:
        report = self._report
        report.annotations += len(group)
        foreign = []
        for mask in group:
            if isinstance(mask, ForeignMask):
                foreign.append(mask)
            elif mask.code not in self._head.unmatched.values():
                self._note(mask.code, mask.where)
            else:
                self._note(f"mask_of_{mask.code}", mask.where)
        checked = self._check(foreign)
        is_dry_run = self._new_categories is None
        count = len(self._target.find_new(checked)) if is_dry_run else self._target.add(checked)
        report.added += count
        report.already_there += len(checked) - count

    def _check(self, masks: list[ForeignMask]) -> list[CheckedMask]:
        checked = []
        for begin in range(0, len(masks), _CODES_AT_ONCE):
            some = masks[begin : begin + _CODES_AT_ONCE]
            sizes = np.array([(mask.height, mask.width) for mask in some])
            measured = measure_codes([mask.counts for mask in some], sizes)
            is_ready = measured.is_canonical & (measured.area > 0)
            found = (is_ready, measured.area, measured.bbox_xywh)
            for mask, ready, area, bbox in zip(some, *(map(np.ndarray.tolist, found)), strict=True):
                try:
                    known = (
                        (mask.counts, MaskMeasures(area, tuple(bbox))) if ready else _checked(mask)
                    )
                except AppError as error:
                    self._note(error.code, mask.where)
                else:
                    checked.append(self._as_checked(mask, *known))
        return checked

    def _as_checked(self, mask: ForeignMask, counts: str, measures: MaskMeasures) -> CheckedMask:
        return CheckedMask(
            self._images[mask.image].id,
            self._category_of(mask),
            mask.height,
            mask.width,
            counts,
            measures,
            self._details_of(mask),
        )

    def _category_of(self, mask: ForeignMask) -> int:
        known = self._ids.get(mask.category)
        if known is not None:
            return known
        category = self._head.categories.get(mask.category)
        if category is None:
            self._note("category_not_listed", f"{mask.category}")
        name = category.name.strip()[:200] if category else f"class {mask.category}"
        if name not in self._ids_by_name:
            self._report.new_categories.append(name)
            self._ids_by_name[name] = self._make_category(
                name, category.supercategory if category else ""
            )
        return self._ids.setdefault(mask.category, self._ids_by_name[name])

    def _make_category(self, name: str, supercategory: str) -> int:
        if self._new_categories is None:
            return -len(self._report.new_categories)  # a trial needs some number of its own
        content = CategoryContent(name, supercategory[:200])
        return self._new_categories.add(content, self._target.project_id).id

    def _details_of(self, mask: ForeignMask) -> ObjectDetails:
        if not mask.details:
            return _NO_DETAILS
        if mask.details == {"iscrowd": 0}:
            return _NO_DETAILS
        try:
            return parse_details(JsonObject(mask.details), _NO_DETAILS)
        except AppError:
            self._note("details_dropped", mask.where)
            return _NO_DETAILS

    def _note(self, code: str, example: str) -> None:
        self._report.note(code, explain(code), example)


def _checked(mask: ForeignMask) -> tuple[str, MaskMeasures]:
    code = CocoRle(mask.height, mask.width, mask.counts)
    code, measures = check_mask(code, (mask.height, mask.width))
    return code.counts, measures


def _forget(outcome: ImportOutcome) -> None:
    shutil.rmtree(outcome.file.path.parent, ignore_errors=True)
