"""Export a model to ONNX: ``python export_onnx.py --model maskwright_s --output DIR``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sam_core.build_sam import (
    SHIPPED_WEIGHTS,
    build_from_checkpoint,
    sam_model_registry,
)
from sam_core.errors import SamCoreError
from sam_core.export.onnx_decoder import export_decoder, export_official_decoder
from sam_core.export.onnx_encoder import export_encoder
from sam_core.modeling import Sam

SHIPPED_MODEL = "maskwright_s"


def main(arguments: Sequence[str] | None = None) -> int:
    """Export the files that the command line asks for.

    Args:
        arguments: Command line without the program's name; ``None`` takes ``sys.argv``.

    Returns:
        Exit status: 0, or 1 after an error that was written to stderr.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.checkpoint is None and options.model not in (None, SHIPPED_MODEL):
        parser.error(f"--model {options.model} needs the weights file: add --checkpoint FILE")
    if options.return_single_mask and not options.official_signature:
        parser.error("--return-single-mask goes with --official-signature")
    try:
        name, sam = _load(options.model, options.checkpoint)
        for path in _export(sam, name, options):
            sys.stdout.write(f"{path} {path.stat().st_size / 1e6:.1f} MB\n")
    except SamCoreError as error:
        sys.stderr.write(f"export_onnx: {error}\n")
        return 1
    return 0


def _export(sam: Sam, name: str, options: argparse.Namespace) -> list[Path]:
    folder: Path = options.output
    written = []
    if options.part in ("decoder", "both"):
        suffix = "_official" if options.official_signature else ""
        written.append(folder / f"{name}_decoder{suffix}.onnx")
        if options.official_signature:
            export_official_decoder(
                sam, written[-1], model_name=name, return_single_mask=options.return_single_mask
            )
        else:
            export_decoder(sam, written[-1], model_name=name)
    if options.part in ("encoder", "both"):
        written.append(folder / f"{name}_encoder.onnx")
        export_encoder(sam, written[-1], model_name=name)
    return written


def _load(model: str | None, checkpoint: Path | None) -> tuple[str, Sam]:
    if checkpoint is None:
        return SHIPPED_MODEL, sam_model_registry[SHIPPED_MODEL](checkpoint=SHIPPED_WEIGHTS)
    if model is None:
        return build_from_checkpoint(checkpoint)
    return model, sam_model_registry[model](checkpoint=checkpoint)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Export encoder and decoder to ONNX. A file is kept only if onnxruntime "
        "gives what torch gives.",
    )
    parser.add_argument(
        "--model",
        choices=sorted(sam_model_registry),
        help="model; without it the checkpoint tells, or the model that ships is taken",
    )
    parser.add_argument(
        "--checkpoint", type=Path, help="weights file; needed for all but the model that ships"
    )
    parser.add_argument("--output", type=Path, required=True, help="folder for the files")
    parser.add_argument(
        "--part", choices=("both", "decoder", "encoder"), default="both", help="what to export"
    )
    parser.add_argument(
        "--official-signature",
        action="store_true",
        help="decoder with the inputs and outputs of the published segment_anything export",
    )
    parser.add_argument(
        "--return-single-mask",
        action="store_true",
        help="with --official-signature: let the graph pick one mask",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
