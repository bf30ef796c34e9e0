"""Masks that the model proposes, for whole projects; `Images.propose` is for one image."""

import os
from collections.abc import Sequence

from app.client.model_values import BoxReport, ProjectProposals, QueuedImage
from app.client.transport import Transport, read_file
from app.client.waiting import wait_for

SEARCH_S = 24 * 3600.0


class Proposals:
    """Searches all images of a project, and keeps what was decided about what was found.

    Args:
        transport: To the server.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def start(self, project_id: int) -> ProjectProposals:
        """Start the search of all images that were not searched yet, and return at once."""
        answer = self._transport.send("POST", f"/api/projects/{project_id}/proposals")
        return ProjectProposals.from_json(answer)

    def state(self, project_id: int) -> ProjectProposals:
        """Return how many images are searched, and which could not be."""
        return ProjectProposals.from_json(
            self._transport.get(f"/api/projects/{project_id}/proposals")
        )

    def wait(self, project_id: int, timeout_s: float = SEARCH_S) -> ProjectProposals:
        """Wait until no image waits for its search any more.

        Raises:
            WorkFailedError: If it is not done in time.
        """
        address = f"/api/projects/{project_id}/proposals"

        def ask() -> dict[str, str]:
            return {"state": "running" if self._transport.get(address)["waiting"] else "done"}

        wait_for(ask, timeout_s)
        return self.state(project_id)

    def stop(self, project_id: int) -> None:
        """End the searches of a project; what was found already stays."""
        self._transport.send("DELETE", f"/api/projects/{project_id}/proposals")

    def queue(
        self, project_id: int, *, predicted_iou: float = 0.0, stability: float = 0.0
    ) -> list[QueuedImage]:
        """Return the images where proposals wait for a decision.

        Args:
            project_id: Whose images.
            predicted_iou: Weaker ones do not count.
            stability: Less stable ones do not count.
        """
        answer = self._transport.get(
            f"/api/projects/{project_id}/proposals/queue",
            predicted_iou=predicted_iou,
            stability=stability,
        )
        return [QueuedImage.from_json(one) for one in answer["images"]]

    def from_boxes(self, project_id: int, file: str | os.PathLike[str]) -> BoxReport:
        """Start making masks of all boxes in a detector's COCO file."""
        name, content = read_file(file)
        address = f"/api/projects/{project_id}/proposals/boxes"
        return BoxReport.from_json(self._transport.upload(address, name, content))

    def decide(
        self, image_id: int, *, rejected: Sequence[int] = (), accepted: Sequence[int] = ()
    ) -> None:
        """Offer these proposals of an image no longer; in place of what was decided before."""
        body = {"rejected": list(rejected), "accepted": list(accepted)}
        self._transport.send("PUT", f"/api/images/{image_id}/proposals/decisions", body)

    def clear(self, image_id: int) -> None:
        """End the search of an image, or forget what it found."""
        self._transport.send("DELETE", f"/api/images/{image_id}/proposals")
