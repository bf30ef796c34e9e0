"""The shapes of models."""

from app.schemas.openapi_shapes import (
    COUNT,
    FLAG,
    NUMBER,
    TEXT,
    Schema,
    listing,
    nullable,
    ref,
    thing,
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
}
