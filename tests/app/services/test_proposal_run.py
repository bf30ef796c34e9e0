"""Runs over many photographs: resumed, deduplicated, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.proposal_run import RunWish
from app.errors import ConflictError, NotFoundError
from app.services import proposal_run
from app.services.proposal_run import (
    Photograph,
    RunReport,
    photographs_of_folder,
    run_proposals,
)
from app.services.served_model import ServedModel
from tests.helpers.sample_images import jpeg


@dataclass(frozen=True)
class Bytes:
    name: str
    content: bytes

    def read(self) -> bytes:
        return self.content


class Killed(BaseException):
    pass


def wish_of(model: ServedModel, **changes: Any) -> RunWish:
    return replace(RunWish(model.model_id, points_per_side=4, most_masks=6), **changes)


def run(
    model: ServedModel, photographs: Sequence[Photograph], out: Path, **changes: Any
) -> RunReport:
    return run_proposals(model, photographs, wish_of(model, **changes), out, lambda *_: None)


def photographs(count: int) -> list[Bytes]:
    return [Bytes(f"{number}.jpg", jpeg(seed=number)) for number in range(count)]


def test_every_photograph_and_its_masks_are_in_the_file(
    tiny_model: ServedModel, tmp_path: Path
) -> None:
    out = tmp_path / "coco.json"
    report = run(tiny_model, photographs(3), out)
    content = json.loads(out.read_bytes())
    assert [row["file_name"] for row in content["images"]] == ["0.jpg", "1.jpg", "2.jpg"]
    assert report == RunReport(3, len(content["annotations"]), 0, 0, ())
    assert report.masks > 0
    assert [path.name for path in tmp_path.iterdir()] == ["coco.json"]


def test_a_killed_run_goes_on_where_it_was(
    tiny_model: ServedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, out = tmp_path / "whole.json", tmp_path / "coco.json"
    run(tiny_model, photographs(4), whole)
    looked: list[bytes] = []
    look = proposal_run._look

    def counted(*arguments: Any) -> Any:
        if len(looked) == 2:
            raise Killed
        looked.append(arguments[3])
        return look(*arguments)

    monkeypatch.setattr(proposal_run, "_look", counted)
    with pytest.raises(Killed):
        run(tiny_model, photographs(4), out)
    assert not out.exists()
    monkeypatch.setattr(proposal_run, "_look", look)
    report = run(tiny_model, photographs(4), out)
    assert report.resumed == 2
    assert out.read_bytes() == whole.read_bytes()


def test_copies_are_looked_at_once(tiny_model: ServedModel, tmp_path: Path) -> None:
    out = tmp_path / "coco.json"
    one = photographs(1)[0]
    report = run(tiny_model, [one, Bytes("copy.jpg", one.content)], out)
    assert (report.images, report.copies) == (1, 1)
    assert [row["file_name"] for row in json.loads(out.read_bytes())["images"]] == ["0.jpg"]


def test_a_file_that_is_no_photograph_is_named_and_the_rest_is_done(
    tiny_model: ServedModel, tmp_path: Path
) -> None:
    out = tmp_path / "coco.json"
    report = run(tiny_model, [Bytes("broken.jpg", b"no photograph"), *photographs(1)], out)
    assert report.images == 1
    assert report.copies == 0
    assert len(report.problems) == 1
    assert report.problems[0].startswith("broken.jpg: ")


def test_filters_leave_out_what_is_too_weak(tiny_model: ServedModel, tmp_path: Path) -> None:
    out = tmp_path / "coco.json"
    run(tiny_model, photographs(1), out)
    scores = sorted(row["score"] for row in json.loads(out.read_bytes())["annotations"])
    middle = scores[len(scores) // 2]
    run(tiny_model, photographs(1), out, least_iou=middle)
    kept = [row["score"] for row in json.loads(out.read_bytes())["annotations"]]
    assert len(kept) < len(scores)
    assert all(score >= round(middle, 4) for score in kept)
    assert run(tiny_model, photographs(1), out, least_area=10**6).masks == 0


def test_proposals_of_other_weights_are_not_mixed_in(
    tiny_model: ServedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "coco.json"

    def killed(*_: Any) -> None:
        raise Killed

    monkeypatch.setattr(proposal_run, "_look", killed)
    with pytest.raises(Killed):
        run(tiny_model, photographs(1), out)
    with pytest.raises(ConflictError, match="model_id"):
        run(replace(tiny_model, model_id="another"), photographs(1), out)


def test_a_folder_is_searched_with_all_folders_below_it(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    for name in ("b.JPG", "deep/er/a.png", "deep/notes.txt"):
        (tmp_path / name).write_bytes(b"")
    names = [photograph.name for photograph in photographs_of_folder(tmp_path)]
    assert names == ["b.JPG", "deep/er/a.png"]
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "missing"):
        with pytest.raises(NotFoundError):
            photographs_of_folder(tmp_path / folder)
