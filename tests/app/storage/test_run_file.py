"""The file of a run: nothing done is lost, nothing half done is believed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.proposal_run import ProposedImage, ProposedMask, RunWish
from app.errors import ConflictError, ServerFaultError
from app.storage.run_file import RunFile

WISH = RunWish("model-a")
MASK = ProposedMask("04", 4, (0, 0, 2, 2), 0.9, 0.8, (1.5, 0.5))


def image(name: str, masks: tuple[ProposedMask, ...] = (MASK,)) -> ProposedImage:
    return ProposedImage(f"hash-{name}", name, 2, 2, masks)


def test_what_was_added_is_there_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "run"
    images = [image("a"), image("b", ()), image("c", (MASK, MASK))]
    with RunFile(path, WISH) as file:
        for one in images[:2]:
            file.add(one)
    with RunFile(path, WISH) as file:
        assert file.done == {"hash-a", "hash-b"}
        file.add(images[2])
        assert list(file.images()) == images


def test_what_is_kept_is_kept_once_and_read_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "run"
    images = [image("a"), image("b", ()), image("c", (MASK, MASK))]
    with RunFile(path, WISH) as file:
        for one in [*images, *images]:
            file.add(one)
        assert list(file.images()) == images
    with RunFile(path, WISH) as file:
        file.add(images[1])
        assert list(file.images(["hash-c", "hash-a"])) == [images[2], images[0]]
        assert list(file.images()) == images


def test_a_line_cut_short_is_dropped_wherever_it_was_cut(tmp_path: Path) -> None:
    path = tmp_path / "run"
    with RunFile(path, WISH) as file:
        file.add(image("a"))
        kept = path.stat().st_size
        file.add(image("b"))
    whole = path.read_bytes()
    for length in range(kept, len(whole)):
        path.write_bytes(whole[:length])
        with RunFile(path, WISH) as file:
            assert file.done == {"hash-a"}
            file.add(image("c"))
            assert [one.file_name for one in file.images()] == ["a", "c"]


def test_a_file_cut_in_its_first_line_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "run"
    path.write_bytes(b'{"model_id": "mod')
    with RunFile(path, WISH) as file:
        file.add(image("a"))
    with RunFile(path, WISH) as file:
        assert file.done == {"hash-a"}


@pytest.mark.parametrize(
    ("other", "named"),
    [
        (replace(WISH, model_id="model-b"), "model_id model-a, not model-b"),
        (replace(WISH, points_per_side=8), "points_per_side 32, not 8"),
        (replace(WISH, finder_id="abc"), "finder_id , not abc"),
    ],
)
def test_a_run_with_other_weights_or_settings_is_refused(
    tmp_path: Path, other: RunWish, named: str
) -> None:
    path = tmp_path / "run"
    with RunFile(path, WISH) as file:
        file.add(image("a"))
    before = path.read_bytes()
    with pytest.raises(ConflictError, match=named):
        RunFile(path, other)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damaged", [b"[]\n", b"no json\n", b'{"file_name": "x"}\n'])
def test_damage_before_the_end_is_refused_with_its_line(tmp_path: Path, damaged: bytes) -> None:
    path = tmp_path / "run"
    with RunFile(path, WISH) as file:
        file.add(image("a"))
    path.write_bytes(path.read_bytes() + damaged)
    with pytest.raises(ServerFaultError, match="damaged line 3"):
        RunFile(path, WISH)
    path.write_bytes(damaged)
    with pytest.raises(ServerFaultError, match="damaged line 1"):
        RunFile(path, WISH)
