"""Reviews and assignments: who says what about which image, and who shall work on it."""

from collections.abc import Sequence

from app.domain.image_record import ImageState
from app.domain.review import Assignment, NewReview, Review
from app.errors import NotFoundError
from app.services.image_library import ImageLibrary
from app.storage.assignment_store import AssignmentStore
from app.storage.review_store import ReviewStore


class TeamworkService:
    """Keeps what reviewers say, and gives images to people.

    Args:
        reviews: Where verdicts are kept.
        assignments: Where it is kept who works on what.
        images: To know which images there are.
    """

    def __init__(
        self, reviews: ReviewStore, assignments: AssignmentStore, images: ImageLibrary
    ) -> None:
        self._reviews = reviews
        self._assignments = assignments
        self._images = images

    def review(self, image_id: int, new: NewReview) -> tuple[Review, ImageState]:
        """Keep a verdict; see `ReviewStore.add`.

        Returns:
            The verdict, and the state that its image has now.

        Raises:
            NotFoundError: If there is no such image, or no such object on it.
        """
        self._images.stored(image_id)
        kept = self._reviews.add(image_id, new)
        if kept is None:
            raise NotFoundError(
                "annotation_not_found",
                f"the annotation must be on the image, got id {new.annotation_id}",
                "reload the image; it may have been deleted and can be restored",
            )
        return kept

    def history(self, image_id: int) -> list[Review]:
        """Return all verdicts about an image and its objects, newest first.

        Raises:
            NotFoundError: If there is no such image.
        """
        return self._reviews.history(self._images.stored(image_id).id)

    def current_reviews(self, project_id: int) -> list[Review]:
        """Return the verdicts of a project that count, oldest first.

        Raises:
            NotFoundError: If there is no such project.
        """
        return self._reviews.current(project_id)

    def assignments(self, project_id: int) -> list[Assignment]:
        """Return who shall work on which image of a project.

        Raises:
            NotFoundError: If there is no such project.
        """
        return self._assignments.list_all(project_id)

    def assign(
        self, project_id: int, image_ids: Sequence[int], user_id: int | None
    ) -> list[Assignment]:
        """Give images to a user, or to nobody, all of them or none.

        Returns:
            All assignments of the project.

        Raises:
            NotFoundError: If the project, an image or the user is not there.
        """
        self._assignments.list_all(project_id)
        if not self._assignments.assign(project_id, image_ids, user_id):
            raise NotFoundError(
                "assignment_impossible",
                f"all images must be in project {project_id} and the user must exist, got user "
                f"{user_id} and images {list(image_ids)[:8]}; nothing was assigned",
                "reload the gallery and choose again; an image may have been deleted meanwhile",
            )
        return self._assignments.list_all(project_id)
