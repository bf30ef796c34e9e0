"""The shapes of models, and of learning from accepted masks."""

from app.domain.tuning import TuningPhase
from app.schemas.openapi_shapes import (
    COUNT,
    FLAG,
    ID,
    NUMBER,
    TEXT,
    Schema,
    listing,
    nullable,
    ref,
    thing,
    words,
)

_SCORES = thing({"clicks_to_90": NUMBER, "first_iou": NUMBER})
_CURVE = listing(thing({"seconds": NUMBER, "scores": _SCORES}))
_SIZES = dict.fromkeys(
    ("image_count", "mask_count", "held_out_image_count", "held_out_mask_count"), COUNT
)

MODEL_COMPONENTS: dict[str, Schema] = {
    "Model": thing(
        {
            "model_id": TEXT,
            "encoder_id": TEXT,
            "name": TEXT,
            "image_size": COUNT,
            "mask_size": COUNT,
            "mask_threshold": NUMBER,
            "tensors": listing(thing({"name": TEXT, "shape": listing(COUNT)})),
            "takes_logits_of": listing(TEXT),
            "decoder_url": nullable(TEXT),
            "parameters": COUNT,
            "summary": TEXT,
        }
    ),
    "Lesson": thing(
        {
            "project_name": TEXT,
            **_SIZES,
            "seconds": NUMBER,
            "before": _SCORES,
            "after": _SCORES,
            "curve": _CURVE,
        }
    ),
    "Models": thing(
        {
            "models": listing(
                thing(
                    {
                        "model_id": TEXT,
                        "name": TEXT,
                        "is_served": FLAG,
                        "problem": nullable(TEXT),
                        "base_id": nullable(TEXT),
                        "created_at": nullable(TEXT),
                        "byte_count": nullable(COUNT),
                        "lesson": nullable(ref("Lesson")),
                    }
                )
            ),
            "previous": nullable(TEXT),
        }
    ),
    "Lessons": thing(
        {
            **_SIZES,
            "left_out": COUNT,
            "by_category": listing(thing({"category_id": ID, "mask_count": COUNT})),
            "is_enough": FLAG,
            "least_images": COUNT,
            "least_masks": COUNT,
        }
    ),
    "TuningRequest": thing({}, project_id=ID, minutes=NUMBER, resume=FLAG),
    "Tuning": thing(
        {
            "state": words(TuningPhase),
            "project_id": nullable(ID),
            "project_name": TEXT,
            "minutes": NUMBER,
            "done": COUNT,
            "total": COUNT,
            "material": nullable(ref("Lessons")),
            "before": nullable(_SCORES),
            "curve": _CURVE,
            "model_id": nullable(TEXT),
            "error": nullable(thing({"code": TEXT, "message": TEXT, "hint": TEXT})),
        }
    ),
}
