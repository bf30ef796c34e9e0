"""Masked pre-training of an image encoder, resumable at any moment."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from sam_core.build_sam import build_for_training
from sam_core.data.image_cache import open_cache
from sam_core.data.image_crops import ImageCrops
from sam_core.data.loader import sample_loader
from sam_core.errors import CheckpointError, TrainingConfigError
from sam_core.modeling import HybridImageEncoder, PlainImageEncoder
from sam_core.modeling.masked_autoencoder import (
    PATCH,
    MaskedAutoencoder,
    random_patch_mask,
    reconstruct_for_figure,
)
from sam_core.training.checkpoint_file import read_own_checkpoint, write_checkpoint
from sam_core.training.config import PretrainingConfig, PretrainingStage
from sam_core.training.initial_weights import read_run
from sam_core.training.memory import name_setting_to_lower
from sam_core.training.optimizer import build_optimizer, set_learning_rate
from sam_core.training.run_log import RunLog

logger = logging.getLogger(__name__)
LOG_EVERY = 20
LOG_COLUMNS = ("loss", "gradient_norm", "learning_rate")
SHOWN_IMAGES = 4
IMAGE_DIMS = 4
DRAWS_PER_STEP = 1000


class Pretrainer:
    """Train an encoder to predict hidden patches, writing checkpoints and a log to a folder.

    The checkpoint's ``encoder`` is what a fit starts from with ``initial_weights``.

    Args:
        config: Settings of the run.
        images: Folder of photographs, with the folders inside it.
        output: Folder for ``checkpoint.pt``, ``log.csv`` and ``reconstructions.png``; made if
            missing.

    Raises:
        DatasetError: If the folder of photographs is missing or empty.
        TrainingConfigError: If the model is none of ours, or the output folder holds a
            checkpoint of another run.
    """

    def __init__(self, config: PretrainingConfig, images: Path, output: Path) -> None:
        self.config = config
        self.images = images
        self.output = output
        self.cache = open_cache(config.cache_dir, config.longest_side)
        self._crops(config.stages[0])  # a wrong folder is told before anything is made
        if config.threads:
            torch.set_num_threads(config.threads)
        torch.manual_seed(config.seed)
        self.autoencoder = _build_autoencoder(config.model).train()
        for parameter in self.autoencoder.parameters():
            if parameter.ndim == IMAGE_DIMS:
                parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
        output.mkdir(parents=True, exist_ok=True)
        self.optimizer = build_optimizer(self.autoencoder, config)
        self.step = 0
        self._resume()

    def fit(self) -> None:
        """Train until all stages are done, then draw what the model makes of four images.

        Whatever ends the run earlier, it is saved.
        """
        try:
            with self._open_log() as log:
                while self.step < self.config.total_steps:
                    index, stage = self.config.stage_at(self.step)
                    logger.info("stage %d from step %d: %s", index + 1, self.step, stage)
                    with name_setting_to_lower(
                        f"images_per_step ({stage.images_per_step}) or image_size "
                        f"({stage.image_size})"
                    ):
                        self._run_stage(index, stage, log)
        finally:
            self.save()
        self._draw_reconstructions()

    def save(self) -> None:
        """Write the checkpoint; a kill in the middle leaves the earlier one."""
        state = {
            "model_name": self.config.model,
            "step": self.step,
            "encoder": self.autoencoder.encoder.state_dict(),
            "autoencoder": self.autoencoder.state_dict(),
            "optimizer": self.optimizer.state_dict(),
        }
        write_checkpoint(state, self.output)

    def _open_log(self) -> RunLog:
        return RunLog(
            self.output,
            LOG_COLUMNS,
            first_step=self.step,
            total_steps=self.config.total_steps,
            every=LOG_EVERY,
            tensorboard=self.config.tensorboard,
        )

    def _run_stage(self, index: int, stage: PretrainingStage, log: RunLog) -> None:
        saved = time.monotonic()
        for images in self._batches(stage):
            values = self._train_on(images)
            self.step += 1
            log.add(self.step, values, stage.images_per_step)
            now = time.monotonic()
            if now - saved > self.config.save_every_s:
                self.save()
                saved = now
            if self.config.stage_at(self.step)[0] != index:
                break

    def _train_on(self, images: Tensor) -> dict[str, float]:
        rate = set_learning_rate(self.optimizer, self.config, self.step)
        torch.manual_seed(self.config.seed + 1 + self.step)
        patches = (images.shape[-1] // PATCH) ** 2
        masked = random_patch_mask(len(images), patches, self.config.masked_share)
        low_precision = self.config.precision == "bfloat16"
        with torch.autocast(images.device.type, torch.bfloat16, enabled=low_precision):
            loss = self.autoencoder.loss(
                images.contiguous(memory_format=torch.channels_last), masked
            )
        self.optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        norm = nn.utils.clip_grad_norm_(self.autoencoder.parameters(), self.config.gradient_clip)
        if torch.isfinite(norm):
            self.optimizer.step()
        else:
            logger.warning("step %d skipped: the gradient is not finite", self.step)
        return {"loss": float(loss.detach()), "gradient_norm": float(norm), "learning_rate": rate}

    def _batches(self, stage: PretrainingStage) -> Iterator[Tensor]:
        first = self.step * DRAWS_PER_STEP
        count = stage.images_per_step * stage.steps
        loader = sample_loader(
            self._crops(stage), first, count, stage.images_per_step, self.config.workers
        )
        return iter(loader)

    def _crops(self, stage: PretrainingStage) -> ImageCrops:
        return ImageCrops(self.images, stage.image_size, self.config.seed, self.cache)

    def _resume(self) -> None:
        state = read_own_checkpoint(self.output, self.config.model, "autoencoder")
        if state is None:
            return
        self.autoencoder.load_state_dict(state["autoencoder"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step = state["step"]
        logger.info("continued from step %d", self.step)

    def _draw_reconstructions(self) -> None:
        self.autoencoder.eval()
        crops = self._crops(self.config.stages[-1])
        rows = []
        for number in range(SHOWN_IMAGES):
            pixels = crops[number].permute(1, 2, 0).contiguous().numpy()
            figure = reconstruct_for_figure(
                self.autoencoder, pixels, self.config.masked_share, seed=number
            )
            rows.append(np.concatenate(figure, axis=1))
        path = self.output / "reconstructions.png"
        Image.fromarray(np.concatenate(rows)).save(path)
        logger.info("image, visible patches and reconstruction of %d crops: %s", SHOWN_IMAGES, path)


def load_autoencoder(checkpoint: str | Path) -> MaskedAutoencoder:
    """Return the model of a pre-training, for figures.

    Args:
        checkpoint: ``checkpoint.pt`` of the run.

    Raises:
        CheckpointError: If the file is missing, damaged or of another kind.
    """
    state = read_run(checkpoint, "checkpoint")
    if "autoencoder" not in state:
        raise CheckpointError(
            f"checkpoint must be that of a pre-training, got another kind in {checkpoint}"
        )
    autoencoder = _build_autoencoder(state["model_name"])
    autoencoder.load_state_dict(state["autoencoder"])
    return autoencoder.eval()


def _build_autoencoder(model_name: str) -> MaskedAutoencoder:
    # The weights do not depend on the side of the input, so any side builds the same model.
    encoder = build_for_training(model_name, PATCH).image_encoder
    if not isinstance(encoder, HybridImageEncoder | PlainImageEncoder):
        raise TrainingConfigError(
            f"model must have an encoder that can be pre-trained, got {type(encoder).__name__}"
        )
    return MaskedAutoencoder(encoder)
