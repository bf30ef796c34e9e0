"""The shapes of requests and answers as JSON Schema, for the OpenAPI document."""

from typing import Any

from app.domain.annotation import Change
from app.domain.embedding import EmbeddingPhase
from app.domain.image_record import ImageState
from app.schemas.annotation_schema import LONGEST_AUTHOR, LONGEST_CLIENT_KEY, LONGEST_MODEL_ID
from app.schemas.category_schema import LONGEST_NAME
from app.schemas.image_schema import LONGEST_PATH

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
ANYTHING: Schema = {"type": "object"}
ID: Schema = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
COUNT: Schema = {"type": "integer", "minimum": 0}


def text(longest: int, **more: Any) -> Schema:
    """Return the schema of a text with a limit."""
    return {"type": "string", "maxLength": longest, **more}


def nullable(schema: Schema) -> Schema:
    """Return the schema of a value that may be null."""
    return {"anyOf": [schema, {"type": "null"}]}


def listing(schema: Schema, **more: Any) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": schema, **more}


def thing(required: dict[str, Schema], **optional: Schema) -> Schema:
    """Return the schema of an object; it may have more fields than it names."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": sorted(required),
    }


def ref(name: str) -> Schema:
    """Return a reference to one of `COMPONENTS`."""
    return {"$ref": f"#/components/schemas/{name}"}


_MASK = thing({"size": listing(COUNT, minItems=2, maxItems=2), "counts": TEXT})
_LOGITS = thing({"shape": listing(COUNT, minItems=2, maxItems=2), "data": TEXT})
_POINT = thing({"x": NUMBER, "y": NUMBER, "label": {"type": "integer", "enum": [0, 1]}})
_BOX = listing(NUMBER, minItems=4, maxItems=4)
_PROMPTS = thing({"points": listing(_POINT)}, box=nullable(_BOX))
_CHANGES = {
    "prompts": _PROMPTS,
    "low_res_logits": nullable(_LOGITS),
    "model_id": nullable(text(LONGEST_MODEL_ID)),
    "predicted_iou": nullable(NUMBER),
    "author": text(LONGEST_AUTHOR),
}
_ANNOTATION = {
    "id": ID,
    "image_id": ID,
    "category_id": ID,
    "segmentation": _MASK,
    "area": COUNT,
    "bbox": listing(COUNT, minItems=4, maxItems=4),
    "prompts": _PROMPTS,
    "low_res_logits": nullable(_LOGITS),
    "has_logits": FLAG,
    "author": TEXT,
    "client_key": nullable(TEXT),
    "created_at": TEXT,
    "updated_at": TEXT,
    "revision": {"type": "integer", "minimum": 1},
}
_VERSION = {
    "is_deleted": FLAG,
    "change": {"type": "string", "enum": [change.value for change in Change]},
    "changed_by": TEXT,
}
_STATE = {"type": "string", "enum": [state.value for state in ImageState]}
_PHASE = {"type": "string", "enum": [phase.value for phase in EmbeddingPhase]}
_ERROR = thing({"code": TEXT, "message": TEXT, "hint": TEXT})

COMPONENTS: dict[str, Schema] = {
    "Error": thing({"error": _ERROR}, current=ANYTHING),
    "Health": thing({"status": TEXT, "model_id": TEXT, "model_name": TEXT}),
    "Project": thing({"id": ID, "name": TEXT, "created_at": TEXT}),
    "Projects": thing({"projects": listing(ref("Project"))}),
    "ProjectName": thing({"name": text(LONGEST_NAME)}),
    "Image": thing(
        {
            "id": ID,
            "project_id": ID,
            "state": _STATE,
            "file_name": TEXT,
            "width": COUNT,
            "height": COUNT,
            "sha256": TEXT,
            "created_at": TEXT,
            "annotation_count": COUNT,
            "pixels_url": TEXT,
            "thumbnail_url": TEXT,
            "embedding": ref("EmbeddingState"),
        }
    ),
    "Images": thing({"images": listing(ref("Image"))}),
    "ImageChanges": thing({"state": _STATE}),
    "Folder": thing({"path": text(LONGEST_PATH)}),
    "FolderResult": thing({"images": listing(ref("Image")), "skipped": listing(ANYTHING)}),
    "EmbeddingState": thing(
        {
            "state": _PHASE,
            "eta_s": nullable(NUMBER),
            "queue_position": nullable(COUNT),
            "error": nullable(ANYTHING),
            "url": nullable(TEXT),
        }
    ),
    "Category": thing({"id": ID, "name": TEXT, "supercategory": TEXT, "color": TEXT}),
    "Categories": thing({"categories": listing(ref("Category"))}),
    "NewCategory": thing(
        {"name": text(LONGEST_NAME, minLength=1)},
        supercategory=text(LONGEST_NAME),
        color=text(20, pattern="^#[0-9a-f]{6}$"),
    ),
    "CategoryChanges": thing({}, name=text(LONGEST_NAME), supercategory=text(LONGEST_NAME)),
    "Annotation": thing(_ANNOTATION),
    "Annotations": thing({"annotations": listing(ref("Annotation"))}),
    "NewAnnotation": thing(
        {"category_id": ID, "segmentation": _MASK},
        client_key=nullable(text(LONGEST_CLIENT_KEY, format="uuid")),
        **_CHANGES,
    ),
    "AnnotationChanges": thing({}, category_id=ID, segmentation=_MASK, **_CHANGES),
    "Restore": thing({}, revision=nullable({"type": "integer", "minimum": 1})),
    "Versions": thing({"versions": listing(thing({**_ANNOTATION, **_VERSION}))}),
    "DecodeRequest": thing(
        {}, points=listing(_POINT), box=nullable(_BOX), mask_input=nullable(_LOGITS)
    ),
    "Candidates": thing(
        {"candidates": listing(ANYTHING), "model_id": TEXT, "decode_ms": NUMBER},
    ),
}
