"""How every mask was made, as a second file beside an export: one JSON object per line."""

import json
from collections.abc import Iterable
from typing import IO

from app.domain.annotation import Annotation


def write_provenance(annotations: Iterable[Annotation], file: IO[bytes]) -> int:
    """Write one line per annotation and return their number.

    Args:
        annotations: In the order of the export.
        file: Where the bytes go.
    """
    count = 0
    for annotation in annotations:
        content = annotation.content
        fields = {
            "annotation_id": annotation.id,
            "image_id": annotation.image_id,
            "points": [[point.x, point.y, point.label] for point in content.prompts.points],
            "box": content.prompts.box_xyxy,
            "hand_edits": [[edit.tool, *edit.box_xyxy] for edit in content.prompts.hand_edits],
            "threshold": content.prompts.threshold,
            "model_id": content.model_id,
            "predicted_iou": content.predicted_iou,
            "origin": content.origin.value if content.origin else None,
            "author": content.author,
            "created_at": annotation.created_at,
            "updated_at": annotation.updated_at,
            "revision": annotation.revision,
        }
        text = json.dumps(fields, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        file.write(text.encode() + b"\n")
        count += 1
    return count
