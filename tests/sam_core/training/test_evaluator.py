"""The evaluator: known answers for known decoders, and broken data on the way."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from sam_core.data import CocoMaskDataset, open_dataset
from sam_core.errors import DatasetError
from sam_core.modeling import Sam
from sam_core.training import image_under_test
from sam_core.training.evaluation_report import HEADINGS
from sam_core.training.evaluator import evaluate, evenly_spaced
from tests.helpers.builders import tiny_sam
from tests.sam_core.training.conftest import IMAGES


def answer_always(monkeypatch: pytest.MonkeyPatch, logit: float, predicted: float) -> None:
    def answer(*_: object) -> tuple[torch.Tensor, torch.Tensor]:
        return torch.full((1, 4, 16, 16), logit), torch.full((1, 4), predicted)

    monkeypatch.setattr(image_under_test, "predict", answer)


def change_annotations(dataset: CocoMaskDataset, **changes: object) -> CocoMaskDataset:
    """Return the data set after its second annotation was changed on disk."""
    path = dataset.images_dir / "disks.json"
    document = json.loads(path.read_text())
    document["annotations"][1] |= changes
    path.write_text(json.dumps(document))
    return CocoMaskDataset(dataset.images_dir, path)


def test_the_report_has_every_score(small_sam: Sam, disk_dataset: CocoMaskDataset) -> None:
    report = evaluate(small_sam, disk_dataset, max_clicks=20)
    assert report.images == report.masks == IMAGES
    assert set(report.mean) == set(HEADINGS)
    assert len(report.click_curve) == 20
    assert report.click_curve[0] == report.mean["miou_1"]
    best, first = report.mean["miou_best_of_3"], report.mean["miou_1"]
    assert best is not None
    assert first is not None
    assert best >= first


def test_a_model_of_fixed_input_size_is_scored_too(disk_dataset: CocoMaskDataset) -> None:
    report = evaluate(tiny_sam(), disk_dataset, max_clicks=2)
    assert report.image_size == 64
    assert report.masks == IMAGES


def test_an_all_background_decoder_scores_nothing(
    small_sam: Sam, disk_dataset: CocoMaskDataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_always(monkeypatch, logit=-9.0, predicted=0.25)
    report = evaluate(small_sam, disk_dataset, max_clicks=2)
    assert report.mean["miou_box"] == report.mean["miou_1"] == report.mean["miou_2"] == 0
    assert report.mean["iou_head_error"] == pytest.approx(0.25)
    assert report.mean["background_obeyed"] is None


def test_an_all_foreground_decoder_scores_the_share_of_the_mask(
    small_sam: Sam, disk_dataset: CocoMaskDataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_always(monkeypatch, logit=9.0, predicted=0.5)
    report = evaluate(small_sam, disk_dataset, max_clicks=2)
    assert report.mean["miou_1"] == pytest.approx(0.145, abs=0.01)  # radius 12 on 64 x 48
    assert report.mean["background_obeyed"] == 0


def test_a_decoder_that_knows_the_truth_needs_one_click(
    small_sam: Sam, disk_dataset: CocoMaskDataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = np.zeros((48, 64), dtype=bool)
    truth[10:30, 10:40] = True
    monkeypatch.setattr(image_under_test.ImageUnderTest, "to_mask", lambda *_: truth)
    monkeypatch.setattr("sam_core.training.evaluator.decode_mask", lambda *_: truth)
    report = evaluate(small_sam, disk_dataset, max_clicks=20)
    assert report.mean["noc_90"] == report.mean["miou_20"] == report.mean["miou_box"] == 1


def test_a_broken_image_is_named_counted_and_left_out(
    small_sam: Sam, disk_dataset: CocoMaskDataset, caplog: pytest.LogCaptureFixture
) -> None:
    (disk_dataset.images_dir / "2.png").write_bytes(b"no image")
    report = evaluate(small_sam, disk_dataset, max_clicks=1)
    assert report.images == IMAGES - 1
    [line] = report.skipped
    assert "image 2" in line
    assert "2.png" in line
    assert line in caplog.text


@pytest.mark.parametrize(
    ("segmentation", "reason"),
    [
        ([[1, 2]], "must be COCO polygons or run lengths"),
        ({"size": [48, 64], "counts": [48 * 64]}, "must have at least one pixel"),
    ],
)
def test_a_broken_or_empty_mask_is_named_by_its_annotation(
    small_sam: Sam, disk_dataset: CocoMaskDataset, segmentation: object, reason: str
) -> None:
    dataset = change_annotations(disk_dataset, segmentation=segmentation, id=77)
    report = evaluate(small_sam, dataset, max_clicks=1)
    assert report.masks == IMAGES - 1
    [line] = report.skipped
    assert line.startswith("annotation 77 of image 2 (")
    assert reason in line


def test_a_data_set_without_a_usable_mask_is_refused(
    small_sam: Sam, disk_dataset: CocoMaskDataset
) -> None:
    for path in disk_dataset.images_dir.glob("*.png"):
        path.unlink()
    with pytest.raises(DatasetError, match="must have a mask that can be scored, got 4 images and"):
        evaluate(small_sam, disk_dataset)


def test_a_limit_takes_images_from_the_whole_data_set(
    small_sam: Sam, disk_dataset: CocoMaskDataset
) -> None:
    seen: list[tuple[int, int]] = []
    report = evaluate(
        small_sam,
        disk_dataset,
        max_clicks=1,
        limit=2,
        on_progress=lambda done, total: seen.append((done, total)),
    )
    assert report.images == 2
    assert seen == [(1, 2), (2, 2)]


def test_evenly_spaced_numbers_are_all_different() -> None:
    assert evenly_spaced(7, 7) == list(range(7))
    assert evenly_spaced(5, 1) == [0]
    assert evenly_spaced(0, 3) == []


def test_no_random_number_is_drawn(small_sam: Sam, disk_dataset: CocoMaskDataset) -> None:
    first = evaluate(small_sam, disk_dataset, max_clicks=3)
    assert evaluate(small_sam, disk_dataset, max_clicks=3) == first


def test_a_folder_in_the_layout_of_sa1b_is_scored(
    small_sam: Sam, disk_dataset: CocoMaskDataset, tmp_path: Path
) -> None:
    folder = tmp_path / "sa1b"
    folder.mkdir()
    record = disk_dataset[0]
    (folder / "1.png").write_bytes(record.path.read_bytes())
    image = {"image_id": 1, "file_name": "1.png", "height": 48, "width": 64}
    annotation = {"id": 5, "segmentation": record.segmentations[0], "area": 400}
    (folder / "1.json").write_text(json.dumps({"image": image, "annotations": [annotation]}))
    assert evaluate(small_sam, open_dataset(folder, None), max_clicks=1).masks == 1
