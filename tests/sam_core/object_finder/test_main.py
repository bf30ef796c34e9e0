"""The command that makes the detector's file, from its options to a file that is read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sam_core.amg.crops import generate_crops
from sam_core.amg.finder_file import load_object_finder
from sam_core.amg.object_search import OVERLAP
from sam_core.build_sam import build_default
from sam_core.checkpoints import encoder_id
from sam_core.data.records import ImageRecord
from sam_core.masks.rle import encode_rle
from sam_core.object_finder.__main__ import crops_of, main
from sam_core.training.tuning_examples import TuningExample


def write_disks(folder: Path, name: str, count: int) -> list[str]:
    """Write pictures of one disk each, and return the options that name them."""
    images, annotations = [], []
    for number in range(count):
        picture = Image.new("RGB", (64, 48), (30, 60, 90))
        box = (8 + 6 * number, 10, 30 + 6 * number, 32)
        ImageDraw.Draw(picture).ellipse(box, fill=(220, 180, 40))
        picture.save(folder / f"{name}{number}.png")
        mask = Image.new("L", (64, 48))
        ImageDraw.Draw(mask).ellipse(box, fill=1)
        images.append({"id": number, "file_name": f"{name}{number}.png", "width": 64, "height": 48})
        code = encode_rle(np.asarray(mask) > 0)
        annotations.append(
            {"id": number, "image_id": number, "category_id": 1, "segmentation": code}
        )
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"images": images, "annotations": annotations}))
    return [f"--{name}", str(path)]


def test_a_detector_is_taught_rated_and_written(tmp_path: Path) -> None:
    learn, apart = write_disks(tmp_path, "annotations", 2), write_disks(tmp_path, "apart", 1)
    output = tmp_path / "objects.safetensors"
    places = ["--images", str(tmp_path), "--features", str(tmp_path / "features")]
    size = ["--steps", "2", "--width", "8"]
    assert main([*places, *learn, *apart, *size, "--output", str(output)]) == 0
    finder = load_object_finder(output, encoder_id(build_default()))
    assert finder.detector.levels == 3
    assert all(bool(value.isfinite().all()) for value in finder.rating.parameters())


def test_the_detector_learns_from_one_crop_of_each_image_in_turn() -> None:
    record = ImageRecord(1, Path("none.png"), 60, 80, "made", ())
    crops = crops_of([TuningExample(record)] * 5)
    boxes = [crop.part_xyxy for crop in crops]
    assert boxes[:4] == [crop.box_xyxy for crop in generate_crops((60, 80), 1, OVERLAP)[1:]]
    assert boxes[4] == boxes[0]


def test_a_folder_that_is_missing_is_named_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    learn, apart = write_disks(tmp_path, "annotations", 1), write_disks(tmp_path, "apart", 1)
    places = ["--images", str(tmp_path), "--features", str(tmp_path / "features")]
    output = ["--output", str(tmp_path / "none" / "objects.safetensors")]
    assert main([*places, *learn, *apart, *output]) == 2
    assert "output must lie in an existing folder" in capsys.readouterr().err
