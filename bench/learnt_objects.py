"""The second half of a tuning, measured: which objects are meant."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.services.tuning_run import DETECTOR_SHARE, LEAST_RIGHT
from bench.tuning_gain import HELD_OUT_SHARE, SECONDS_PER_MINUTE, Gain
from sam_core.amg.object_calibration import calibrate_objects
from sam_core.training.detector_training import DetectorConfig, train_detector
from sam_core.training.feature_cache import FeatureCache
from sam_core.training.held_out_check import split_examples


def learn_objects(
    gain: Gain, minutes: float, say: Callable[[str], object] = lambda _: None
) -> dict[str, Any]:
    """Give the tuned model a detector, as a run of the product does, and return what that cost.

    Args:
        gain: The tuned model, and what it learnt from; the model gets the detector.
        minutes: Processor time of the whole run, of which this takes its share.
        say: Is told how it went.
    """
    learn, apart = split_examples(gain.learnt, HELD_OUT_SHARE)
    config = DetectorConfig(time_limit_s=DETECTOR_SHARE * minutes * SECONDS_PER_MINUTE)
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        cache = FeatureCache(Path(folder) / "features", gain.tuned)
        train_detector(gain.tuned, learn, cache, config, clock=time.process_time)
        scores = calibrate_objects(gain.tuned, apart, cache)
    if scores.right < LEAST_RIGHT:
        gain.tuned.object_detector = None
    say(f"objects on images kept apart: {scores}")
    return {
        "objects_found": round(scores.found, 3),
        "objects_right": round(scores.right, 3),
        "objects_cpu_minutes": round((time.process_time() - began) / SECONDS_PER_MINUTE, 2),
        "has_detector": gain.tuned.object_detector is not None,
    }
