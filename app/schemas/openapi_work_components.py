"""The shapes of work that takes longer, of its reports, and of statistics."""

from app.domain.dataset_import import ImportFormat
from app.domain.export import ExportFormat, SegmentationKind, SplitGroups
from app.schemas.openapi_shapes import (
    COUNT,
    FLAG,
    ID,
    INTEGER,
    TEXT,
    Schema,
    listing,
    nullable,
    ref,
    thing,
    words,
)

_PERCENT: Schema = {"type": "integer", "minimum": 0, "maximum": 100}
_JOB = {
    "id": ID,
    "state": {"type": "string", "enum": ["waiting", "running", "done", "failed"]},
    "done": COUNT,
    "total": COUNT,
    "error": nullable(thing({"code": TEXT, "message": TEXT, "hint": TEXT})),
}
_COST = dict.fromkeys(
    (
        *("object_count", "image_count", "measured_count"),
        *("clicks", "undo_count", "hand_edits", "active_ms"),
    ),
    COUNT,
)

WORK_COMPONENTS: dict[str, Schema] = {
    "ExportOptions": thing(
        {},
        format=words(ExportFormat),
        segmentation=words(SegmentationKind),
        with_provenance=FLAG,
        project_id=nullable(ID),
        split=nullable(
            thing(
                {},
                val_percent=_PERCENT,
                test_percent=_PERCENT,
                seed=INTEGER,
                groups=words(SplitGroups),
            )
        ),
    ),
    "ExportReport": thing(
        {
            "format": words(ExportFormat),
            "images": COUNT,
            "annotations": COUNT,
            "categories": COUNT,
            "compared": COUNT,
            "parts": {"type": "object", "additionalProperties": COUNT},
            "losses": listing(
                thing({"code": TEXT, "text": TEXT, "count": COUNT, "annotation_ids": listing(ID)})
            ),
        }
    ),
    "Export": thing(
        {
            **_JOB,
            "report": nullable(ref("ExportReport")),
            "file_name": nullable(TEXT),
            "byte_count": nullable(COUNT),
            "url": nullable(TEXT),
        }
    ),
    "ImportReport": thing(
        {
            "format": words(ImportFormat),
            "is_dry_run": FLAG,
            "images": COUNT,
            "images_found": COUNT,
            "annotations": COUNT,
            "added": COUNT,
            "already_there": COUNT,
            "new_categories": listing(TEXT),
            "notes": listing(
                thing({"code": TEXT, "text": TEXT, "count": COUNT, "examples": listing(TEXT)})
            ),
        }
    ),
    "Import": thing({**_JOB, "report": nullable(ref("ImportReport"))}),
    "Statistics": thing(
        {
            "total": thing(_COST),
            "by_day": listing(thing({"day": TEXT, **_COST})),
            "by_category": listing(thing({"category_id": ID, **_COST})),
        }
    ),
    "OpenApi": thing(
        {name: {"type": "object"} for name in ("info", "paths", "components")}, openapi=TEXT
    ),
}
