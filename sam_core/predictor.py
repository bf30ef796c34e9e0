"""Encode an image once, then predict masks for as many prompts as one likes."""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sam_core.errors import ImageError, ImageNotSetError, PromptError
from sam_core.modeling import Sam
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.prompts import PADDING_LABEL, PromptSet
from sam_core.transforms import ResizeLongestSide, image_to_model_coords

FloatArray: TypeAlias = NDArray[np.float32]
NumberArray: TypeAlias = NDArray[np.floating[Any]] | NDArray[np.integer[Any]]


class Prediction(NamedTuple):
    """What the decoder offers for one object: n candidates, in the order of its tokens.

    ``masks`` (n, height, width) bool at image size, ``iou_predictions`` (n,), and
    ``low_res_logits`` (n, mask height, mask width), which may come back as a mask prompt.
    """

    masks: NDArray[np.bool_]
    iou_predictions: FloatArray
    low_res_logits: FloatArray


class SamPredictor:
    """Predict masks for one image at a time, with the interface of the published package.

    Args:
        sam_model: The model; it stays on its device.
    """

    def __init__(self, sam_model: Sam) -> None:
        self.model = sam_model
        self.transform = ResizeLongestSide(sam_model.image_size)
        self.reset_image()

    def reset_image(self) -> None:
        """Forget the image."""
        self.is_image_set = False
        self.features: Tensor | None = None
        self.high_res_features: tuple[Tensor, ...] = ()
        self.original_size: tuple[int, int] | None = None
        self.input_size: tuple[int, int] | None = None

    @property
    def device(self) -> torch.device:
        """The device that the model lies on."""
        return self.model.device

    def set_image(self, image: NDArray[np.uint8], image_format: str = "RGB") -> None:
        """Encode an image; the predictions that follow are for it.

        Args:
            image: (height, width, 3), upright, 0 to 255.
            image_format: Order of the channels, "RGB" or "BGR".

        Raises:
            ImageError: If the array is not such an image.
        """
        _check_pixels(image, image_format)
        if image_format != self.model.image_format:
            image = np.ascontiguousarray(image[..., ::-1])
        scaled = torch.as_tensor(self.transform.apply_image(image), device=self.device)
        pixels = scaled.permute(2, 0, 1).contiguous()[None]
        self.set_torch_image(pixels, (image.shape[0], image.shape[1]))

    @torch.no_grad()
    def set_torch_image(
        self, transformed_image: Tensor, original_image_size: tuple[int, ...]
    ) -> None:
        """Encode an image that was scaled already.

        Args:
            transformed_image: (1, 3, height, width), the model's channel order, 0 to 255,
                the longer side as long as the model's input.
            original_image_size: Height, width before scaling.

        Raises:
            ImageError: If the tensor is not such an image.
        """
        self._check_scaled(transformed_image)
        self.reset_image()
        pixels = self.model.preprocess(transformed_image.to(self.device))
        features = self.model.encode_image(pixels)
        self._keep(features, original_image_size, tuple(transformed_image.shape[-2:]))

    def set_features(self, features: ImageFeatures, original_size: tuple[int, ...]) -> None:
        """Take features that were computed earlier, by the same model, instead of an image.

        Args:
            features: As `Sam.encode_image` gave them, for a batch of one image.
            original_size: Height, width of the upright image.

        Raises:
            ImageError: If the embedding has another shape than this model's.
        """
        prompt_encoder = self.model.prompt_encoder
        expected = (1, prompt_encoder.embed_dim, *prompt_encoder.image_embedding_size)
        got = tuple(features.image_embeddings.shape)
        if got != expected:
            raise ImageError(
                f"image embedding must have shape {expected}, got {got}; "
                "encode the image again with this model"
            )
        height, width = original_size[:2]
        input_size = self.transform.get_preprocess_shape(height, width, self.model.image_size)
        like = self.model.pixel_mean
        on_device = ImageFeatures(
            features.image_embeddings.to(like),
            tuple(level.to(like) for level in features.high_res_features),
        )
        self._keep(on_device, original_size, input_size)

    def get_image_embedding(self) -> Tensor:
        """Return the image's embedding, (1, channels, rows, columns).

        Raises:
            ImageNotSetError: If no image was set.
        """
        return self._current().features.image_embeddings

    def predict(
        self,
        point_coords: NumberArray | None = None,
        point_labels: NumberArray | None = None,
        box: NumberArray | None = None,
        mask_input: FloatArray | None = None,
        multimask_output: bool = True,
        return_logits: bool = False,
    ) -> tuple[NDArray[Any], FloatArray, FloatArray]:
        """Return masks for one object, with the published rule for coordinates.

        Args:
            point_coords: (n, 2) x, y in pixel indices of the image.
            point_labels: (n,) 1 on the object, 0 beside it.
            box: (4,) or (1, 4) left, top, right, bottom in pixel indices of the image.
            mask_input: (1, mask height, mask width) logits of an earlier prediction.
            multimask_output: Whether to return the three candidates of an ambiguous prompt.
            return_logits: Whether masks come as logits instead of booleans.

        Returns:
            Masks (n, height, width), predicted IoU (n,), and low-resolution logits
            (n, mask height, mask width).

        Raises:
            ImageNotSetError: If no image was set.
            PromptError: If the prompts are malformed.
        """
        size = self._current().original_size
        coords = labels = boxes = masks = None
        if point_coords is not None or point_labels is not None:
            coords, labels = self._points_as_batch(point_coords, point_labels, size)
        if box is not None:
            if np.shape(box) == (1, 4):  # as the published examples give it
                box = box[0]
            _check_array("box", box, (4,))
            boxes = self._tensor(self.transform.apply_boxes(box, size))
        if mask_input is not None:
            _check_array("mask_input", mask_input, (1, *self.model.prompt_encoder.mask_input_size))
            masks = self._tensor(mask_input)[None]
        out_masks, iou_predictions, low_res = self.predict_torch(
            coords, labels, boxes, masks, multimask_output, return_logits
        )
        return _to_numpy(out_masks[0]), _to_numpy(iou_predictions[0]), _to_numpy(low_res[0])

    @torch.no_grad()
    def predict_torch(
        self,
        point_coords: Tensor | None,
        point_labels: Tensor | None,
        boxes: Tensor | None = None,
        mask_input: Tensor | None = None,
        multimask_output: bool = True,
        return_logits: bool = False,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return masks for a batch of objects whose prompts are in model space already.

        Args:
            point_coords: (b, n, 2) x, y in pixel indices of model space.
            point_labels: (b, n) 1 on the object, 0 beside it, -1 padding.
            boxes: (b, 4) corners in pixel indices of model space.
            mask_input: (b, 1, mask height, mask width) logits of earlier predictions.
            multimask_output: Whether to return the three candidates of an ambiguous prompt.
            return_logits: Whether masks come as logits instead of booleans.

        Returns:
            Masks (b, n, height, width), predicted IoU (b, n), and low-resolution logits
            (b, n, mask height, mask width), on the model's device.

        Raises:
            ImageNotSetError: If no image was set.
            PromptError: If there are points without labels.
        """
        image = self._current()
        points = None
        if point_coords is not None:
            if point_labels is None:
                raise PromptError("point_labels must be given with point_coords, got None")
            points = (point_coords, point_labels)
        prompt_encoder = self.model.prompt_encoder
        sparse, dense = prompt_encoder(points=points, boxes=boxes, masks=mask_input)
        logits, iou_predictions = self.model.mask_decoder(
            image_embeddings=image.features.image_embeddings,
            image_pe=prompt_encoder.get_dense_pe(),
            sparse_prompt_embeddings=sparse,
            dense_prompt_embeddings=dense,
            multimask_output=multimask_output,
            high_res_features=image.features.high_res_features,
        )
        logits = prompt_encoder.hold_prompts(logits, points, boxes, mask_input)
        masks = self.model.postprocess_masks(logits, image.input_size, image.original_size)
        if not return_logits:
            masks = masks > self.model.mask_threshold
        return masks, iou_predictions, logits

    @torch.no_grad()
    def predict_prompts(self, prompts: PromptSet) -> Prediction:
        """Return what the product offers for the prompts of one object.

        This is the path of a click in the browser, in Python: continuous image coordinates,
        the inputs of the exported decoder, three candidates for a single point and token 0
        for anything else.

        Args:
            prompts: Points, box and mask in image space.

        Raises:
            ImageNotSetError: If no image was set.
            PromptError: If a prompt does not fit the image or the model.
        """
        image = self._current()
        prompts.check_inside(image.original_size)
        encoder = self.model.prompt_encoder
        coords, labels = (
            self._tensor(part)
            for part in decoder_inputs(prompts, image.original_size, image.input_size)
        )
        mask_input, has_mask = self._mask_tensors(prompts)
        logits, iou_predictions = self.model.mask_decoder(
            image_embeddings=image.features.image_embeddings,
            image_pe=encoder.get_dense_pe(),
            sparse_prompt_embeddings=encoder.embed_tokens(coords, labels),
            dense_prompt_embeddings=encoder.embed_dense(coords, labels, mask_input, has_mask),
            multimask_output=prompts.is_ambiguous,
            high_res_features=image.features.high_res_features,
        )
        logits = encoder.hold_clicks(logits, coords, labels, has_mask)
        masks = self.model.postprocess_masks(logits, image.input_size, image.original_size)
        return Prediction(
            _to_numpy(masks[0] > self.model.mask_threshold),
            _to_numpy(iou_predictions[0]),
            _to_numpy(logits[0]),
        )

    def _current(self) -> "_CurrentImage":
        if self.features is None or self.original_size is None or self.input_size is None:
            raise ImageNotSetError(
                "an image must be set before a prediction, got none; call set_image first"
            )
        features = ImageFeatures(self.features, self.high_res_features)
        return _CurrentImage(features, self.original_size, self.input_size)

    def _keep(
        self, features: ImageFeatures, original_size: tuple[int, ...], input_size: tuple[int, ...]
    ) -> None:
        self.features = features.image_embeddings
        self.high_res_features = tuple(features.high_res_features)
        self.original_size = (int(original_size[0]), int(original_size[1]))
        self.input_size = (int(input_size[0]), int(input_size[1]))
        self.is_image_set = True

    def _check_scaled(self, pixels: Tensor) -> None:
        side = self.model.image_size
        shape = tuple(pixels.shape)
        if len(shape) != 4 or shape[:2] != (1, 3) or max(shape[2:]) != side:
            raise ImageError(
                f"transformed image must have shape (1, 3, height, width) with a longer side of "
                f"{side}, got {shape}; scale it with transform.apply_image_torch"
            )

    def _points_as_batch(
        self,
        point_coords: NumberArray | None,
        point_labels: NumberArray | None,
        size: tuple[int, int],
    ) -> tuple[Tensor, Tensor]:
        if point_coords is None or point_labels is None:
            given = "point_labels" if point_coords is None else "point_coords"
            raise PromptError(f"points must have coordinates and labels, got only {given}")
        if len(point_coords) != len(point_labels):
            raise PromptError(
                f"points must have one label each, got {len(point_coords)} points "
                f"and {len(point_labels)} labels"
            )
        _check_array("point_coords", point_coords, (len(point_labels), 2))
        coords = self._tensor(self.transform.apply_coords(point_coords, size))
        return coords[None], self._tensor(point_labels)[None]

    def _mask_tensors(self, prompts: PromptSet) -> tuple[Tensor, Tensor]:
        size = self.model.prompt_encoder.mask_input_size
        if prompts.mask is None:
            return self._tensor(np.zeros((1, 1, *size))), self._tensor(np.zeros(1))
        _check_array("mask logits", prompts.mask.logits, size)
        return self._tensor(prompts.mask.logits)[None, None], self._tensor(np.ones(1))

    def _tensor(self, values: NumberArray) -> Tensor:
        return torch.as_tensor(np.asarray(values)).to(self.model.pixel_mean)


class _CurrentImage(NamedTuple):
    features: ImageFeatures
    original_size: tuple[int, int]
    input_size: tuple[int, int]


def decoder_inputs(
    prompts: PromptSet, image_size: tuple[int, int], input_size: tuple[int, int]
) -> tuple[FloatArray, FloatArray]:
    """Return the point inputs of the exported decoder for the prompts of one object.

    Points come first, then either the two corners of the box or one padding point: the
    networks always saw one of these in training.

    Args:
        prompts: Points and box in image space.
        image_size: Height, width of the upright image.
        input_size: Height, width after scaling, before padding.

    Returns:
        ``point_coords`` (1, n, 2) in pixel indices of model space and ``point_labels``
        (1, n).
    """
    points_image, labels = prompts.coords_and_labels()
    coords = image_to_model_coords(points_image, image_size, input_size)
    if prompts.box is None:
        coords = np.concatenate([coords, np.zeros((1, 2))])
        labels = np.concatenate([labels, [PADDING_LABEL]])
    return coords[np.newaxis].astype(np.float32), labels[np.newaxis].astype(np.float32)


def _check_pixels(image: NDArray[np.uint8], image_format: str) -> None:
    if image_format not in ("RGB", "BGR"):
        raise ImageError(f'image_format must be "RGB" or "BGR", got {image_format!r}')
    if image.ndim != 3 or image.shape[2] != 3 or 0 in image.shape:
        raise ImageError(
            f"image must have shape (height, width, 3), got {image.shape}; convert it to RGB first"
        )
    if image.dtype != np.uint8:
        raise ImageError(
            f"image must hold uint8 values from 0 to 255, got {image.dtype}; scale and convert it"
        )


def _check_array(name: str, values: NumberArray, shape: tuple[int, ...]) -> None:
    if np.shape(values) != shape:
        raise PromptError(f"{name} must have shape {shape}, got {np.shape(values)}")
    if not bool(np.isfinite(values).all()):
        raise PromptError(f"{name} must be finite, got NaN or infinity")


def _to_numpy(tensor: Tensor) -> NDArray[Any]:
    array: NDArray[Any] = tensor.detach().cpu().numpy()
    return array
