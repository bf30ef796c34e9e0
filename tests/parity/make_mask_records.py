"""Record what the published automatic mask generator finds in an image of plain colours.

Run it in an environment of its own that has ``segment-anything==1.0``, torchvision and
opencv-python::

    python -m tests.parity.make_mask_records

Both generators are given the same predictor, which needs no network, so that every number
is exact: the filters, the crops, the suppression and the records are what is compared.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.helpers.builders import tiny_sam
from tests.helpers.colour_predictor import ColourPredictor, colour_image

RECORDS = Path(__file__).parent / "published_masks.json"

COMMON: dict[str, Any] = {
    "points_per_side": 8,
    "points_per_batch": 10,
    "pred_iou_thresh": 0.6,
    "stability_score_thresh": 0.7,
    "output_mode": "coco_rle",
}
CASES: dict[str, dict[str, Any]] = {
    "the whole image": {},
    "no filters": {"pred_iou_thresh": 0, "stability_score_thresh": 0, "box_nms_thresh": 0.8},
    "two layers of crops": {"crop_n_layers": 2, "crop_n_points_downscale_factor": 2},
    "small regions removed": {"min_mask_region_area": 20},
    "both": {"crop_n_layers": 1, "min_mask_region_area": 400, "pred_iou_thresh": 0},
}


def main() -> None:
    """Write the file beside this script."""
    from segment_anything import SamAutomaticMaskGenerator  # noqa: PLC0415

    answers = {}
    for name, arguments in CASES.items():
        generator = SamAutomaticMaskGenerator(tiny_sam(), **(COMMON | arguments))
        generator.predictor = ColourPredictor()
        answers[name] = generator.generate(colour_image())
    text = json.dumps(answers, default=float)
    RECORDS.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{RECORDS.name}: {len(text) / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
