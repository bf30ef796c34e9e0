"""The whole model: encoder, prompt encoder and decoder under one roof."""

from collections.abc import Sequence
from typing import Any

import torch
from jaxtyping import Float, Shaped
from torch import Tensor, nn
from torch.nn import functional

from sam_core.modeling.hybrid_encoder import HybridImageEncoder, ImageFeatures
from sam_core.modeling.mask_decoder import MaskDecoder
from sam_core.modeling.object_detector import ObjectDetector
from sam_core.modeling.plain_encoder import PlainImageEncoder
from sam_core.modeling.prompt_encoder import PromptEncoder

IMAGENET_MEAN = (123.675, 116.28, 103.53)
IMAGENET_STD = (58.395, 57.12, 57.375)
EMBEDDING_STRIDE = 16


class Sam(nn.Module):
    """Predict masks from an image and prompts.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, figure 4.

    Args:
        image_encoder: Maps padded images to an embedding or to :class:`ImageFeatures`.
        prompt_encoder: Embeds points, boxes and masks.
        mask_decoder: Predicts masks from the embeddings.
        pixel_mean: Mean of R, G, B on the scale 0 to 255.
        pixel_std: Standard deviation of R, G, B on the same scale.
    """

    mask_threshold: float = 0.0
    image_format: str = "RGB"
    pixel_mean: Tensor
    pixel_std: Tensor
    object_detector: ObjectDetector | None
    """Finds objects in the features; only models that have learnt which are meant have one."""

    def __init__(
        self,
        image_encoder: nn.Module,
        prompt_encoder: PromptEncoder,
        mask_decoder: MaskDecoder,
        pixel_mean: Sequence[float] = IMAGENET_MEAN,
        pixel_std: Sequence[float] = IMAGENET_STD,
    ) -> None:
        super().__init__()
        self.image_encoder = image_encoder
        self.prompt_encoder = prompt_encoder
        self.mask_decoder = mask_decoder
        self.object_detector = None
        self.register_buffer("pixel_mean", torch.tensor(pixel_mean).reshape(-1, 1, 1), False)
        self.register_buffer("pixel_std", torch.tensor(pixel_std).reshape(-1, 1, 1), False)

    @property
    def device(self) -> torch.device:
        """The device that the model lies on."""
        return self.pixel_mean.device

    @property
    def image_size(self) -> int:
        """Side of the square model input, in pixels."""
        return int(self.prompt_encoder.input_image_size[0])

    def resize_input(self, image_size: int) -> None:
        """Change the side of the model input, for an encoder that resamples its positions.

        Args:
            image_size: New side in pixels, a multiple of 16.

        Raises:
            ValueError: If the encoder has a fixed input size, or the side does not fit.
        """
        if not isinstance(self.image_encoder, HybridImageEncoder | PlainImageEncoder):
            raise ValueError(
                "image_encoder must resample its positions, got "
                f"{type(self.image_encoder).__name__}, whose input is fixed at "
                f"{self.image_size} pixels; keep that size"
            )
        if image_size <= 0 or image_size % EMBEDDING_STRIDE:
            raise ValueError(f"image_size must be a positive multiple of 16, got {image_size}")
        grid = image_size // EMBEDDING_STRIDE
        self.image_encoder.img_size = image_size
        self.prompt_encoder.input_image_size = (image_size, image_size)
        self.prompt_encoder.image_embedding_size = (grid, grid)
        self.prompt_encoder.mask_input_size = (4 * grid, 4 * grid)

    def encode_image(self, x: Float[Tensor, "b 3 s s"]) -> ImageFeatures:
        """Return what is kept of normalised, padded images in model space."""
        features = self.image_encoder(x)
        if isinstance(features, ImageFeatures):
            return features
        return ImageFeatures(features, ())

    @torch.no_grad()
    def forward(
        self, batched_input: list[dict[str, Any]], multimask_output: bool
    ) -> list[dict[str, Tensor]]:
        """Return masks for several images, each with its own prompts.

        Args:
            batched_input: Per image a dictionary as in the published package: ``image``
                (3, h, w) RGB with its long side at the model's size, ``original_size``
                (height, width), and any of ``point_coords`` (b, n, 2), ``point_labels``
                (b, n), ``boxes`` (b, 4), ``mask_inputs`` (b, 1, mask_h, mask_w), all in
                model space.
            multimask_output: Whether to return the candidates of an ambiguous prompt.

        Returns:
            Per image ``masks`` (b, masks, height, width) bool, ``iou_predictions`` and
            ``low_res_logits``.
        """
        images = torch.stack([self.preprocess(record["image"]) for record in batched_input])
        features = self.encode_image(images)
        return [
            self._predict_one(
                record,
                ImageFeatures(
                    features.image_embeddings[index : index + 1],
                    tuple(level[index : index + 1] for level in features.high_res_features),
                ),
                multimask_output,
            )
            for index, record in enumerate(batched_input)
        ]

    def _predict_one(
        self, record: dict[str, Any], features: ImageFeatures, multimask_output: bool
    ) -> dict[str, Tensor]:
        points = None
        if "point_coords" in record:
            points = (record["point_coords"], record["point_labels"])
        prompts = (points, record.get("boxes"), record.get("mask_inputs"))
        sparse, dense = self.prompt_encoder(*prompts)
        logits, iou_predictions = self.mask_decoder(
            image_embeddings=features.image_embeddings,
            image_pe=self.prompt_encoder.get_dense_pe(),
            sparse_prompt_embeddings=sparse,
            dense_prompt_embeddings=dense,
            multimask_output=multimask_output,
            high_res_features=features.high_res_features,
        )
        logits = self.prompt_encoder.hold_prompts(logits, *prompts)
        masks = self.postprocess_masks(
            logits, tuple(record["image"].shape[-2:]), record["original_size"]
        )
        return {
            "masks": masks > self.mask_threshold,
            "iou_predictions": iou_predictions,
            "low_res_logits": logits,
        }

    def postprocess_masks(
        self,
        masks: Float[Tensor, "b n mask_h mask_w"],
        input_size: tuple[int, ...],
        original_size: tuple[int, ...],
    ) -> Float[Tensor, "b n height width"]:
        """Return logits at image size: enlarge, cut the padding away, resize.

        Args:
            masks: Low-resolution logits of the padded model input.
            input_size: Height and width of the image in model space, before padding.
            original_size: Height and width of the image.
        """
        padded = functional.interpolate(
            masks, (self.image_size, self.image_size), mode="bilinear", align_corners=False
        )
        cropped = padded[..., : input_size[0], : input_size[1]]
        return functional.interpolate(
            cropped, tuple(original_size), mode="bilinear", align_corners=False
        )

    def preprocess(self, x: Shaped[Tensor, "... 3 h w"]) -> Float[Tensor, "... 3 s s"]:
        """Return normalised pixels, padded with zeros on the right and at the bottom."""
        normalised = (x - self.pixel_mean) / self.pixel_std
        height, width = normalised.shape[-2:]
        return functional.pad(normalised, (0, self.image_size - width, 0, self.image_size - height))
