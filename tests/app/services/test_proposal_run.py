"""Runs over many photographs: resumed, deduplicated, nothing lost, on whichever road."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.image_record import ImageRecord
from app.domain.proposal_run import Digest, Look, Photograph, RunWish
from app.errors import ConflictError, NotFoundError, UnavailableError
from app.services.image_reading import inspect_image
from app.services.proposal_run import (
    RunReport,
    photographs_of_folder,
    photographs_of_project,
    run_proposals,
)
from app.services.proposal_work import LocalRoad, Road
from app.services.served_model import ServedModel
from app.storage.file_store import FileStore
from tests.helpers.sample_images import jpeg


class Killed(BaseException):
    pass


@dataclass
class WildRoad:
    """Answers twice and in any order, and may end in the middle, as a cluster does."""

    local: LocalRoad
    ends_after: int | None = None
    end: BaseException | None = None

    def digests(self, photographs: Sequence[Photograph]) -> Iterator[Digest]:
        answers = [*self.local.digests(photographs), *self.local.digests(photographs)]
        random.Random(1).shuffle(answers)
        yield from answers

    def looks(self, photographs: Sequence[Photograph]) -> Iterator[Look]:
        answers = [*self.local.looks(photographs), *self.local.looks(photographs)]
        random.Random(2).shuffle(answers)
        for number, answer in enumerate(answers):
            if number == self.ends_after and self.end is not None:
                raise self.end
            yield answer


def wish_of(model: ServedModel, **changes: Any) -> RunWish:
    return replace(RunWish(model.model_id, points_per_side=4, most_masks=6), **changes)


def run(
    model: ServedModel,
    photographs: Sequence[Photograph],
    out: Path,
    road: Road | None = None,
    **changes: Any,
) -> RunReport:
    wish = wish_of(model, **changes)
    return run_proposals(road or LocalRoad(model, wish), photographs, wish, out, lambda *_: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    return made


def photographs(folder: Path, count: int) -> list[Photograph]:
    for number in range(count):
        (folder / f"{number}.jpg").write_bytes(jpeg(seed=number))
    return photographs_of_folder(folder)


def test_every_photograph_and_its_masks_are_in_the_file(
    tiny_model: ServedModel, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out" / "coco.json"
    out.parent.mkdir()
    report = run(tiny_model, photographs(folder, 3), out)
    content = json.loads(out.read_bytes())
    assert [row["file_name"] for row in content["images"]] == ["0.jpg", "1.jpg", "2.jpg"]
    assert report == RunReport(3, len(content["annotations"]), 0, 0, ())
    assert report.masks > 0
    assert [path.name for path in out.parent.iterdir()] == ["coco.json"]


@pytest.mark.parametrize(
    "end", [Killed(), UnavailableError("cluster_lost", "the cluster must stay", "try again")]
)
def test_a_run_that_ended_in_the_middle_goes_on_where_it_was(
    tiny_model: ServedModel, folder: Path, tmp_path: Path, end: BaseException
) -> None:
    whole, out = tmp_path / "whole.json", tmp_path / "coco.json"
    taken = photographs(folder, 5)
    run(tiny_model, taken, whole)
    road = WildRoad(LocalRoad(tiny_model, wish_of(tiny_model)), 4, end)
    with pytest.raises(type(end)):
        run(tiny_model, taken, out, road)
    assert not out.exists()
    report = run(tiny_model, taken, out)
    assert 0 < report.resumed < 5
    assert out.read_bytes() == whole.read_bytes()


def test_answers_that_come_twice_and_in_any_order_give_the_same_file(
    tiny_model: ServedModel, folder: Path, tmp_path: Path
) -> None:
    whole, out = tmp_path / "whole.json", tmp_path / "coco.json"
    photographs(folder, 4)
    (folder / "broken.jpg").write_bytes(b"no photograph")
    (folder / "broken2.jpg").write_bytes(b"no photograph")
    (folder / "copy.jpg").write_bytes(jpeg(seed=2))
    taken = photographs_of_folder(folder)
    expected = run(tiny_model, taken, whole)
    heard: list[tuple[str, int, int]] = []
    wish = wish_of(tiny_model)
    road = WildRoad(LocalRoad(tiny_model, wish))
    report = run_proposals(road, taken, wish, out, lambda *told: heard.append(told))
    assert report == expected
    assert out.read_bytes() == whole.read_bytes()
    assert heard == [("reading", n, 7) for n in range(1, 8)] + [
        ("proposing", n, 5) for n in range(1, 6)
    ]


def test_copies_are_looked_at_once(tiny_model: ServedModel, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "coco.json"
    photographs(folder, 1)
    (folder / "copy.jpg").write_bytes((folder / "0.jpg").read_bytes())
    report = run(tiny_model, photographs_of_folder(folder), out)
    assert (report.images, report.copies) == (1, 1)
    assert [row["file_name"] for row in json.loads(out.read_bytes())["images"]] == ["0.jpg"]


def test_a_file_that_is_no_photograph_is_named_and_the_rest_is_done(
    tiny_model: ServedModel, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "coco.json"
    for name in ("a_broken.jpg", "b_copy.jpg"):
        (folder / name).write_bytes(b"no photograph")
    taken = [*photographs(folder, 1), Photograph(3, "lost.jpg", folder / "lost.jpg")]
    report = run(tiny_model, [replace(one, number=n) for n, one in enumerate(taken)], out)
    assert report.images == 1
    assert report.copies == 0
    starts = ("a_broken.jpg: ", "b_copy.jpg: ", "lost.jpg: No such file")
    assert len(report.problems) == 3
    assert all(line.startswith(start) for line, start in zip(report.problems, starts, strict=True))


def test_photographs_of_an_earlier_run_that_are_gone_stay_at_the_end(
    tiny_model: ServedModel, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "coco.json"
    taken = photographs(folder, 3)
    road = WildRoad(LocalRoad(tiny_model, wish_of(tiny_model)), 5, Killed())
    with pytest.raises(Killed):
        run(tiny_model, taken, out, road)
    (folder / "0.jpg").unlink()
    report = run(tiny_model, photographs_of_folder(folder), out)
    assert report.resumed == 3
    names = [row["file_name"] for row in json.loads(out.read_bytes())["images"]]
    assert names == ["1.jpg", "2.jpg", "0.jpg"]


def test_filters_leave_out_what_is_too_weak(
    tiny_model: ServedModel, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "coco.json"
    taken = photographs(folder, 1)
    run(tiny_model, taken, out)
    scores = sorted(row["score"] for row in json.loads(out.read_bytes())["annotations"])
    middle = scores[len(scores) // 2]
    run(tiny_model, taken, out, least_iou=middle)
    kept = [row["score"] for row in json.loads(out.read_bytes())["annotations"]]
    assert len(kept) < len(scores)
    assert all(score >= round(middle, 4) for score in kept)
    assert run(tiny_model, taken, out, least_area=10**6).masks == 0


def test_proposals_of_other_weights_are_not_mixed_in(
    tiny_model: ServedModel, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "coco.json"
    taken = photographs(folder, 1)
    road = WildRoad(LocalRoad(tiny_model, wish_of(tiny_model)), 0, Killed())
    with pytest.raises(Killed):
        run(tiny_model, taken, out, road)
    with pytest.raises(ConflictError, match="model_id"):
        run(replace(tiny_model, model_id="another"), taken, out)


def test_a_folder_is_searched_with_all_folders_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    for name in ("b.JPG", "deep/er/a.png", "deep/notes.txt"):
        (tmp_path / name).write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    found = photographs_of_folder(Path())
    assert [(one.number, one.name) for one in found] == [(0, "b.JPG"), (1, "deep/er/a.png")]
    assert found[0].path == tmp_path / "b.JPG", "other machines know no current folder"
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "missing"):
        with pytest.raises(NotFoundError):
            photographs_of_folder(tmp_path / folder)


def test_originals_of_a_project_are_known_by_their_hashes(tmp_path: Path) -> None:
    content = jpeg(seed=1)
    image = ImageRecord(7, inspect_image(content, "a.jpg"), "2026-01-01T00:00:00Z", 0)
    files = FileStore(tmp_path)
    (found,) = photographs_of_project([image], files)
    assert (found.number, found.name, found.sha256) == (0, "a.jpg", image.file.sha256)
    assert found.path == files.original_path(image.file.sha256)
