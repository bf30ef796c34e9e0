"""Settings of a tuning: defaults, TOML, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from sam_core.errors import TrainingConfigError
from sam_core.training.tuning_config import TuningConfig, check_tuning_config, load_tuning_config


def test_without_a_file_the_defaults_hold() -> None:
    assert load_tuning_config(None) == TuningConfig()
    assert TuningConfig(steps=7).total_steps == 7


def test_a_file_changes_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "tune.toml"
    path.write_text("steps = 9\niterations = [2, 5]\n")
    assert load_tuning_config(path) == TuningConfig(steps=9, iterations=(2, 5))


def test_the_recipe_of_the_shipped_decoder_is_valid() -> None:
    assert load_tuning_config("configs/maskwright_s_tune.toml").steps > 1


def test_unknown_keys_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "tune.toml"
    path.write_text("stepz = 9\n")
    with pytest.raises(TrainingConfigError, match="got stepz"):
        load_tuning_config(path)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"steps": 0}, "steps must be 1 or more, got 0"),
        ({"patience": 0}, "patience must be 1 or more, got 0"),
        ({"mask_only_share": 1.5}, r"mask_only_share must be in \[0, 1\], got 1.5"),
        ({"mirror_share": -0.1}, r"mirror_share must be in \[0, 1\], got -0.1"),
        ({"precision": "float16"}, "precision must be float32 or bfloat16, got float16"),
        ({"held_out_share": 1.0}, "held_out_share must be above 0 and below 1, got 1.0"),
        ({"iterations": (0, 2)}, "iterations must be 1 or more each"),
        ({"time_limit_s": -1.0}, "time_limit_s must be 0 or more"),
    ],
)
def test_impossible_settings_are_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(TrainingConfigError, match=message):
        check_tuning_config(TuningConfig(**settings))
