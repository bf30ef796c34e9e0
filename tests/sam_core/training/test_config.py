"""Configurations: what is read, what is refused."""

from pathlib import Path

import pytest

from sam_core.errors import TrainingConfigError
from sam_core.training.config import (
    PretrainingConfig,
    TrainingConfig,
    load_config,
    load_pretraining_config,
)
from tests.helpers.project_files import ROOT

STAGE = """
[[stages]]
image_size = 64
steps = 5
images_per_step = 2
masks_per_image = 3
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "run.toml"
    path.write_text(text)
    return path


def test_the_committed_configurations_are_valid() -> None:
    names = sorted((ROOT / "configs").glob("*.toml"))
    assert names
    for path in names:
        if path.stem.endswith("_tune"):
            continue  # test_tuning_config.py reads these
        is_pretraining = path.stem.endswith("_pretrain")
        config = load_pretraining_config(path) if is_pretraining else load_config(path)
        assert config.total_steps > 0


def test_left_out_keys_take_their_defaults(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, 'model = "maskwright_s"\n' + STAGE))
    assert config == TrainingConfig(model="maskwright_s", stages=config.stages)
    assert config.stages[0].masks_per_image == 3


def test_a_step_belongs_to_the_stage_it_falls_into(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, 'model = "maskwright_s"\n' + STAGE + STAGE))
    assert [config.stage_at(step)[0] for step in (0, 4, 5, 9, 10)] == [0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("model = ", "configuration must be readable TOML"),
        ('model = "m"\nspeed = 3\n' + STAGE, r"keys of .*run\.toml must be among .*; got speed"),
        ('model = "m"\n' + STAGE + "colour = 1\n", "keys of stages must be among .*; got colour"),
        (STAGE, "must have every required key, got .*'model'"),
        ('model = "m"\n', "stages must not be empty, got none"),
        ('model = "m"\n' + STAGE.replace("64", "60"), "multiple of 16, got 60"),
        (
            'model = "m"\n' + STAGE.replace("= 5", "= 0"),
            "steps and images_per_step must be 1 or more, got 0 and 2",
        ),
        ('model = "m"\n' + STAGE.replace("= 3", "= 0"), "masks_per_image must be 1 or more, got 0"),
        ('model = "m"\nprecision = "int8"\n' + STAGE, "precision must be float32 or bfloat16"),
        ('model = "m"\npart_share = 2.0\n' + STAGE, r"part_share must be in \[0, 1\], got 2.0"),
        ('model = "m"\nresident_side = 100\n' + STAGE, "0 or a multiple of 8, got 100"),
        (
            'model = "m"\nresident_side = 64\npart_share = 0.1\n' + STAGE,
            "part_share must be 0 with resident_side",
        ),
        ('model = "m"\ntime_limit_s = -1\n' + STAGE, "time_limit_s must be 0 or more, got -1"),
        ('model = "m"\niterations = []\n' + STAGE, r"iterations must be 1 or more each, got \[\]"),
    ],
)
def test_a_wrong_configuration_says_what_must_hold(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TrainingConfigError, match=message):
        load_config(write(tmp_path, text))


PRETRAINING_STAGE = STAGE.replace("masks_per_image = 3\n", "")


def test_a_pretraining_needs_no_masks(tmp_path: Path) -> None:
    config = load_pretraining_config(write(tmp_path, 'model = "m"\n' + PRETRAINING_STAGE))
    assert config == PretrainingConfig(model="m", stages=config.stages)
    assert config.masked_share == 0.75


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('model = "m"\n' + STAGE, "keys of stages must be among .*; got masks_per_image"),
        ('model = "m"\nema = 0.9\n' + PRETRAINING_STAGE, "got ema"),
        ('model = "m"\nmasked_share = 1.0\n' + PRETRAINING_STAGE, "below 1, got 1.0"),
        ('model = "m"\n', "stages must not be empty, got none"),
    ],
)
def test_a_wrong_pretraining_says_what_must_hold(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TrainingConfigError, match=message):
        load_pretraining_config(write(tmp_path, text))


def test_the_longest_side_is_that_of_any_stage(tmp_path: Path) -> None:
    large = STAGE.replace("= 64", "= 96") + "scale_max = 1.5\n"
    config = load_config(write(tmp_path, 'model = "maskwright_s"\n' + large + STAGE))
    assert config.longest_side == 144
    crops = load_pretraining_config(write(tmp_path, 'model = "m"\n' + PRETRAINING_STAGE))
    assert crops.longest_side == 128


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingConfigError, match="nowhere"):
        load_config(tmp_path / "nowhere.toml")
