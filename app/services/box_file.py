"""The boxes of a whole file become masks to review, image by image."""

import io
from collections.abc import Sequence
from typing import IO, BinaryIO, cast

from app.domain.box_file import BoxFileReport, LeftOut
from app.domain.dataset_import import Key
from app.domain.image_record import ImageRecord
from app.errors import ConflictError, UnprocessableError
from app.importers.detector_boxes import DetectorBoxes, ScoredBox, read_detector_boxes
from app.services.image_matching import IMAGE_UNKNOWN, match_images
from app.services.import_notes import explain
from app.services.proposal_service import Box, ProposalService
from app.storage.annotation_import import ImportTarget

MOST_BOXES = 5000
"""Of one image; of more the surest are taken."""

BUSY = "its masks are being searched; bring the boxes in when that is done"
_MOST_NAMED = 20


def request_boxes_of_file(
    proposals: ProposalService, images: Sequence[ImageRecord], content: IO[bytes]
) -> BoxFileReport:
    """Start making masks of all boxes of a detector's file, in place of earlier proposals.

    Args:
        proposals: Makes them.
        images: Of the project.
        content: A COCO file with ``images`` and ``annotations``, which name images by name; or
            a list of results, which names them by the ids that a COCO export gave them.

    Raises:
        UnprocessableError: If the file is neither, or none of its images is in the project.
    """
    file = io.TextIOWrapper(cast(BinaryIO, content), encoding="utf-8-sig")
    found = read_detector_boxes(file)
    file.detach()  # whoever gave the content closes it
    by_id = {image.id: image for image in images}
    matched = _match(found, images, by_id)
    others = (key for key in found.boxes if key not in matched)
    left_out = [LeftOut(_name(found, key), _reason(found, key)) for key in others]
    begun, boxes, damaged = [], 0, found.damaged
    for key, image in matched.items():
        surest = sorted(found.boxes[key], key=lambda one: -one.score)[:MOST_BOXES]
        inside = [box for one in surest if (box := _clip(one, image)) is not None]
        damaged += len(surest) - len(inside)
        if not inside:
            continue
        try:
            proposals.request_boxes(image, inside)
        except ConflictError:
            left_out.append(LeftOut(image.file.file_name, BUSY))
        else:
            begun.append(image.id)
            boxes += len(inside)
    if not begun:
        reason = f"; {left_out[0].file_name}: {left_out[0].reason}" if left_out else ""
        raise UnprocessableError(
            "boxes_match_nothing",
            f"the file must have boxes in images of this project, got none in "
            f"{len(found.boxes)} images{reason}",
            "add the photographs first, under the names that the file gives them",
        )
    first = tuple(left_out[:_MOST_NAMED])
    return BoxFileReport(tuple(begun), boxes, damaged, len(left_out), first)


def _match(
    found: DetectorBoxes, images: Sequence[ImageRecord], by_id: dict[int, ImageRecord]
) -> dict[Key, ImageRecord]:
    if found.is_list:
        return {key: by_id[key] for key in found.boxes if isinstance(key, int) and key in by_id}
    targets = [
        ImportTarget(one.id, one.file.file_name, one.file.width, one.file.height, one.file.sha256)
        for one in images
    ]
    matched = match_images(found.head, targets)
    return {key: by_id[matched[key].id] for key in found.boxes if key in matched}


def _name(found: DetectorBoxes, key: Key) -> str:
    image = found.head.images.get(key)
    return image.file_name if image else f"image {key}"


def _reason(found: DetectorBoxes, key: Key) -> str:
    if key in found.head.images:
        return explain(found.head.unmatched[key])
    return explain(IMAGE_UNKNOWN if found.is_list else "image_not_listed")


def _clip(box: ScoredBox, image: ImageRecord) -> Box | None:
    left, top, right, bottom = box.corners
    left, right = max(left, 0.0), min(right, float(image.file.width))
    top, bottom = max(top, 0.0), min(bottom, float(image.file.height))
    return (left, top, right, bottom) if left < right and top < bottom else None
