"""Proposals as JSON lines on disk: one mask per line, so that a file can be read in pieces."""

import base64
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.domain.annotation import CocoRle, MaskMeasures
from app.domain.prompts import LowResLogits
from app.domain.proposal import Proposal


def format_proposals(proposals: Iterable[Proposal]) -> bytes:
    """Return the bytes of a file of proposals."""
    return b"".join(json.dumps(_to_json(proposal)).encode() + b"\n" for proposal in proposals)


def read_proposals(path: Path) -> tuple[Proposal, ...] | None:
    """Return the proposals of a file, or ``None`` if it is missing or damaged."""
    try:
        with path.open("rb") as file:
            return tuple(_from_json(json.loads(line)) for line in file)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _to_json(proposal: Proposal) -> dict[str, object]:
    logits = proposal.low_res_logits
    return {
        "number": proposal.number,
        "mask": [proposal.mask.height, proposal.mask.width, proposal.mask.counts],
        "area": proposal.measures.area,
        "bbox": proposal.measures.bbox_xywh,
        "scores": [proposal.predicted_iou, proposal.stability_score],
        "point": proposal.point_xy,
        "parent": proposal.parent,
        "logits": [logits.height, logits.width, base64.b64encode(logits.data).decode("ascii")],
    }


def _from_json(values: dict[str, object]) -> Proposal:
    height, width, counts = _items(values["mask"])
    left, top, box_width, box_height = _items(values["bbox"])
    predicted_iou, stability_score = _items(values["scores"])
    x, y = _items(values["point"])
    rows, columns, data = _items(values["logits"])
    parent = values["parent"]
    return Proposal(
        number=int(str(values["number"])),
        mask=CocoRle(height, width, counts),
        measures=MaskMeasures(int(str(values["area"])), (left, top, box_width, box_height)),
        predicted_iou=predicted_iou,
        stability_score=stability_score,
        point_xy=(x, y),
        parent=None if parent is None else int(str(parent)),
        low_res_logits=LowResLogits(rows, columns, base64.b64decode(data, validate=True)),
    )


def _items(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"a list is needed, got {type(value).__name__}")
    return value
