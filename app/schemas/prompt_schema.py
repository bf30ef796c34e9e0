"""Points, boxes and logits as JSON."""

import base64
import binascii
from typing import Any, NoReturn

import numpy as np

from app.domain.prompts import HandEdit, LowResLogits, Point, Prompts
from app.errors import InvalidRequestError, UnprocessableError
from app.schemas.json_object import JsonObject, check_integer, check_number

MAX_POINTS = 500
MAX_HAND_EDITS = 500
LONGEST_TOOL = 32
MAX_LOGITS_SIDE = 1024
_BYTES_PER_VALUE = 2


def parse_prompts(body: JsonObject) -> Prompts:
    """Return the fields ``points``, ``box``, ``hand_edits`` and ``threshold`` of an object.

    Raises:
        InvalidRequestError: If a point, an edit or a box is malformed or not finite.
        UnprocessableError: If there are too many points or edits, or a box has no area.
    """
    points = body.items("points")
    if len(points) > MAX_POINTS:
        raise UnprocessableError(
            "too_many_points",
            f"points must be at most {MAX_POINTS}, got {len(points)}",
            "accept the mask and start another object",
        )
    return Prompts(
        points=tuple(_parse_point(point, index) for index, point in enumerate(points)),
        box_xyxy=parse_box(body.items("box")) if body.raw("box") is not None else None,
        hand_edits=_parse_hand_edits(body),
        threshold=body.number("threshold") if body.raw("threshold") is not None else None,
    )


def format_prompts(prompts: Prompts) -> dict[str, Any]:
    """Return points, box, edits by hand and threshold as JSON."""
    points = [{"x": point.x, "y": point.y, "label": point.label} for point in prompts.points]
    edits = [{"tool": edit.tool, "box": list(edit.box_xyxy)} for edit in prompts.hand_edits]
    box = None if prompts.box_xyxy is None else list(prompts.box_xyxy)
    return {"points": points, "box": box, "hand_edits": edits, "threshold": prompts.threshold}


def parse_logits(body: JsonObject | None) -> LowResLogits | None:
    """Return logits from ``{"shape": [h, w], "data": base64 of little-endian float16}``.

    Raises:
        UnprocessableError: If the shape is wrong, the data has another length, or a value is
            not finite.
        InvalidRequestError: If a field is missing or malformed.
    """
    if body is None:
        return None
    shape = [check_integer(side, "shape") for side in body.items("shape")]
    if len(shape) != 2 or not all(0 < side <= MAX_LOGITS_SIDE for side in shape):
        _refuse_logits(f"shape must be [height, width] up to {MAX_LOGITS_SIDE}, got {shape}")
    height, width = shape
    data = _decode_base64(body.raw("data"))
    expected = height * width * _BYTES_PER_VALUE
    if len(data) != expected:
        _refuse_logits(f"data must have {expected} bytes for shape {shape}, got {len(data)}")
    if not bool(np.isfinite(np.frombuffer(data, dtype="<f2")).all()):
        _refuse_logits("data must hold finite float16 values, got NaN or infinity")
    return LowResLogits(height, width, data)


def format_logits(logits: LowResLogits | None) -> dict[str, Any] | None:
    """Return logits as JSON; values are little-endian float16 in base64."""
    if logits is None:
        return None
    data = base64.b64encode(logits.data).decode("ascii")
    return {"shape": [logits.height, logits.width], "data": data}


def _parse_point(value: Any, index: int) -> Point:
    point = JsonObject(value, f"points[{index}].")
    label = point.integer("label")
    if label not in (0, 1):
        raise InvalidRequestError(
            "field_invalid",
            f"points[{index}].label must be 1 (on the object) or 0 (beside it), got {label}",
            "send 1 or 0",
        )
    return Point(point.number("x"), point.number("y"), label)


def _parse_hand_edits(body: JsonObject) -> tuple[HandEdit, ...]:
    if body.raw("hand_edits") is None:
        return ()
    values = body.items("hand_edits")
    if len(values) > MAX_HAND_EDITS:
        raise UnprocessableError(
            "too_many_hand_edits",
            f"hand_edits must be at most {MAX_HAND_EDITS}, got {len(values)}",
            "sum the oldest ones up",
        )
    edits = [JsonObject(value, f"hand_edits[{index}].") for index, value in enumerate(values)]
    return tuple(
        HandEdit(edit.text("tool", longest=LONGEST_TOOL), parse_box(edit.items("box")))
        for edit in edits
    )


def parse_box(values: list[Any]) -> tuple[float, float, float, float]:
    """Return the corners of a box: left, top, right, bottom.

    Raises:
        InvalidRequestError: If a value is no finite number.
        UnprocessableError: If there are not four, or the box has no area.
    """
    numbers = [check_number(value, "box") for value in values]
    match numbers:
        case [x0, y0, x1, y1] if x0 < x1 and y0 < y1:
            return x0, y0, x1, y1
    raise UnprocessableError(
        "box_invalid",
        f"box must be [x0, y0, x1, y1] with x0 < x1 and y0 < y1, got {numbers[:8]}",
        "order the corners and draw a box with some area",
    )


def _decode_base64(value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, TypeError, ValueError) as error:
        _refuse_logits(f"data must be base64 text, got something else ({error})")


def _refuse_logits(message: str) -> NoReturn:
    raise UnprocessableError(
        "logits_invalid", message, "send back the logits that the decoder gave"
    )
