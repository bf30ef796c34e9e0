"""The path of a click in Python: for clients that cannot run the decoder themselves."""

import time
from collections import OrderedDict
from threading import Lock

import numpy as np

from app.domain.candidate import Candidate, DecodeResult
from app.domain.embedding import Crop, EmbeddingKey
from app.domain.image_record import StoredImage
from app.domain.prompts import LowResLogits, Prompts
from app.errors import ConflictError, ServerFaultError, UnprocessableError
from app.services.embedding_file import load_embedding
from app.services.embedding_service import EmbeddingService
from app.services.exact_mask import from_pixels
from app.services.served_model import ModelSource
from sam_core.errors import PromptError
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.predictor import Prediction, SamPredictor
from sam_core.prompts import BoxPrompt, MaskPrompt, PointPrompt, PromptSet

_KEPT_EMBEDDINGS = 4
_LARGEST_HALF = 65504.0


class DecodeService:
    """Runs the decoder on embeddings that are ready.

    Args:
        model: Has the decoder.
        embeddings: Where features come from.
    """

    def __init__(self, model: ModelSource, embeddings: EmbeddingService) -> None:
        self._model = model
        self._embeddings = embeddings
        self._features: OrderedDict[EmbeddingKey, ImageFeatures] = OrderedDict()
        self._lock = Lock()
        # One at a time: the masks of a 100 megapixel image alone take 1.5 GB on the way.
        self._decoding = Lock()

    def decode(
        self,
        image: StoredImage,
        prompts: Prompts,
        previous: LowResLogits | None,
        crop: Crop | None = None,
    ) -> DecodeResult:
        """Return the candidates for the prompts of one object.

        Args:
            image: With its embedding ready.
            prompts: In image space.
            previous: Logits of the mask to refine, on the part that answers.
            crop: The part of the image that answers, with its embedding ready; ``None`` for
                all of it.

        Raises:
            ConflictError: If the embedding is not ready.
            UnprocessableError: If the prompts do not fit the image or the model.
        """
        _check_within(prompts, crop)
        model, features = self._model.current, self._load(image, crop)
        size_hw = image.size_hw if crop is None else (crop.height, crop.width)
        with self._decoding:
            started = time.perf_counter()
            try:
                predictor = SamPredictor(model.sam)
                predictor.set_features(features, size_hw)
                prediction = predictor.predict_prompts(_to_prompt_set(prompts, previous, crop))
            except PromptError as error:
                raise UnprocessableError(
                    "prompt_invalid", str(error), "correct the points, the box or the mask input"
                ) from error
            candidates = _to_candidates(_on_image(prediction, image.size_hw, crop))
            elapsed_ms = (time.perf_counter() - started) * 1000
        return DecodeResult(candidates, model.model_id, round(elapsed_ms, 2))

    def _load(self, image: StoredImage, crop: Crop | None) -> ImageFeatures:
        key = self._embeddings.key(image, crop)
        with self._lock:
            if key not in self._features:
                self._features[key] = self._read(image, crop)
                if len(self._features) > _KEPT_EMBEDDINGS:
                    self._features.popitem(last=False)
            self._features.move_to_end(key)
            return self._features[key]

    def _read(self, image: StoredImage, crop: Crop | None) -> ImageFeatures:
        file = self._embeddings.file(image, crop)
        try:
            return load_embedding(file.path)
        except ServerFaultError as error:
            self._embeddings.recompute(image, crop)
            raise ConflictError(
                "embedding_not_ready",
                "the embedding must be ready, got a damaged one, which is computed again",
                "wait for the state 'ready'",
            ) from error


def _check_within(prompts: Prompts, crop: Crop | None) -> None:
    if crop is None:
        return
    corners = () if prompts.box_xyxy is None else (prompts.box_xyxy[:2], prompts.box_xyxy[2:])
    places = [*((point.x, point.y) for point in prompts.points), *corners]
    outside = [place for place in places if not crop.holds(*place)]
    if outside:
        raise UnprocessableError(
            "prompt_invalid",
            f"prompts must lie on the part of the image that answers, got {outside[0]}",
            "leave crop out, or name a larger part",
        )


def _to_prompt_set(
    prompts: Prompts, previous: LowResLogits | None, crop: Crop | None = None
) -> PromptSet:
    x, y = (0, 0) if crop is None else (crop.left, crop.top)
    mask = None
    if previous is not None:
        halves = np.frombuffer(previous.data, dtype="<f2")
        mask = MaskPrompt(halves.astype(np.float32).reshape(previous.height, previous.width))
    box = prompts.box_xyxy
    return PromptSet(
        points=tuple(PointPrompt(at.x - x, at.y - y, at.label) for at in prompts.points),
        box=None if box is None else BoxPrompt(box[0] - x, box[1] - y, box[2] - x, box[3] - y),
        mask=mask,
    )


def _on_image(prediction: Prediction, size_hw: tuple[int, int], crop: Crop | None) -> Prediction:
    if crop is None:
        return prediction
    masks = np.zeros((len(prediction.masks), *size_hw), dtype=np.bool_)
    left, top, right, bottom = crop.box_xyxy
    masks[:, top:bottom, left:right] = prediction.masks
    return prediction._replace(masks=masks)


def _to_candidates(prediction: Prediction) -> tuple[Candidate, ...]:
    order = np.argsort(-prediction.iou_predictions, kind="stable")
    return tuple(_to_candidate(prediction, int(index)) for index in order)


def _to_candidate(prediction: Prediction, index: int) -> Candidate:
    mask, measures = from_pixels(prediction.masks[index])
    logits = np.clip(prediction.low_res_logits[index], -_LARGEST_HALF, _LARGEST_HALF)
    height, width = logits.shape
    return Candidate(
        mask=mask,
        measures=measures,
        predicted_iou=float(prediction.iou_predictions[index]),
        low_res_logits=LowResLogits(height, width, logits.astype("<f2").tobytes()),
    )
