"""A data set, a run and a small model for tests of training."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from pycocotools import mask as coco_mask

from sam_core.build_sam import build_for_training
from sam_core.data import CocoMaskDataset
from sam_core.modeling import Sam
from sam_core.training.config import Stage, TrainingConfig

IMAGES = 4


@pytest.fixture
def disk_dataset(tmp_path: Path) -> CocoMaskDataset:
    """Four photographs-to-be: a bright disk on a dark ground, and its mask."""
    images, annotations = [], []
    for number in range(1, IMAGES + 1):
        row, column = np.mgrid[:48, :64]
        disk = (row - 20 - number) ** 2 + (column - 20 - 5 * number) ** 2 < 12**2
        pixels = np.where(disk[..., None], (220, 200, 40), (30, 40, 60)).astype(np.uint8)
        Image.fromarray(pixels).save(tmp_path / f"{number}.png")
        code = coco_mask.encode(np.asfortranarray(disk.astype(np.uint8)))
        images.append({"id": number, "file_name": f"{number}.png", "height": 48, "width": 64})
        annotations.append(
            {
                "id": number,
                "image_id": number,
                "segmentation": {"size": [48, 64], "counts": code["counts"].decode()},
            }
        )
    document = {"images": images, "annotations": annotations}
    (tmp_path / "disks.json").write_text(json.dumps(document))
    return CocoMaskDataset(tmp_path, tmp_path / "disks.json")


@pytest.fixture
def short_run() -> TrainingConfig:
    """Three steps at the smallest resolution, data prepared in the same process."""
    stages = (Stage(64, 2, 2, 2), Stage(96, 1, 1, 2))
    return TrainingConfig(
        model="maskwright_s", stages=stages, warmup_steps=1, iterations=(2,), workers=0
    )


@pytest.fixture
def small_sam() -> Sam:
    """Our model with random weights on a 64-pixel input."""
    torch.manual_seed(0)
    return build_for_training("maskwright_s", 64)
