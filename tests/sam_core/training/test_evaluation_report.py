"""The report: means, missing values and the table."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sam_core.training.evaluation_report import (
    HEADINGS,
    NOC_LIMIT,
    EvaluationReport,
    MaskScore,
    build_report,
    clicks_needed,
    format_table,
    mean_of_rows,
)

SCORE = MaskScore(
    source="first",
    image_id=1,
    click_ious=(0.2, 0.6, 0.7),
    box_iou=0.8,
    single_iou=0.3,
    candidate_ious=(0.2, 0.5, 0.1),
    predicted_ious=(0.6, 0.4, 0.1),
    background_obeyed=((2, True), (3, False)),
    predicted_box_iou=0.55,
    predicted_click_ious=(0.5, 0.9),
)


def report_of(*scores: MaskScore) -> EvaluationReport:
    return build_report(scores, ["image 9 must be readable"], 2, image_size=64)


def test_one_mask_gives_its_own_scores() -> None:
    row = report_of(SCORE).per_source["first"]
    assert row == pytest.approx(
        {
            "miou_1": 0.2,
            "miou_2": 0.6,
            "miou_3": 0.7,
            "miou_box": 0.8,
            "miou_best_of_3": 0.5,
            "miou_single": 0.3,
            "miou_candidate_1": 0.2,
            "miou_candidate_2": 0.5,
            "miou_candidate_3": 0.1,
            "iou_head_error": 0.4,  # of the first, which the model ranks first
            "iou_head_error_all": (0.4 + 0.1 + 0) / 3,
            "iou_head_error_box": 0.25,
            "iou_head_error_corrected": (0.1 + 0.2) / 2,
            "iou_head_correlation": 0.349957,
            "background_obeyed": 0.5,
            "background_obeyed_all": 0.5,
        },
        abs=1e-5,
    )


def test_every_source_counts_alike() -> None:
    many = [replace(SCORE, image_id=number, box_iou=1.0) for number in range(9)]
    report = report_of(*many, replace(SCORE, source="second", box_iou=0.0))
    assert report.mean["miou_box"] == 0.5
    assert report.counts["first"] == {"images": 9, "masks": 9}
    assert (report.images, report.masks, report.clicks) == (9, 10, 3)


def test_what_was_not_measured_is_left_out_of_the_mean() -> None:
    silent = replace(SCORE, source="second", background_obeyed=())
    report = report_of(SCORE, silent)
    assert report.per_source["second"]["background_obeyed"] is None
    assert report.mean["background_obeyed"] == 0.5
    assert report_of(silent).mean["background_obeyed"] is None


def test_clicks_that_were_not_needed_have_no_predicted_iou() -> None:
    done = replace(SCORE, click_ious=(0.2, 1.0, 1.0), predicted_click_ious=(0.7,))
    assert report_of(done).mean["iou_head_error_corrected"] == pytest.approx(0.3)
    never_asked = replace(SCORE, predicted_click_ious=(), predicted_box_iou=None)
    mean = report_of(never_asked).mean
    assert mean["iou_head_error_corrected"] is None
    assert mean["iou_head_error_box"] is None


def test_late_background_clicks_count_apart() -> None:
    stubborn = replace(SCORE, background_obeyed=((2, True), (6, False), (7, False)))
    mean = report_of(stubborn).mean
    assert mean["background_obeyed"] == 1
    assert mean["background_obeyed_all"] == pytest.approx(1 / 3)


def test_a_constant_prediction_has_no_correlation() -> None:
    flat = replace(SCORE, predicted_ious=(0.5, 0.5, 0.5))
    assert report_of(flat).mean["iou_head_correlation"] is None


def test_a_curve_that_falls_says_by_how_much() -> None:
    falling = replace(SCORE, click_ious=(0.5, 0.3, 0.6))
    report = report_of(falling)
    assert report.largest_fall == pytest.approx(0.2)
    assert report.to_dict()["never_falls"] is False
    assert report_of(SCORE).to_dict()["never_falls"] is True
    assert report_of(replace(SCORE, click_ious=(0.5,))).largest_fall == 0


def test_a_fall_of_one_source_may_be_made_up_by_another() -> None:
    falling = replace(SCORE, source="second", click_ious=(0.5, 0.4, 0.4))
    assert report_of(SCORE, falling).largest_fall == 0


def test_clicks_are_counted_to_the_first_that_is_good_enough() -> None:
    ious = [0.5, 0.86, 0.7, 0.91]
    assert clicks_needed(ious, 0.85) == 2
    assert clicks_needed(ious, 0.90) == 4
    assert clicks_needed(ious, 0.99) == 4


def test_noc_is_measured_with_twenty_clicks_and_not_with_fewer() -> None:
    rising = replace(SCORE, click_ious=(0.5, *[0.87] * (NOC_LIMIT - 1)))
    assert report_of(rising).mean["noc_85"] == 2
    assert report_of(rising).mean["noc_90"] == NOC_LIMIT
    assert report_of(rising).mean["miou_20"] == pytest.approx(0.87)
    shorter = replace(SCORE, click_ious=rising.click_ious[:-1])
    assert "noc_85" not in report_of(shorter).mean


def test_more_clicks_than_twenty_do_not_change_noc() -> None:
    late = replace(SCORE, click_ious=(*[0.5] * 22, 0.95))
    assert report_of(late).mean["noc_90"] == NOC_LIMIT


def test_the_report_survives_json_and_names_what_was_left_out() -> None:
    content = json.loads(json.dumps(report_of(SCORE).to_dict()))
    assert content["skipped"] == ["image 9 must be readable"]
    assert content["skipped_entries"] == 2
    assert set(content["mean"]) <= set(HEADINGS)


def test_the_table_has_a_line_per_row_and_a_hyphen_for_what_is_missing() -> None:
    rows = {"first": {"miou_1": 0.25, "noc_85": 3.14}, "second": {"miou_1": None}}
    assert format_table({**rows, "**mean**": mean_of_rows(rows)}).splitlines() == [
        "| source | 1 click | NoC@85 |",
        "|---|---|---|",
        "| first | 0.250 | 3.1 |",
        "| second | - | - |",
        "| **mean** | 0.250 | 3.1 |",
    ]
