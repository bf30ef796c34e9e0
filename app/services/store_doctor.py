"""Looks whether everything in the store is as it must be, and repairs what can be repaired.

Nothing that a person made is ever deleted: a repair computes again what follows from the
masks, and removes what the server makes anew by itself.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from sqlalchemy import select

from app.domain.annotation import Annotation, CocoRle, MaskMeasures
from app.domain.finding import Finding
from app.errors import UnprocessableError
from app.services.embedding_file import is_complete
from app.services.exact_mask import check_mask
from app.storage.annotation_rows import fill_row, to_annotation
from app.storage.integrity import database_faults
from app.storage.store import Store
from app.storage.tables import AnnotationRow, ImageRow


def examine(store: Store) -> Iterator[Finding]:
    """Go through the whole store: database, originals, masks, embeddings.

    Deleted images and annotations are looked at too, for they can come back.

    Args:
        store: Nobody else may write to it meanwhile if something shall be repaired.

    Yields:
        What is not as it must be.
    """
    with store.database.read() as session:
        for what, remedy in database_faults(session):
            yield Finding(what, remedy)
    yield from _examine_originals(store)
    yield from _examine_masks(store)
    for path, _ in store.files.embeddings():
        if not is_complete(path):
            yield Finding(
                f"the embedding {path.name} must be complete, got a damaged one",
                repair=partial(path.unlink, missing_ok=True),
            )


def _examine_originals(store: Store) -> Iterator[Finding]:
    with store.database.read() as session:
        known = session.execute(
            select(ImageRow.id, ImageRow.file_name, ImageRow.sha256).order_by(ImageRow.id)
        ).all()
    for image_id, name, sha256 in known:
        path = store.files.original_path(sha256)
        remedy = f"add the file {name!r} again, or copy the original from a backup"
        if not path.is_file():
            yield Finding(f"the original of image {image_id} must be there, but it is gone", remedy)
        elif _hash_of(path) != sha256:
            yield Finding(
                f"the original of image {image_id} must be as it came, but it was changed",
                f"delete {path} and {remedy}",
            )
    hashes = {sha256 for _, _, sha256 in known}
    for path in store.files.originals():
        if path.name not in hashes:
            yield Finding(
                f"no image has the original {path.name}",
                "an upload broke off there; it is kept, and used if the file is added again",
                is_harmless=True,
            )


def _examine_masks(store: Store) -> Iterator[Finding]:
    with store.database.read() as session:
        sizes = {
            row.id: (row.height, row.width)
            for row in session.execute(select(ImageRow.id, ImageRow.height, ImageRow.width))
        }
        rows = select(AnnotationRow).order_by(AnnotationRow.id).execution_options(yield_per=500)
        for row in session.scalars(rows):
            yield from _examine_mask(store, to_annotation(row, with_logits=False), sizes)


def _examine_mask(
    store: Store, annotation: Annotation, sizes: dict[int, tuple[int, int]]
) -> Iterator[Finding]:
    name = f"annotation {annotation.id} of image {annotation.image_id}"
    try:
        mask, measures = check_mask(annotation.content.mask, sizes[annotation.image_id])
    except UnprocessableError as error:
        yield Finding(f"{name}: {error.message}", "bring an earlier version back, or draw it again")
        return
    if (mask, measures) != (annotation.content.mask, annotation.measures):
        yield Finding(
            f"{name}: area and box must follow from the mask, got other ones",
            repair=partial(_measure_again, store, annotation.id, mask, measures),
        )


def _measure_again(store: Store, annotation_id: int, mask: CocoRle, measures: MaskMeasures) -> None:
    with store.database.write() as session:
        row = session.get_one(AnnotationRow, annotation_id)
        content = to_annotation(row, with_logits=True).content
        fill_row(row, replace(content, mask=mask), measures)


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
