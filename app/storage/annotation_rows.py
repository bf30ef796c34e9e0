"""Annotations as rows and back."""

import json

from app.domain.annotation import Annotation, AnnotationContent, CocoRle, MaskMeasures, Origin
from app.domain.object_details import Effort, ObjectDetails
from app.domain.prompts import HandEdit, LowResLogits, Point, Prompts
from app.storage.tables import AnnotationRow


def fill_row(row: AnnotationRow, content: AnnotationContent, measures: MaskMeasures) -> None:
    """Write everything that the client and the mask say into a row."""
    row.category_id = content.category_id
    row.mask_height, row.mask_width = content.mask.height, content.mask.width
    row.counts = content.mask.counts
    row.area = measures.area
    row.bbox_x, row.bbox_y, row.bbox_width, row.bbox_height = measures.bbox_xywh
    row.prompts_json = _format_prompts(content.prompts)
    logits = content.low_res_logits
    row.logits_height = logits.height if logits else None
    row.logits_width = logits.width if logits else None
    row.logits = logits.data if logits else None
    row.model_id = content.model_id
    row.predicted_iou = content.predicted_iou
    row.author = content.author
    row.client_key = content.client_key
    details = content.details
    row.attributes_json = json.dumps(dict(details.attributes)) if details.attributes else None
    row.group_id, row.is_crowd, row.notes = details.group_id, details.is_crowd, details.notes
    row.z_order = details.z_order
    row.origin = content.origin.value if content.origin else None
    effort = content.effort
    row.clicks = effort.clicks if effort else None
    row.undo_count = effort.undo_count if effort else None
    row.hand_edits = effort.hand_edits if effort else None
    row.active_ms = effort.active_ms if effort else None


def to_annotation(row: AnnotationRow, *, with_logits: bool) -> Annotation:
    """Return a row as an annotation.

    Args:
        row: From the database.
        with_logits: Whether to read the logits too; lists leave them out.
    """
    content = AnnotationContent(
        category_id=row.category_id,
        mask=CocoRle(row.mask_height, row.mask_width, row.counts),
        prompts=_parse_prompts(row.prompts_json),
        low_res_logits=_to_logits(row) if with_logits else None,
        model_id=row.model_id,
        predicted_iou=row.predicted_iou,
        author=row.author,
        client_key=row.client_key,
        details=ObjectDetails(
            json.loads(row.attributes_json or "{}"),
            row.group_id,
            bool(row.is_crowd),
            row.notes or "",
            # Versions that were kept before there was an order have none.
            row.z_order or 0,
        ),
        effort=_to_effort(row),
        origin=Origin(row.origin) if row.origin else None,
    )
    bbox_xywh = (row.bbox_x, row.bbox_y, row.bbox_width, row.bbox_height)
    return Annotation(
        id=row.id,
        image_id=row.image_id,
        content=content,
        measures=MaskMeasures(row.area, bbox_xywh),
        has_logits=row.logits_height is not None,
        created_at=row.created_at,
        updated_at=row.updated_at,
        revision=row.revision,
        is_deleted=row.deleted_at is not None,
    )


def _to_logits(row: AnnotationRow) -> LowResLogits | None:
    if row.logits is None or row.logits_height is None or row.logits_width is None:
        return None
    return LowResLogits(row.logits_height, row.logits_width, row.logits)


def _to_effort(row: AnnotationRow) -> Effort | None:
    counts = (row.clicks, row.undo_count, row.hand_edits, row.active_ms)
    known = [count for count in counts if count is not None]
    return Effort(*known) if len(known) == len(counts) else None


def _format_prompts(prompts: Prompts) -> str:
    points = [[point.x, point.y, point.label] for point in prompts.points]
    parts: dict[str, object] = {"points": points, "box": prompts.box_xyxy}
    if prompts.hand_edits:
        parts["hand_edits"] = [[edit.tool, *edit.box_xyxy] for edit in prompts.hand_edits]
    if prompts.threshold is not None:
        parts["threshold"] = prompts.threshold
    return json.dumps(parts, allow_nan=False)


def _parse_prompts(text: str) -> Prompts:
    parts = json.loads(text)
    points = tuple(Point(x, y, label) for x, y, label in parts["points"])
    box = parts["box"]
    edits = parts.get("hand_edits", ())
    return Prompts(
        points,
        None if box is None else (box[0], box[1], box[2], box[3]),
        tuple(HandEdit(tool, (x0, y0, x1, y1)) for tool, x0, y0, x1, y1 in edits),
        parts.get("threshold"),
    )
