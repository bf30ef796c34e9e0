"""Projects as JSON."""

import unicodedata
from typing import Any

from app.domain.image_record import ImageState
from app.domain.project import OverlapPolicy, Project, ProjectChanges
from app.errors import InvalidRequestError
from app.schemas.image_schema import format_thumbnails
from app.schemas.json_object import JsonObject, check_integer

LONGEST_NAME = 200


def parse_project_name(values: Any) -> str:
    """Return the checked name of a project.

    Raises:
        InvalidRequestError: If it is missing, empty or too long.
    """
    return unicodedata.normalize("NFC", JsonObject(values).text("name", longest=LONGEST_NAME))


def parse_project_changes(values: Any) -> ProjectChanges:
    """Return what a request changes of a project.

    Raises:
        InvalidRequestError: If it changes nothing, or a field is not as it must be.
    """
    body = JsonObject(values)
    if "name" not in body and "overlap" not in body:
        raise InvalidRequestError(
            "field_missing", "a change must name a field, got none", "send name or overlap"
        )
    return ProjectChanges(
        name=parse_project_name(values) if "name" in body else None,
        overlap=body.choice("overlap", OverlapPolicy) if "overlap" in body else None,
    )


def parse_project_id(text: str | None) -> int | None:
    """Return the id in ``?project=``; a missing one gives ``None``.

    Raises:
        InvalidRequestError: If it is no id.
    """
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise InvalidRequestError(
            "field_invalid", f"project must be the id of a project, got {text!a}", "leave it out"
        )
    return check_integer(int(text), "project")


def format_project(project: Project) -> dict[str, Any]:
    """Return a project as JSON."""
    counts = project.image_counts
    return {
        "id": project.id,
        "name": project.name,
        "created_at": project.created_at,
        "changed_at": project.changed_at,
        "image_count": sum(counts.values()),
        "image_counts": {state.value: counts.get(state, 0) for state in ImageState},
        "object_count": project.object_count,
        "seconds_left": project.seconds_left,
        "overlap": project.overlap.value,
        "cover": [format_thumbnails(image) for image in project.cover],
    }
