"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from app.commands.options import add_store_options, to_id, to_path, to_share, to_whole_number


def test_the_store_has_a_folder_and_no_database_of_its_own() -> None:
    parser = argparse.ArgumentParser()
    add_store_options(parser)
    options = parser.parse_args(["--data-dir", "~/masks"])
    assert (options.data_dir, options.database_url) == (Path.home() / "masks", "")


def test_a_path_may_begin_at_home() -> None:
    assert to_path("~/x") == Path.home() / "x"


@pytest.mark.parametrize("text", ["0", "11", "-1", "x", "", "1.5", "٣"])
def test_numbers_beyond_the_limits_are_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="must be from 1 to 10"):
        to_whole_number(text, 1, 10)


def test_an_id_is_what_the_database_can_hold() -> None:
    assert to_id("9223372036854775807") == 2**63 - 1
    with pytest.raises(argparse.ArgumentTypeError):
        to_id("0")


@pytest.mark.parametrize("text", ["-0.1", "1.5", "nan", "much", ""])
def test_a_share_lies_from_0_to_1(text: str) -> None:
    assert to_share("0.25") == 0.25
    with pytest.raises(argparse.ArgumentTypeError, match="from 0 to 1"):
        to_share(text)
