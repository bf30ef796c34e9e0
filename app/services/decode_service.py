"""The path of a click in Python: for clients that cannot run the decoder themselves."""

import time
from collections import OrderedDict
from threading import Lock

import numpy as np

from app.domain.candidate import Candidate, DecodeResult
from app.domain.embedding import EmbeddingKey
from app.domain.image_record import ImageRecord
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
        self, image: ImageRecord, prompts: Prompts, previous: LowResLogits | None
    ) -> DecodeResult:
        """Return the candidates for the prompts of one object.

        Args:
            image: With its embedding ready.
            prompts: In image space.
            previous: Logits of the mask to refine.

        Raises:
            ConflictError: If the embedding is not ready.
            UnprocessableError: If the prompts do not fit the image or the model.
        """
        model, features = self._model.current, self._load(image)
        with self._decoding:
            started = time.perf_counter()
            try:
                predictor = SamPredictor(model.sam)
                predictor.set_features(features, image.size_hw)
                prediction = predictor.predict_prompts(_to_prompt_set(prompts, previous))
            except PromptError as error:
                raise UnprocessableError(
                    "prompt_invalid", str(error), "correct the points, the box or the mask input"
                ) from error
            candidates = _to_candidates(prediction)
            elapsed_ms = (time.perf_counter() - started) * 1000
        return DecodeResult(candidates, model.model_id, round(elapsed_ms, 2))

    def _load(self, image: ImageRecord) -> ImageFeatures:
        key = self._embeddings.key(image)
        with self._lock:
            if key not in self._features:
                self._features[key] = self._read(image)
                if len(self._features) > _KEPT_EMBEDDINGS:
                    self._features.popitem(last=False)
            self._features.move_to_end(key)
            return self._features[key]

    def _read(self, image: ImageRecord) -> ImageFeatures:
        file = self._embeddings.file(image)
        try:
            return load_embedding(file.path)
        except ServerFaultError as error:
            self._embeddings.recompute(image)
            raise ConflictError(
                "embedding_not_ready",
                "the embedding must be ready, got a damaged one, which is computed again",
                "wait for the state 'ready'",
            ) from error


def _to_prompt_set(prompts: Prompts, previous: LowResLogits | None) -> PromptSet:
    mask = None
    if previous is not None:
        halves = np.frombuffer(previous.data, dtype="<f2")
        mask = MaskPrompt(halves.astype(np.float32).reshape(previous.height, previous.width))
    return PromptSet(
        points=tuple(PointPrompt(point.x, point.y, point.label) for point in prompts.points),
        box=None if prompts.box_xyxy is None else BoxPrompt(*prompts.box_xyxy),
        mask=mask,
    )


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
