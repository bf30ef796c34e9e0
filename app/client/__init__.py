"""A Python client of the HTTP interface, for scripts; the folder needs nothing but Python.

::

    from app.client import Client

    client = Client("http://127.0.0.1:8000")
    image = client.images.add("cat.jpg")
    best = client.images.decode(image.id, points=[(320, 200, 1)])[0]
    client.annotations.add(image.id, category_id=1, segmentation=best.segmentation)
    client.exports.save("annotations.json")
"""

from app.client.client import Client
from app.client.errors import (
    ClientError,
    ConnectionFailedError,
    RevisionConflictError,
    WorkFailedError,
)
from app.client.model_values import (
    BoxReport,
    Cost,
    Lessons,
    ModelChoice,
    ProjectProposals,
    QueuedImage,
    Statistics,
    TuningRun,
)
from app.client.team_values import Assignment, Session, User
from app.client.values import (
    Annotation,
    Candidate,
    Category,
    Image,
    Project,
    Proposal,
    Report,
    Review,
    Rle,
    Version,
)

__all__ = [
    "Annotation",
    "Assignment",
    "BoxReport",
    "Candidate",
    "Category",
    "Client",
    "ClientError",
    "ConnectionFailedError",
    "Cost",
    "Image",
    "Lessons",
    "ModelChoice",
    "Project",
    "ProjectProposals",
    "Proposal",
    "QueuedImage",
    "Report",
    "Review",
    "RevisionConflictError",
    "Rle",
    "Session",
    "Statistics",
    "TuningRun",
    "User",
    "Version",
    "WorkFailedError",
]
