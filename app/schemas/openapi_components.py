"""The shapes of requests and answers as JSON Schema, for the OpenAPI document."""

from app.domain.annotation import Change, Origin
from app.domain.attribute import AttributeKind
from app.domain.category import Pattern
from app.domain.embedding import EmbeddingPhase
from app.domain.image_record import ImageState
from app.domain.project import OverlapPolicy
from app.domain.proposal import ProposalPhase
from app.schemas.annotation_schema import LONGEST_AUTHOR, LONGEST_CLIENT_KEY, LONGEST_MODEL_ID
from app.schemas.category_schema import LONGEST_NAME
from app.schemas.image_schema import LONGEST_PATH
from app.schemas.openapi_account_components import ACCOUNT_COMPONENTS
from app.schemas.openapi_model_components import MODEL_COMPONENTS
from app.schemas.openapi_shapes import (
    ANYTHING,
    COUNT,
    FLAG,
    ID,
    INTEGER,
    NUMBER,
    TEXT,
    Schema,
    listing,
    nullable,
    ref,
    text,
    thing,
    words,
)
from app.schemas.openapi_work_components import WORK_COMPONENTS
from app.schemas.proposal_schema import MAX_BOXES

_MASK = thing({"size": listing(COUNT, minItems=2, maxItems=2), "counts": TEXT})
_LOGITS = thing({"shape": listing(COUNT, minItems=2, maxItems=2), "data": TEXT})
_POINT = thing({"x": NUMBER, "y": NUMBER, "label": {"type": "integer", "enum": [0, 1]}})
_BOX = listing(NUMBER, minItems=4, maxItems=4)
_PROMPTS = thing({"points": listing(_POINT)}, box=nullable(_BOX))
_KEPT_PROMPTS = thing(
    {
        "points": listing(_POINT),
        "box": nullable(_BOX),
        "hand_edits": listing(thing({"tool": TEXT, "box": _BOX})),
        "threshold": nullable(NUMBER),
    }
)
_CHANGES = {
    "prompts": _PROMPTS,
    "low_res_logits": nullable(_LOGITS),
    "model_id": nullable(text(LONGEST_MODEL_ID)),
    "predicted_iou": nullable(NUMBER),
    "author": text(LONGEST_AUTHOR),
}
_MEASURED_MASK = {
    "segmentation": _MASK,
    "area": COUNT,
    "bbox": listing(COUNT, minItems=4, maxItems=4),
}
_EFFORT = thing(dict.fromkeys(("clicks", "undo_count", "hand_edits", "active_ms"), COUNT))
_ANNOTATION = {
    "id": ID,
    "image_id": ID,
    "category_id": ID,
    **_MEASURED_MASK,
    "iscrowd": {"type": "integer", "enum": [0, 1]},
    "attributes": ANYTHING,
    "group_id": nullable(INTEGER),
    "notes": TEXT,
    "z_order": NUMBER,
    "effort": nullable(_EFFORT),
    "origin": nullable(words(Origin)),
    "model_id": nullable(TEXT),
    "predicted_iou": nullable(NUMBER),
    "prompts": _KEPT_PROMPTS,
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
    "change": words(Change),
    "changed_by": TEXT,
}
_STATE = words(ImageState)
_OVERLAP = words(OverlapPolicy)
_PATTERN = words(Pattern)
_PHASE = words(EmbeddingPhase)
_DECISIONS = {"rejected": listing(ID), "accepted": listing(ID)}
_ERROR = thing({"code": TEXT, "message": TEXT, "hint": TEXT})
_ATTRIBUTE = thing({"name": TEXT, "kind": words(AttributeKind), "choices": listing(TEXT)})
_SKIPPED = thing({"file_name": TEXT, "code": TEXT, "message": TEXT, "hint": TEXT})
_CANDIDATE = thing({"predicted_iou": NUMBER, **_MEASURED_MASK, "low_res_logits": _LOGITS})
_PROPOSAL = thing(
    {
        "number": ID,
        **_MEASURED_MASK,
        "predicted_iou": NUMBER,
        "stability_score": NUMBER,
        "point": _POINT,
        "parent": nullable(ID),
    }
)

COMPONENTS: dict[str, Schema] = {
    "Error": thing({"error": _ERROR}, current=ANYTHING),
    "Health": thing({"status": TEXT, "model_id": TEXT, "model_name": TEXT}),
    "Ready": thing({"status": TEXT}),
    "Project": thing(
        {
            "id": ID,
            "name": TEXT,
            "created_at": TEXT,
            "changed_at": TEXT,
            "image_count": COUNT,
            "image_counts": thing({state.value: COUNT for state in ImageState}),
            "object_count": COUNT,
            "seconds_left": nullable(NUMBER),
            "overlap": _OVERLAP,
            "cover": listing(thing({"thumbnail_url": TEXT, "masked_thumbnail_url": TEXT})),
        }
    ),
    "Projects": thing({"projects": listing(ref("Project"))}),
    "ProjectName": thing({"name": text(LONGEST_NAME)}),
    "ProjectChanges": thing({}, name=text(LONGEST_NAME), overlap=_OVERLAP),
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
            "masked_thumbnail_url": TEXT,
            "embedding": ref("EmbeddingState"),
        }
    ),
    "Images": thing({"images": listing(ref("Image"))}),
    "ImageChanges": thing({"state": _STATE}),
    "Folder": thing({"path": text(LONGEST_PATH)}),
    "FolderResult": thing({"images": listing(ref("Image")), "skipped": listing(_SKIPPED)}),
    "EmbeddingState": thing(
        {
            "state": _PHASE,
            "eta_s": nullable(NUMBER),
            "queue_position": nullable(COUNT),
            "error": nullable(_ERROR),
            "url": nullable(TEXT),
        }
    ),
    "Category": thing(
        {
            "id": ID,
            "project_id": ID,
            "name": TEXT,
            "supercategory": TEXT,
            "color": TEXT,
            "pattern": _PATTERN,
            "attributes": listing(_ATTRIBUTE),
        }
    ),
    "Categories": thing({"categories": listing(ref("Category"))}),
    "NewCategory": thing(
        {"name": text(LONGEST_NAME, minLength=1)},
        supercategory=text(LONGEST_NAME),
        color=text(20, pattern="^#[0-9a-f]{6}$"),
        pattern=_PATTERN,
    ),
    "CategoryChanges": thing(
        {}, name=text(LONGEST_NAME), supercategory=text(LONGEST_NAME), pattern=_PATTERN
    ),
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
        {},
        points=listing(_POINT),
        box=nullable(_BOX),
        mask_input=nullable(_LOGITS),
        crop=nullable(listing(COUNT)),
    ),
    "Candidates": thing(
        {"candidates": listing(_CANDIDATE), "model_id": TEXT, "decode_ms": NUMBER},
    ),
    "Proposals": thing(
        {
            "state": words(ProposalPhase),
            "share": NUMBER,
            "model_id": TEXT,
            "error": nullable(_ERROR),
            "proposals": listing(_PROPOSAL),
            **_DECISIONS,
        }
    ),
    "Decisions": thing(_DECISIONS),
    "ProposalQueue": thing(
        {
            "images": listing(
                thing({"image_id": ID, "file_name": TEXT, "undecided": COUNT, "score": NUMBER})
            )
        }
    ),
    "ProjectProposals": thing(
        {
            **dict.fromkeys(("total", "done", "waiting", "failed"), COUNT),
            "failures": listing(thing({"image_id": ID, "file_name": TEXT, "error": _ERROR})),
        }
    ),
    "BoxFile": thing(
        {
            "image_ids": listing(ID),
            **dict.fromkeys(("boxes", "damaged", "left_out_count"), COUNT),
            "left_out": listing(thing({"file_name": TEXT, "reason": TEXT})),
        }
    ),
    "Boxes": thing({"boxes": listing(_BOX, minItems=1, maxItems=MAX_BOXES)}),
    "Logits": thing({"low_res_logits": _LOGITS}),
    **MODEL_COMPONENTS,
    **WORK_COMPONENTS,
    **ACCOUNT_COMPONENTS,
}
