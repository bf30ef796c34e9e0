"""What a decoder is tuned on: images, their masks, and how a person prompted for them."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
import torch
from jaxtyping import Bool, Float
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.nn import functional

from sam_core.data import MaskDataset
from sam_core.data.erosion import innermost_points
from sam_core.data.records import ImageRecord, decode_mask, read_image
from sam_core.data.scene import MASK_STRIDE
from sam_core.errors import DatasetError
from sam_core.modeling import ImageFeatures
from sam_core.prompts import PromptSet
from sam_core.training.evaluator import skip
from sam_core.training.feature_cache import FeatureSource
from sam_core.training.mirrored_features import mirrored
from sam_core.training.recorded_prompts import RecordedPrompt
from sam_core.training.tuning_config import TuningConfig
from sam_core.transforms import ResizeLongestSide

PixelT = TypeVar("PixelT", bound=np.generic)

INSIDE = 0.5
REMEMBERED_NAMES = 2**17
"""Files whose content is not hashed again while they do not change."""


@dataclass(frozen=True)
class TuningExample:
    """An image with finished masks, or a part of one that is looked at on its own.

    Raises:
        ValueError: If a part is given with prompts, which are known for whole images alone.
    """

    record: ImageRecord
    """Where the image lies, its size, and its masks as run lengths or polygons."""
    prompts: tuple[PromptSet | None, ...] = ()
    """For each mask the prompts that a person gave, in image space; ``None`` where they are not
    known. Empty: of no mask."""
    part_xyxy: tuple[int, int, int, int] | None = None
    """Left, top, right, bottom of the part, in pixels of the image; ``None`` for all of it."""

    def __post_init__(self) -> None:
        if self.part_xyxy is not None and self.prompts:
            raise ValueError("prompts must be empty for a part of an image")

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of what is looked at, in pixels of the image."""
        if self.part_xyxy is None:
            return self.record.height, self.record.width
        left, top, right, bottom = self.part_xyxy
        return bottom - top, right - left

    def cut(self, pixels: NDArray[PixelT]) -> NDArray[PixelT]:
        """Return what is looked at of an array of the image's size, (height, width, ...)."""
        if self.part_xyxy is None:
            return pixels
        left, top, right, bottom = self.part_xyxy
        return np.ascontiguousarray(pixels[top:bottom, left:right])

    @property
    def key(self) -> str:
        """Names the image by its content, for :class:`FeatureCache`: a copy has the same.

        Raises:
            DatasetError: If the file is missing.
        """
        path = self.record.path
        try:
            status = path.stat()
            name = _content_name(path, status.st_mtime_ns, status.st_size)
        except OSError as error:
            raise DatasetError(
                f"image {self.record.image_id} must be an existing file, got {error}"
            ) from error
        return name if self.part_xyxy is None else f"{name}#{self.part_xyxy}"

    def prompt_of(self, index: int) -> PromptSet | None:
        """Return the recorded prompts of a mask, if there are any."""
        return self.prompts[index] if index < len(self.prompts) else None


@dataclass(frozen=True)
class TuningBatch:
    """Features of some images and as many masks of each."""

    features: ImageFeatures
    masks: Tensor
    """(b, k, t, t) coverage of each cell of the decoder's resolution."""
    centres: Tensor
    """(b, k, 2) x, y of the innermost cell of each mask."""
    recorded: list[RecordedPrompt | None]
    """The prompts of each of the b * k masks."""


@lru_cache(maxsize=REMEMBERED_NAMES)
def _content_name(path: Path, _changed_ns: int, _size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def as_examples(dataset: MaskDataset) -> list[TuningExample]:
    """Return the images of a data set that can be read and have masks; others are logged."""
    examples = []
    for index in range(len(dataset)):
        try:
            record = dataset[index]
        except DatasetError as error:
            skip(error)
            continue
        if record.segmentations:
            examples.append(TuningExample(record))
    return examples


def draw_batch(
    examples: Sequence[TuningExample],
    cache: FeatureSource,
    config: TuningConfig,
    rng: np.random.Generator,
) -> TuningBatch:
    """Return a random batch; an image with fewer masks gives some of them more than once.

    A broken image or mask is logged, and another is drawn in its place.

    Raises:
        DatasetError: If hardly any of the images can be used.
    """
    images = config.images_per_step
    drawn: list[_Drawn] = []
    for number in _numbers(examples, 20 * images, config.source_exponent, rng):
        if len(drawn) == images:
            break
        example = examples[number]
        try:
            one = _draw_masks(example, cache, config.masks_per_image, rng)
        except DatasetError as error:
            skip(error)
            continue
        drawn.append(_mirror(one, example, cache) if rng.random() < config.mirror_share else one)
    if len(drawn) < images:
        raise DatasetError(
            f"examples must have masks that can be used, got {len(drawn)} images in "
            f"{20 * images} draws; the log names what is wrong with the others"
        )
    masks = torch.stack([one.masks for one in drawn]).to(cache.sam.device)
    return TuningBatch(
        stack_features([one.features for one in drawn]),
        masks,
        innermost_points(masks),
        [prompt for one in drawn for prompt in one.recorded],
    )


def coverage(mask: Bool[np.ndarray, "h w"], image_size: int) -> Float[Tensor, "t t"]:
    """Return how much of each cell of the decoder's resolution a mask at image size covers."""
    height, width = ResizeLongestSide.get_preprocess_shape(mask.shape[0], mask.shape[1], image_size)
    drawn = Image.fromarray(mask.astype(np.uint8) * 255).resize(
        (width, height), Image.Resampling.BOX
    )
    pixels = torch.from_numpy(np.asarray(drawn, dtype=np.float32) / 255)
    padded = functional.pad(pixels, (0, image_size - width, 0, image_size - height))
    return functional.avg_pool2d(padded[None], MASK_STRIDE)[0]


def features_of(example: TuningExample, cache: FeatureSource) -> ImageFeatures:
    """Return the features of an image, made if they are not kept yet.

    Raises:
        DatasetError: If the image is missing or broken.
    """
    return cache.get(example.key, lambda: example.cut(read_image(example.record)))


class _Drawn(NamedTuple):
    features: ImageFeatures
    masks: Tensor
    recorded: list[RecordedPrompt | None]


def _numbers(
    examples: Sequence[TuningExample], count: int, exponent: float, rng: np.random.Generator
) -> list[int]:
    images = Counter(example.record.source for example in examples)
    shares = np.array([images[example.record.source] ** -exponent for example in examples])
    return [int(n) for n in rng.choice(len(examples), count, p=shares / shares.sum())]


def _draw_masks(
    example: TuningExample, cache: FeatureSource, count: int, rng: np.random.Generator
) -> _Drawn:
    record, image_size = example.record, cache.sam.image_size
    image_hw = example.size
    input_hw = ResizeLongestSide.get_preprocess_shape(*image_hw, image_size)
    masks: list[Tensor] = []
    recorded: list[RecordedPrompt | None] = []
    for index in rng.permutation(len(record.segmentations)):
        if len(masks) == count:
            break
        try:
            whole = decode_mask(record, record.segmentations[index])
            mask = coverage(example.cut(whole), image_size)
        except DatasetError as error:
            skip(error)
            continue
        if not bool((mask >= INSIDE).any()):
            continue  # smaller than a cell: there is nothing to click on
        prompts = example.prompt_of(int(index))
        masks.append(mask)
        recorded.append(None if prompts is None else RecordedPrompt(prompts, image_hw, input_hw))
    if not masks:
        raise DatasetError(
            f"image {record.image_id} must have a mask that covers a cell of the decoder, got "
            f"none of {len(record.segmentations)}"
        )
    repeated = [number % len(masks) for number in range(count)]
    return _Drawn(
        features_of(example, cache),
        torch.stack([masks[number] for number in repeated]),
        [recorded[number] for number in repeated],
    )


def _mirror(drawn: _Drawn, example: TuningExample, cache: FeatureSource) -> _Drawn:
    """Return all of it with left and right exchanged, or as it is where that cannot be done."""
    turned = mirrored(drawn.features, example.size, cache.sam.image_size)
    if turned is None:
        return drawn
    features, width = turned
    masks, columns = drawn.masks.clone(), width // MASK_STRIDE
    masks[..., :columns] = drawn.masks[..., :columns].flip(-1)
    recorded = [prompt and prompt.mirrored(width) for prompt in drawn.recorded]
    return _Drawn(features, masks, recorded)


def stack_features(features: Sequence[ImageFeatures]) -> ImageFeatures:
    """Return features of several images as those of one batch."""
    levels = zip(*(each.high_res_features for each in features), strict=True)
    return ImageFeatures(
        torch.cat([each.image_embeddings for each in features]),
        tuple(torch.cat(level) for level in levels),
    )
