from __future__ import annotations

from pathlib import Path

import pytest
import torch

from sam_core.build_sam import Sam, build_for_training, build_tiny
from sam_core.figures import __main__ as command
from sam_core.figures.scenes import ROOT, load_photos
from sam_core.figures.style import MAX_BYTES
from sam_core.modeling.masked_autoencoder import MaskedAutoencoder
from sam_core.modeling.plain_encoder import PlainImageEncoder
from sam_core.predictor import SamPredictor


@pytest.fixture
def small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw with random weights and an input of 64 pixels instead of the shipped model."""

    def build() -> Sam:
        return build_for_training("maskwright_s", 64).eval()

    monkeypatch.setattr(command, "build_default", build)


def test_the_named_figures_are_drawn_and_reported(
    small_model: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new" / "folder"
    assert command.main(["--output", str(folder), "--only", "losses", "data_engine"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["data_engine.png", "losses.png"]
    assert "losses.png" in capsys.readouterr().out


@pytest.mark.slow
def test_every_figure_of_the_documents_can_be_drawn_small_enough(
    small_model: None, tmp_path: Path
) -> None:
    assert command.main(["--output", str(tmp_path)]) == 0
    drawn = list(tmp_path.glob("*.png"))
    assert {path.stem for path in drawn} == makers()
    assert max(path.stat().st_size for path in drawn) <= MAX_BYTES


@pytest.mark.slow
def test_reconstructions_are_drawn_with_the_weights_of_an_autoencoder(
    small_model: None, tmp_path: Path
) -> None:
    weights = MaskedAutoencoder(PlainImageEncoder()).state_dict()
    # One that has learnt nothing would answer noise, which makes a picture too large.
    weights["to_pixels.weight"] *= 0.05
    state = {"model_name": "maskwright_vit_s", "autoencoder": weights}
    torch.save(state, tmp_path / "mae.pt")
    options = ["--output", str(tmp_path), "--mae-checkpoint", str(tmp_path / "mae.pt")]
    assert command.main([*options, "--only", "reconstruction"]) == 0
    assert (tmp_path / "reconstruction.png").is_file()


def test_without_such_weights_the_reconstruction_is_skipped_aloud(
    small_model: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--output", str(tmp_path), "--only", "losses"]) == 0
    assert "reconstruction.png skipped: it needs --mae-checkpoint" in capsys.readouterr().out


def makers() -> set[str]:
    return set(command.figure_makers(SamPredictor(build_tiny()), load_photos()))


def test_an_unknown_figure_is_refused(
    small_model: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--output", str(tmp_path), "--only", "selfie"]) == 2
    assert "--only must name figures of" in capsys.readouterr().err


def test_a_folder_without_the_photographs_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--output", str(tmp_path), "--images", str(tmp_path)]) == 2
    assert "images must hold astronaut.jpg" in capsys.readouterr().err


def test_a_missing_checkpoint_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "none.pt")
    assert command.main(["--output", str(tmp_path), "--checkpoint", missing]) == 2
    assert "error: " in capsys.readouterr().err


def test_the_committed_pictures_are_those_that_the_command_draws() -> None:
    committed = list((ROOT / "docs" / "figures").glob("*.png"))
    assert {path.stem for path in committed} - {"reconstruction"} == makers()
    assert sum(path.stat().st_size for path in committed) <= 1_000_000
