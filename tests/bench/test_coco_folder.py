"""A folder of drawn pictures can be read as any data set is."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bench.coco_folder import ANNOTATIONS, IMAGES, CocoFolder
from sam_core.data import open_dataset
from sam_core.data.records import decode_mask, read_image


def test_pictures_and_masks_are_read_as_they_were_added(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (6, 9, 3), dtype=np.uint8)
    mask = np.zeros((6, 9), dtype=bool)
    mask[1:5, 2:7] = True
    target = CocoFolder(tmp_path, ["a", "b"])
    target.add("one", pixels, [("b", mask), ("a", ~mask)])
    target.write()
    data = open_dataset(tmp_path / IMAGES, tmp_path / ANNOTATIONS)
    record = data[0]
    assert (len(data), target.mask_count) == (1, 2)
    assert (read_image(record) == pixels).all()
    read = {decode_mask(record, code).tobytes() for code in record.segmentations}
    assert read == {mask.tobytes(), (~mask).tobytes()}
