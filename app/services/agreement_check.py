"""The paper's check: are automatic masks as people would have made them?"""

import random
from collections.abc import Sequence

import numpy as np
from pycocotools import mask as coco_mask

from app.domain.agreement import FAIR_IOU, HIGH_IOU, Agreement, MaskPair
from app.storage.automatic_masks import list_mask_pairs
from app.storage.database import Database


def check_agreement(database: Database, project_id: int, most: int, seed: int = 0) -> Agreement:
    """Compare a sample of automatic masks with what people made of them.

    Args:
        database: The open database.
        project_id: Whose masks.
        most: Size of the sample; fewer are compared where there are fewer.
        seed: Of the choice, so that it can be repeated.

    Raises:
        NotFoundError: If there is no such project.
    """
    pairs = list_mask_pairs(database, project_id)
    sample = random.Random(seed).sample(pairs, min(most, len(pairs)))
    overlaps = np.array([_iou(pair) for pair in sample])
    return Agreement(
        pairs=len(sample),
        available=len(pairs),
        unchanged=_unchanged(sample),
        above_high=int((overlaps > HIGH_IOU).sum()),
        above_fair=int((overlaps > FAIR_IOU).sum()),
        mean_iou=float(overlaps.mean()) if len(sample) else 0.0,
    )


def _unchanged(pairs: Sequence[MaskPair]) -> int:
    return sum(pair.automatic == pair.kept for pair in pairs)


def _iou(pair: MaskPair) -> float:
    codes = [
        {"size": list(pair.size), "counts": code.encode()} for code in (pair.automatic, pair.kept)
    ]
    return float(coco_mask.iou(codes[:1], codes[1:], [0])[0][0])
