"""The model that this server runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from app.config import AppConfig
from app.domain.embedding import Crop
from app.errors import StartUpError
from app.services.embedding_file import format_embedding
from app.services.encode_interruption import interruptible
from sam_core.build_sam import build_default, sam_model_registry
from sam_core.checkpoints import encoder_id, model_id
from sam_core.errors import CheckpointError
from sam_core.modeling import Sam
from sam_core.predictor import SamPredictor

SHIPPED_MODEL = "maskwright_s"


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model with its names.

    Attributes:
        sam: The network, in evaluation mode.
        name: Its name in the registry.
        model_id: Hash of all weights and the preprocessing; masks and decoders carry it.
        encoder_id: Hash of the encoder and the preprocessing; embeddings carry it. Computed
            if it is left out.
    """

    sam: Sam
    name: str
    model_id: str
    encoder_id: str = ""

    def __post_init__(self) -> None:
        """Complete what was left out."""
        if not self.encoder_id:
            object.__setattr__(self, "encoder_id", encoder_id(self.sam))

    @property
    def current(self) -> "ServedModel":
        """Itself: a model that is never switched is its own source."""
        return self

    @property
    def parameter_count(self) -> int:
        """Number of weights."""
        return sum(parameter.numel() for parameter in self.sam.parameters())

    @property
    def mask_size(self) -> int:
        """Side of the square low-resolution logits."""
        return int(self.sam.prompt_encoder.mask_input_size[0])

    def encode(
        self,
        pixels: NDArray[np.uint8],
        must_stop: Callable[[], bool] = lambda: False,
        crop: Crop | None = None,
    ) -> bytes:
        """Return the embedding file of an image.

        Args:
            pixels: (height, width, 3) upright RGB.
            must_stop: Asked between parts of the work; true ends it.
            crop: The part of the image that is encoded; ``None`` for all of it.

        Raises:
            EncodeInterrupted: If it had to stop.
            ServerFaultError: If the features are not finite in half precision.
        """
        predictor = SamPredictor(self.sam)
        with interruptible(self.sam.image_encoder, must_stop):
            predictor.set_image(pixels if crop is None else cut_out(pixels, crop))
        return format_embedding(predictor, self.encoder_id, crop, pixels.shape[:2])


def cut_out(pixels: NDArray[np.uint8], crop: Crop) -> NDArray[np.uint8]:
    """Return a part of an image as pixels of its own.

    Args:
        pixels: (height, width, 3) upright RGB.
        crop: Within it.
    """
    left, top, right, bottom = crop.box_xyxy
    return np.ascontiguousarray(pixels[top:bottom, left:right])


class ModelSource(Protocol):
    """Where services get the model from that is served at this moment.

    A service asks once for each piece of work, so that no work is done with two models.
    """

    @property
    def current(self) -> ServedModel:
        """The model that is served now."""


def load_model(config: AppConfig) -> ServedModel:
    """Return the model that the settings ask for, ready to run.

    Raises:
        StartUpError: If the name is unknown, or the weights are missing or wrong.
    """
    if config.threads > 0:
        torch.set_num_threads(config.threads)
    if config.model not in sam_model_registry:
        names = ", ".join(sorted(sam_model_registry))
        raise StartUpError(f"--model must be one of {names}, got {config.model}")
    if config.checkpoint is None and config.model != SHIPPED_MODEL:
        raise StartUpError(
            f"--model {config.model} needs its weights; "
            "name the downloaded file with --checkpoint FILE"
        )
    try:
        if config.checkpoint is None:
            sam = build_default()
        else:
            sam = sam_model_registry[config.model](checkpoint=config.checkpoint)
    except CheckpointError as error:
        raise StartUpError(str(error)) from error
    sam.eval().requires_grad_(False)
    return ServedModel(sam, config.model, model_id(sam))
