"""Proposed masks of many photographs as one COCO file, written piece by piece."""

import json
from collections.abc import Callable, Iterable
from typing import BinaryIO

from app.domain.proposal_run import ProposedImage, RunWish

CATEGORY = {"id": 1, "name": "object", "supercategory": ""}


def write_proposed_coco(
    file: BinaryIO, wish: RunWish, images: Callable[[], Iterable[ProposedImage]]
) -> int:
    """Write the file and return how many masks it has.

    Args:
        file: Where it goes.
        wish: What the masks were made with; stands under ``info``.
        images: Gives the photographs; called twice, because COCO has all photographs before all
            masks and there may be too many for the memory.
    """
    info = {
        "description": "masks that a model made by itself; nobody has looked at them",
        "model_id": wish.model_id,
        "finder_id": wish.finder_id,
        "points_per_side": wish.points_per_side,
        "least_predicted_iou": wish.least_iou,
        "least_stability": wish.least_stability,
    }
    file.write(
        b'{"info": ' + _dump(info) + b', "categories": [' + _dump(CATEGORY) + b'], "images": ['
    )
    for number, image in enumerate(images(), start=1):
        row = {
            "id": number,
            "file_name": image.file_name,
            "width": image.width,
            "height": image.height,
            "sha256": image.sha256,
        }
        file.write((b",\n" if number > 1 else b"\n") + _dump(row))
    file.write(b'], "annotations": [')
    masks = 0
    for number, image in enumerate(images(), start=1):
        for annotation in _annotations(image, number):
            masks += 1
            file.write((b",\n" if masks > 1 else b"\n") + _dump(annotation | {"id": masks}))
    file.write(b"]}\n")
    return masks


def _annotations(image: ProposedImage, image_id: int) -> Iterable[dict[str, object]]:
    for mask in image.masks:
        yield {
            "id": 0,
            "image_id": image_id,
            "category_id": CATEGORY["id"],
            "segmentation": {"size": [image.height, image.width], "counts": mask.counts},
            "area": mask.area,
            "bbox": list(mask.bbox_xywh),
            "iscrowd": 0,
            "score": mask.predicted_iou,
            "stability_score": mask.stability_score,
            "point_coords": [list(mask.point_xy)],
        }


def _dump(value: object) -> bytes:
    return json.dumps(value).encode()
