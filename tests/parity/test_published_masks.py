"""Our automatic masks against the published generator's, given the same predictor."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from sam_core.automatic_mask_generator import SamAutomaticMaskGenerator
from tests.helpers.builders import tiny_sam
from tests.helpers.colour_predictor import ColourPredictor, colour_image
from tests.parity.make_mask_records import CASES, COMMON, RECORDS


@pytest.mark.parametrize("case", CASES)
def test_records_equal_the_published_ones_in_order(case: str) -> None:
    published = json.loads(RECORDS.read_text(encoding="utf-8"))[case]
    generator = SamAutomaticMaskGenerator(tiny_sam(), method="plain", **(COMMON | CASES[case]))
    generator.predictor = ColourPredictor()
    ours: list[Any] = list(generator.generate(colour_image()))
    assert len(ours) == len(published)
    for record, expected in zip(ours, published, strict=True):
        assert list(record) == list(expected)
        for name, value in expected.items():
            if name == "segmentation":
                assert record[name] == value
            else:
                np.testing.assert_allclose(record[name], value, atol=1e-6, err_msg=name)
