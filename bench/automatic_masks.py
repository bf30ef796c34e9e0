"""How long all masks of a photograph take, what they need, and how many objects they find.

Run it as ``python -m bench.automatic_masks --json FILE``. Recall needs photographs with
masks, which the project does not ship: name them with ``--images`` and ``--annotations``.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from pycocotools import mask as coco_mask

from app.services.proposal_search import NEARLY_EQUAL_BOXES
from bench.encoder_latency import PHOTO
from bench.harness import describe_machine
from sam_core import SamAutomaticMaskGenerator, SamPredictor, build_sam_vit_b
from sam_core.amg.finder_file import shipped_object_finder
from sam_core.amg.low_res import stability_scores
from sam_core.amg.settings import Method
from sam_core.build_sam import build_default
from sam_core.checkpoints import encoder_id, model_id
from sam_core.data import CocoMaskDataset
from sam_core.data.records import decode_mask, read_image
from sam_core.masks.rle import encode_rle
from sam_core.modeling import Sam
from sam_core.modeling.hybrid_encoder import ImageFeatures

PHOTO_SIZE = (1800, 1200)
MASKS_PER_IMAGE = 200
RECALL_AT = np.arange(0.5, 1.0, 0.05)
SAME_IOU = 0.95
EVERYTHING: dict[str, Any] = {
    "pred_iou_thresh": 0.0,
    "stability_score_thresh": 0.0,
    "box_nms_thresh": NEARLY_EQUAL_BOXES,
    "most_masks": MASKS_PER_IMAGE,
    "ask_again": True,
}
MEBIBYTE = 2**20


class Filters(NamedTuple):
    """Thresholds that let the usual share of a model's candidates pass."""

    pred_iou_thresh: float
    stability_score_thresh: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, show and write the numbers; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.automatic_masks", description=__doc__)
    parser.add_argument("--json", type=Path, help="file to write the numbers to")
    parser.add_argument("--images", type=Path, help="folder of photographs, for the recall")
    parser.add_argument("--annotations", type=Path, help="their COCO file")
    parser.add_argument("--limit", type=int, default=60, help="photographs at most, evenly spread")
    parser.add_argument("--side", type=int, default=16, help="points per side for the ratio")
    parser.add_argument("--threads", type=int, default=2, help="threads of torch")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    sam = build_default()
    numbers: dict[str, Any] = {"model_id": model_id(sam), "threads": options.threads}
    numbers |= measure_photo(sam)
    numbers |= compare_methods(options.side)
    if options.images and options.annotations:
        photographs = CocoMaskDataset(options.images, options.annotations)
        numbers |= measure_recall(sam, photographs, options.limit)
    text = json.dumps({"machine": describe_machine(), "numbers": numbers}, indent=2) + "\n"
    sys.stdout.write(text)
    if options.json:
        options.json.write_text(text, encoding="utf-8")
    return 0


def measure_photo(sam: Sam) -> dict[str, float]:
    """Return seconds from the file of a large photograph to its records, and the memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo.jpg"
        with Image.open(PHOTO) as photo:
            photo.resize(PHOTO_SIZE, Image.Resampling.LANCZOS).save(path, quality=92)
        finder = shipped_object_finder(encoder_id(sam))
        generator = SamAutomaticMaskGenerator(
            sam, output_mode="coco_rle", finder=finder, **EVERYTHING
        )
        before = current_bytes()
        wall, processor = time.perf_counter(), time.process_time()
        with Image.open(path) as photo:
            records = generator.generate(np.asarray(photo.convert("RGB")))
        seconds = time.perf_counter() - wall
        busy = time.process_time() - processor
    return {
        "amg_s_shipped": round(seconds, 2),
        "amg_processor_s_shipped": round(busy, 2),
        "records": len(records),
        "peak_mb": round((peak_bytes() - before) / MEBIBYTE),
    }


def compare_methods(side: int) -> dict[str, float]:
    """Return how many times faster the fast method is, and the share of masks both find.

    No trained weights of that size ship, so they are random, and so are the features of the
    image; the thresholds are set so that the usual share of candidates passes. By the clock,
    which needs a quiet machine, and by the time of all processors, which the plain method leaves
    idle more often.
    """
    torch.manual_seed(0)
    sam = build_sam_vit_b()
    features = ImageFeatures(torch.randn(1, 256, 64, 64), ())
    filters = usual_filters(sam, features)
    found, seconds, busy = {}, {}, {}
    methods: tuple[Method, ...] = ("plain", "fast")
    for method in methods:
        generator = SamAutomaticMaskGenerator(
            sam,
            points_per_side=side,
            output_mode="coco_rle",
            method=method,
            ask_every_point=True,
            stability_score_offset=0.02,
            # Masks of random weights cover the image, so that one box would suppress all others.
            box_nms_thresh=1.0,
            **filters._asdict(),
        )
        generator.predictor = EncodedImage(sam, features)
        wall, processor = time.perf_counter(), time.process_time()
        found[method] = generator.generate(np.zeros((*PHOTO_SIZE[::-1], 3), dtype=np.uint8))
        seconds[method] = time.perf_counter() - wall
        busy[method] = time.process_time() - processor
    return {
        "ratio_plain_b": round(seconds["plain"] / seconds["fast"], 1),
        "ratio_plain_b_processor": round(busy["plain"] / busy["fast"], 1),
        "plain_s": round(seconds["plain"], 1),
        "fast_s": round(seconds["fast"], 1),
        "plain_processor_s": round(busy["plain"], 1),
        "fast_processor_s": round(busy["fast"], 1),
        "plain_records": len(found["plain"]),
        "same_share_b": round(share_found(found["plain"], found["fast"]), 3),
    }


class EncodedImage(SamPredictor):
    """A predictor that has its features already, whatever image it is given."""

    def __init__(self, sam: Sam, features: ImageFeatures) -> None:
        super().__init__(sam)
        self._ready = features

    def set_image(self, image: NDArray[np.uint8], image_format: str = "RGB") -> None:
        """Take the features instead of the image."""
        self.set_features(self._ready, image.shape[:2])


def usual_filters(sam: Sam, features: ImageFeatures, offset: float = 0.02) -> Filters:
    """Return thresholds that 30 % of the candidates pass by quality, half of them stable."""
    predictor = EncodedImage(sam, features)
    predictor.set_features(features, (64, 96))
    coords = torch.rand(24, 1, 2, generator=torch.Generator().manual_seed(1)) * 680
    logits, quality, _ = predictor.predict_torch(coords, torch.ones(24, 1), return_logits=True)
    least = float(quality.quantile(0.7))
    stable = stability_scores(logits.flatten(0, 1), 0.0, offset)[quality.flatten() > least]
    return Filters(least, float(stable.quantile(0.5)))


def measure_recall(sam: Sam, photographs: CocoMaskDataset, limit: int) -> dict[str, float]:
    """Return the average recall of the best masks of each photograph."""
    finder = shipped_object_finder(encoder_id(sam))
    generator = SamAutomaticMaskGenerator(sam, output_mode="coco_rle", finder=finder, **EVERYTHING)
    chosen = np.unique(np.linspace(0, len(photographs) - 1, limit).astype(int))
    recalls: list[float] = []
    masks = 0
    for index in chosen:
        sample = photographs[int(index)]
        best = generator.generate(read_image(sample))
        masks += len(best)
        truth = [encode_rle(decode_mask(sample, code)) for code in sample.segmentations]
        recalls += [float((overlap >= RECALL_AT).mean()) for overlap in closest(truth, best)]
    return {
        "ar_val": round(float(np.mean(recalls)), 3),
        "ar_photographs": len(chosen),
        "ar_masks": len(recalls),
        "masks_per_image": round(masks / len(chosen), 1),
    }


def share_found(wanted: Sequence[Any], found: Sequence[Any]) -> float:
    """Return the share of records that have a nearly equal one among others."""
    overlaps = closest([record["segmentation"] for record in wanted], found)
    return float((overlaps >= SAME_IOU).mean()) if len(overlaps) else 1.0


def closest(wanted: Sequence[Any], found: Sequence[Any]) -> NDArray[np.float64]:
    """Return, for each wanted mask, the IoU of the record that comes closest to it."""
    if not wanted or not found:
        return np.zeros(len(wanted))
    codes = [as_code(record["segmentation"]) for record in found]
    overlaps = coco_mask.iou([as_code(code) for code in wanted], codes, [0] * len(codes))
    return np.asarray(overlaps.max(axis=1))


def as_code(code: Any) -> dict[str, Any]:
    """Return a mask's code as pycocotools takes it."""
    return {"size": code["size"], "counts": code["counts"].encode()}


def current_bytes() -> int:
    """Return the memory that the process has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def peak_bytes() -> int:
    """Return the most memory that the process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    sys.exit(main())
