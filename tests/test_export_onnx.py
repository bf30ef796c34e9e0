from __future__ import annotations

from pathlib import Path

import pytest
import torch

import export_onnx
from tests.helpers.builders import tiny_sam


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    path = tmp_path / "weights.pth"
    torch.save(tiny_sam().state_dict(), path)
    return path


def test_checkpoint_alone_is_enough_for_both_files(
    checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out"
    status = export_onnx.main(["--checkpoint", str(checkpoint), "--output", str(output)])
    assert status == 0
    assert {path.name for path in output.iterdir()} == {"tiny_decoder.onnx", "tiny_encoder.onnx"}
    assert f"{output / 'tiny_decoder.onnx'} " in capsys.readouterr().out


def test_official_signature_has_its_own_name(checkpoint: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    arguments = ["--model", "tiny", "--checkpoint", str(checkpoint), "--output", str(output)]
    options = ["--part", "decoder", "--official-signature", "--return-single-mask"]
    assert export_onnx.main(arguments + options) == 0
    assert [path.name for path in output.iterdir()] == ["tiny_decoder_official.onnx"]


def test_wrong_checkpoint_is_told_in_one_line(
    checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--model", "maskwright_s", "--checkpoint", str(checkpoint)]
    assert export_onnx.main([*arguments, "--output", str(tmp_path)]) == 1
    message = capsys.readouterr().err
    assert message.startswith(f"export_onnx: checkpoint {checkpoint} must hold the ")
    assert message.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--model", "vit_b"], "--model vit_b needs the weights file: add --checkpoint FILE"),
        (["--return-single-mask"], "--return-single-mask goes with --official-signature"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        export_onnx.main([*arguments, "--output", str(tmp_path)])
    assert message in capsys.readouterr().err
