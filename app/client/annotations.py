"""Kept masks: added once, changed only as they were seen, with all their versions."""

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from app.client.errors import ConnectionFailedError
from app.client.transport import Transport
from app.client.values import Annotation, Rle, Version

_BARE = "without=logits"


class Annotations:
    """Adds, changes, deletes and restores annotations.

    Changes name the revision that they start from: if somebody saved in between, they are
    refused with a `RevisionConflictError` and nothing is lost.

    Args:
        transport: To the server.
        author: Who makes the changes.
    """

    def __init__(self, transport: Transport, author: str) -> None:
        self._transport = transport
        self._author = author

    def all(self, image_id: int) -> list[Annotation]:
        """Return the annotations of an image, oldest first."""
        answer = self._transport.get(f"/api/images/{image_id}/annotations")
        return [Annotation.from_json(one) for one in answer["annotations"]]

    def get(self, annotation_id: int) -> Annotation:
        """Return an annotation."""
        return Annotation.from_json(
            self._transport.get(f"/api/annotations/{annotation_id}", without="logits")
        )

    def add(self, image_id: int, *, category_id: int, segmentation: Rle, **more: Any) -> Annotation:
        """Keep a mask; it is kept once, also if the first answer gets lost.

        Args:
            image_id: Where it lies.
            category_id: Its class, of the image's project.
            segmentation: The mask, as large as the upright image.
            more: Other fields that ``docs/http_api.md`` lists, such as ``notes``.
        """
        body = {
            "client_key": str(uuid.uuid4()),
            "author": self._author,
            **more,
            "category_id": category_id,
            "segmentation": segmentation,
        }
        address = f"/api/images/{image_id}/annotations?{_BARE}"
        try:
            answer = self._transport.send("POST", address, body)
        except ConnectionFailedError:
            answer = self._transport.send("POST", address, body)
        return Annotation.from_json(answer)

    def change(self, annotation: Annotation, **fields: Any) -> Annotation:
        """Change fields of an annotation as it was seen.

        Args:
            annotation: What the change starts from.
            fields: For example ``category_id``, ``segmentation`` or ``notes``.

        Raises:
            RevisionConflictError: If another revision is saved.
        """
        return Annotation.from_json(
            self._transport.send(
                "PATCH",
                f"/api/annotations/{annotation.id}?{_BARE}",
                fields,
                headers=self._headers(annotation.revision),
            )
        )

    def delete(self, annotation: Annotation) -> None:
        """Delete an annotation as it was seen; it can be restored.

        Raises:
            RevisionConflictError: If another revision is saved.
        """
        address = f"/api/annotations/{annotation.id}"
        self._transport.send("DELETE", address, headers=self._headers(annotation.revision))

    def restore(self, annotation_id: int, revision: int | None = None) -> Annotation:
        """Bring a deleted annotation back, or make an earlier revision the present one."""
        body = {} if revision is None else {"revision": revision}
        address = f"/api/annotations/{annotation_id}/restore?{_BARE}"
        return Annotation.from_json(
            self._transport.send("POST", address, body, headers=self._headers(None))
        )

    def history(self, annotation_id: int) -> list[Version]:
        """Return all versions, newest first."""
        answer = self._transport.get(f"/api/annotations/{annotation_id}/history")
        return [Version.from_json(one) for one in answer["versions"]]

    def _headers(self, revision: int | None) -> Mapping[str, str]:
        headers = {"X-Author": quote(self._author)} if self._author else {}
        return headers if revision is None else {**headers, "If-Match": f'"{revision}"'}
