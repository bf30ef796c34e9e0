"""Images, and what the model says about them."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.client.transport import Transport, read_file
from app.client.values import Candidate, Image, Proposal, Review
from app.client.waiting import wait_for

ENCODING_S = 600.0
Point = tuple[float, float, int]
Box = tuple[float, float, float, float]


class Images:
    """Adds images, encodes them and asks the model for masks.

    Args:
        transport: To the server.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def all(self, project_id: int | None = None) -> list[Image]:
        """Return the images of a project, oldest first; those of all without one."""
        answer = self._transport.get("/api/images", project=project_id)
        return [Image.from_json(one) for one in answer["images"]]

    def get(self, image_id: int) -> Image:
        """Return an image."""
        return Image.from_json(self._transport.get(f"/api/images/{image_id}"))

    def add(self, file: str | os.PathLike[str], project_id: int | None = None) -> Image:
        """Add an image file; the same bytes again give the image that is there."""
        name, content = read_file(file)
        return self.add_bytes(name, content, project_id)

    def add_bytes(self, name: str, content: bytes, project_id: int | None = None) -> Image:
        """Add an image from memory."""
        answer = self._transport.upload("/api/images", name, content, project=project_id)
        return Image.from_json(answer)

    def set_state(self, image_id: int, state: str) -> Image:
        """Say how far an image is: ``new``, ``in_work``, ``done``, ``reviewed`` or ``skipped``."""
        answer = self._transport.send("PATCH", f"/api/images/{image_id}", {"state": state})
        return Image.from_json(answer)

    def save_original(self, image_id: int, file: str | os.PathLike[str]) -> None:
        """Save the bytes that were added, unchanged."""
        self._transport.download(f"/api/images/{image_id}/original", Path(file))

    def reviews(self, image_id: int) -> list[Review]:
        """Return all verdicts about an image and its masks, newest first."""
        answer = self._transport.get(f"/api/images/{image_id}/reviews")
        return [Review.from_json(one) for one in answer["reviews"]]

    def review(
        self, image_id: int, verdict: str, *, comment: str = "", annotation_id: int | None = None
    ) -> Review:
        """Say that an image, or one mask on it, is ``accepted`` or ``rejected``.

        ``withdrawn`` takes the verdict before back.
        """
        body = {"verdict": verdict, "comment": comment, "annotation_id": annotation_id}
        answer = self._transport.send("POST", f"/api/images/{image_id}/reviews", body)
        return Review.from_json(answer["review"])

    def delete(self, image_id: int) -> None:
        """Delete an image; adding the same file again brings it back."""
        self._transport.send("DELETE", f"/api/images/{image_id}")

    def encode(self, image_id: int, timeout_s: float = ENCODING_S) -> None:
        """Compute the embedding of an image, if it is not there, and wait for it.

        Raises:
            WorkFailedError: If it failed, or is not done in time.
        """
        address = f"/api/images/{image_id}/embedding"
        self._transport.send("POST", address)
        wait_for(lambda: _as_state(self._transport.get(f"{address}/state")), timeout_s)

    def decode(
        self,
        image_id: int,
        *,
        points: Sequence[Point] = (),
        box: Box | None = None,
        mask_input: Mapping[str, Any] | None = None,
    ) -> list[Candidate]:
        """Return the masks that the model gives for prompts, best first.

        Args:
            image_id: Of the image; it is encoded first if need be.
            points: x, y and label: 1 on the object, 0 beside it.
            box: Left, top, right and bottom.
            mask_input: ``low_res_logits`` of the mask to refine.
        """
        self.encode(image_id)
        body = {
            "points": [{"x": x, "y": y, "label": label} for x, y, label in points],
            "box": None if box is None else list(box),
            "mask_input": mask_input,
        }
        answer = self._transport.send("POST", f"/api/images/{image_id}/decode", body)
        return [Candidate.from_json(one) for one in answer["candidates"]]

    def propose(self, image_id: int, timeout_s: float = ENCODING_S) -> list[Proposal]:
        """Let the model look for all masks of an image and return them, best first.

        Raises:
            WorkFailedError: If it failed, or is not done in time.
        """
        address = f"/api/images/{image_id}/proposals"
        self._transport.send("POST", address)
        found = wait_for(lambda: _as_state(self._transport.get(address)), timeout_s)
        return [Proposal.from_json(one) for one in found["proposals"]]


def _as_state(answer: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = answer
    return found
