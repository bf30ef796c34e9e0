"""``python -m sam_core.figures``: draw the figures of the documents anew."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from matplotlib.figure import Figure

from sam_core.build_sam import build_default, build_from_checkpoint
from sam_core.errors import SamCoreError
from sam_core.figures import (
    cost,
    decoding,
    diagrams,
    embedding,
    interaction,
    losses,
    masking,
    positions,
)
from sam_core.figures.scenes import PHOTO_FOLDERS, TARGETS, load_photos, target_named
from sam_core.figures.style import FigureError, Pixels, save_figure
from sam_core.predictor import SamPredictor
from sam_core.prompts import BoxPrompt, PointPrompt, PromptSet
from sam_core.training.pretrainer import load_autoencoder

CUP_CLICK = PointPrompt(290.0, 215.0, 1)
PATCH_CLICK = PointPrompt(170.0, 385.0, 1)
"""Ambiguous clicks: the cup, or the saucer with it; a patch, the suit, or the person."""

INNER_CLICK = PromptSet((PointPrompt(292.0, 110.0, 1),))
CUP_PROMPTS = PromptSet(
    (PointPrompt(288.0, 150.0, 1), PointPrompt(450.0, 230.0, 0)), BoxPrompt(170, 15, 408, 310)
)
EYE = (0.38, 0.38)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the figures and return the exit status."""
    options = _build_parser().parse_args(arguments)
    try:
        _draw_all(options)
    except SamCoreError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    return 0


def figure_makers(
    predictor: SamPredictor, photos: dict[str, Pixels]
) -> dict[str, Callable[[], Figure]]:
    """Return what draws each figure, by the name of its file without the suffix.

    Args:
        predictor: Holds the model to be shown.
        photos: By name, as `load_photos` gives them.
    """
    sam = predictor.model
    coffee, cat = photos["coffee"], photos["chelsea"]
    progress = [(photos[t.photo], t) for t in (target_named("cup"), target_named("person"))]
    ambiguous = [(coffee, CUP_CLICK), (photos["astronaut"], PATCH_CLICK)]
    everything = [(photos[target.photo], target) for target in TARGETS]
    return {
        "masking": lambda: masking.draw_masking(coffee),
        "tensors": lambda: diagrams.draw_tensors(sam),
        "attention_reach": lambda: embedding.draw_attention_reach(predictor, cat, EYE),
        "embedding_map": lambda: embedding.draw_embedding_map(predictor, [coffee, cat]),
        "position_similarity": lambda: positions.draw_position_similarity(
            sam.prompt_encoder.pe_layer
        ),
        "drawn_prompts": lambda: decoding.draw_drawn_prompts(predictor, coffee, CUP_PROMPTS),
        "hypernetwork": lambda: decoding.draw_hypernetwork(predictor, coffee, INNER_CLICK),
        "candidates": lambda: interaction.draw_candidates(predictor, ambiguous),
        "losses": losses.draw_losses,
        "simulated_click": lambda: interaction.draw_simulated_click(
            predictor, coffee, target_named("cup and saucer")
        ),
        "click_by_click": lambda: interaction.draw_click_by_click(predictor, progress),
        "cost": lambda: cost.draw_cost(sam),
        "data_engine": diagrams.draw_data_engine,
        "gallery": lambda: interaction.draw_gallery(predictor, everything),
    }


def _draw_all(options: argparse.Namespace) -> None:
    photos = load_photos(options.images)
    sam = build_from_checkpoint(options.checkpoint)[1] if options.checkpoint else build_default()
    makers = figure_makers(SamPredictor(sam), photos)
    if options.mae_checkpoint:
        makers["reconstruction"] = _reconstruction_maker(options.mae_checkpoint, photos)
    else:
        sys.stdout.write("reconstruction.png skipped: it needs --mae-checkpoint\n")
    unknown = sorted(set(options.only or ()) - set(makers))
    if unknown:
        raise FigureError(f"--only must name figures of {sorted(makers)}, got {unknown}")
    options.output.mkdir(parents=True, exist_ok=True)
    for name in options.only or makers:
        path = save_figure(makers[name](), options.output / f"{name}.png")
        sys.stdout.write(f"{path}  {path.stat().st_size / 1000:.0f} kB\n")


def _reconstruction_maker(path: Path, photos: dict[str, Pixels]) -> Callable[[], Figure]:
    autoencoder = load_autoencoder(path)
    shown = [photos[name] for name in ("chelsea", "coffee", "astronaut")]
    return lambda: masking.draw_reconstruction(autoencoder, shown)


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sam_core.figures", description=__doc__)
    parser.add_argument("--output", type=Path, required=True, help="folder for the PNG files")
    parser.add_argument(
        "--images",
        type=Path,
        nargs="+",
        default=list(PHOTO_FOLDERS),
        help="folders of the photographs; default: those of the project",
    )
    parser.add_argument("--checkpoint", type=Path, help="weights; default: the shipped model")
    parser.add_argument(
        "--mae-checkpoint",
        type=Path,
        help="checkpoint.pt of a pre-training, for reconstruction.png, which is skipped without",
    )
    parser.add_argument("--only", nargs="+", help="names of figures; default: all")
    return parser


if __name__ == "__main__":
    sys.exit(main())
