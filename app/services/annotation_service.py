"""Kept masks: checked, measured, saved with a revision number."""

from dataclasses import replace
from typing import NoReturn

from app.domain.annotation import (
    Annotation,
    AnnotationChanges,
    AnnotationContent,
    AnnotationVersion,
    MaskMeasures,
)
from app.errors import NotFoundError
from app.services.exact_mask import check_mask
from app.services.image_library import ImageLibrary
from app.storage.annotation_store import AnnotationStore


class AnnotationService:
    """Saves, changes, deletes and restores annotations.

    Args:
        annotations: Where they are kept.
        images: To know the size that a mask must have.
    """

    def __init__(self, annotations: AnnotationStore, images: ImageLibrary) -> None:
        self._annotations = annotations
        self._images = images

    def list_for_image(self, image_id: int) -> list[Annotation]:
        """Return the annotations of an image from the lowest to the one on top, without logits.

        Raises:
            NotFoundError: If there is no such image.
        """
        return self._annotations.list_for_image(self._images.stored(image_id).id)

    def get(self, annotation_id: int) -> Annotation:
        """Return an annotation with its logits.

        Raises:
            NotFoundError: If there is none or it was deleted.
        """
        annotation = self._annotations.find(annotation_id)
        if annotation is None or annotation.is_deleted:
            _raise_missing(annotation_id)
        return annotation

    def add(self, image_id: int, content: AnnotationContent) -> tuple[Annotation, bool]:
        """Keep a new annotation, or find the one that was kept under the same client key.

        Returns:
            The annotation as it is saved now, and whether it is new.

        Raises:
            AnnotationDeletedError: If the one with this key was deleted.
            NotFoundError: If there is no such image.
            UnprocessableError: If the mask or the category cannot be right.
        """
        image = self._images.stored(image_id)
        mask, measures = check_mask(content.mask, image.size_hw)
        return self._annotations.add(image.id, replace(content, mask=mask), measures)

    def update(
        self,
        annotation_id: int,
        changes: AnnotationChanges,
        expected_revision: int | None,
        by: str = "",
    ) -> Annotation:
        """Change some fields of an annotation.

        Args:
            annotation_id: Which one.
            changes: The fields that change; the others stay as they are saved.
            expected_revision: The revision that the change starts from; ``None`` accepts any.
            by: Who makes the change; may be empty.

        Raises:
            NotFoundError: If there is none or it was deleted.
            RevisionConflictError: If somebody else saved in between.
            UnprocessableError: If the mask or the category cannot be right.
        """
        present = self.get(annotation_id)
        measures = present.measures
        if "mask" in changes:
            image = self._images.stored(present.image_id)
            changes["mask"], measures = check_mask(changes["mask"], image.size_hw)

        def revise(saved: Annotation) -> tuple[AnnotationContent, MaskMeasures]:
            kept = measures if "mask" in changes else saved.measures
            return replace(saved.content, **changes), kept

        saved = self._annotations.update(annotation_id, revise, expected_revision, by)
        if saved is None:
            _raise_missing(annotation_id)
        return saved

    def delete(self, annotation_id: int, expected_revision: int | None, by: str = "") -> None:
        """Delete an annotation; it can be restored.

        Raises:
            NotFoundError: If there is none or it was deleted.
            RevisionConflictError: If somebody else saved in between.
        """
        if self._annotations.delete(annotation_id, expected_revision, by) is None:
            _raise_missing(annotation_id)

    def restore(self, annotation_id: int, by: str = "") -> Annotation:
        """Bring a deleted annotation back; one that is there stays as it is.

        Raises:
            NotFoundError: If there never was one, or its image was deleted.
        """
        annotation = self._annotations.restore(annotation_id, by)
        if annotation is None:
            _raise_missing(annotation_id)
        return annotation

    def history(self, annotation_id: int) -> list[AnnotationVersion]:
        """Return all versions of an annotation, newest first; also of a deleted one.

        Raises:
            NotFoundError: If there never was one, or its image was deleted.
        """
        versions = self._annotations.history(annotation_id)
        if not versions:
            _raise_missing(annotation_id)
        return versions

    def restore_version(
        self, annotation_id: int, revision: int, expected_revision: int | None, by: str = ""
    ) -> Annotation:
        """Make an earlier version the present one, as a new revision.

        Raises:
            NotFoundError: If there is no such annotation or version.
            RevisionConflictError: If somebody else saved in between.
        """
        self.history(annotation_id)
        annotation = self._annotations.restore_version(
            annotation_id, revision, expected_revision, by
        )
        if annotation is None:
            raise NotFoundError(
                "version_not_found",
                f"the annotation must have the version, got revision {revision}",
                "choose one of its history",
            )
        return annotation


def _raise_missing(annotation_id: int) -> NoReturn:
    raise NotFoundError(
        "annotation_not_found",
        f"the annotation must exist, got id {annotation_id}",
        "reload the image; it may have been deleted and can be restored",
    )
