"""The mask decoder as an ONNX file: our contract, or the published signature.

The file of our contract is fast: `ImageConstants` and `PromptDecoder` do what the model does
with a quarter of its multiplications. It is compared with `DecoderGraph`, which calls the
model's own prompt encoder and mask decoder and is what the published signature is made of.
``docs/onnx_contract.md`` describes the files.
"""

import copy
import functools
from pathlib import Path
from typing import Any

import torch
from onnx import ModelProto
from torch import Tensor, nn
from torch.nn import functional

from sam_core.errors import ExportError
from sam_core.export.check_parity import Run, check_same, decoder_cases, example_features
from sam_core.export.decoder_runner import OF_IMAGE, DecoderRunner
from sam_core.export.graph_file import (
    GraphFile,
    GraphRunner,
    accept_graph,
    accept_model,
    contract_metadata,
    trace,
)
from sam_core.export.image_constants import ImageConstants
from sam_core.export.prompt_decoder import PromptDecoder
from sam_core.export.two_part_graph import join_parts
from sam_core.modeling import Sam
from sam_core.transforms import ResizeLongestSide

CONTRACT = "maskwright-decoder/2"
OFFICIAL_CONTRACT = "segment-anything-onnx/1"
ANSWER_NAMES = ("low_res_logits", "iou_predictions", "stability")
FEATURE_NAMES = ("image_embeddings", "high_res_features_s4", "high_res_features_s8")

_PROMPT_NAMES = ("point_coords", "point_labels", "mask_input", "has_mask_input")
_DYNAMIC_POINTS = {"point_coords": {1: "num_points"}, "point_labels": {1: "num_points"}}
_UNAMBIGUOUS_ABOVE = 2.5  # points, with the padding point or the corners of the box
_SINGLE_MASK_WEIGHT = 1000.0


def export_decoder(sam: Sam, path: str | Path, *, model_name: str) -> None:
    """Write the decoder of our contract: prompts in, low-resolution logits out.

    Args:
        sam: The model, on the CPU.
        path: Where to write; the file appears only when it has proven equal to torch.
        model_name: Registry name, kept in the file's metadata.

    Raises:
        ExportError: If onnxruntime does not give what torch gives.
    """
    graph, features = DecoderGraph(sam), example_features(sam)
    mask_size = sam.prompt_encoder.mask_input_size[0]
    feature_names = FEATURE_NAMES[: len(features)]
    metadata = contract_metadata(sam, model_name, CONTRACT) | {"mask_size": str(mask_size)}
    image_part = ImageConstants(sam)
    with torch.no_grad():
        constants = image_part.compute(*features)
    names = tuple(constants)
    file = GraphFile(
        path=Path(path),
        input_names=(*names, *_PROMPT_NAMES[:3]),
        output_names=ANSWER_NAMES,
        dynamic_axes=_DYNAMIC_POINTS | {"mask_input": {0: "num_masks"}},
        metadata=metadata,
    )

    def build(folder: Path) -> ModelProto:
        of_image = GraphFile(file.path, feature_names, names, metadata)
        image_model = trace(image_part, features, of_image, folder)
        example = (*constants.values(), *_traced_prompts(sam)[:3])
        prompt_model = trace(PromptDecoder(sam, names), example, file, folder)
        return join_parts(image_model, prompt_model, features=feature_names, suffix=OF_IMAGE)

    @functools.cache
    def build_exact() -> Run:
        return copy.deepcopy(graph).double()

    def check(runner: GraphRunner) -> None:
        run = DecoderRunner(runner, *features)

        def got(*inputs: Tensor) -> list[Tensor]:
            coords, labels, mask_input, has_mask = inputs[len(features) :]
            return run(coords, labels, mask_input if has_mask > 0 else None)[:2]

        for case in decoder_cases(sam):
            check_same(graph, got, (*features, *case.prompts), case.name, build_exact)

    accept_model(build, file, check)


def export_official_decoder(
    sam: Sam, path: str | Path, *, model_name: str, return_single_mask: bool = False
) -> None:
    """Write the decoder with the signature of the published ONNX export.

    Args:
        sam: The model, on the CPU, without high-resolution features: that signature cannot
            carry them.
        path: Where to write; the file appears only when it has proven equal to torch.
        model_name: Registry name, kept in the file's metadata.
        return_single_mask: Whether the graph itself picks one mask.

    Raises:
        ExportError: If the model has high-resolution features, or onnxruntime does not
            give what torch gives.
    """
    features = example_features(sam)
    if len(features) > 1:
        raise ExportError(
            f"the published signature must be used with a model of one embedding, got "
            f"{model_name} with {len(features)} feature maps; export it with our own contract"
        )
    graph = OfficialDecoderGraph(sam, return_single_mask)
    file = GraphFile(
        path=Path(path),
        input_names=(FEATURE_NAMES[0], *_PROMPT_NAMES, "orig_im_size"),
        output_names=("masks", "iou_predictions", "low_res_masks"),
        dynamic_axes=_DYNAMIC_POINTS | {"masks": {2: "height", 3: "width"}},
        metadata=contract_metadata(sam, model_name, OFFICIAL_CONTRACT),
    )

    @functools.cache
    def build_exact() -> Run:
        return copy.deepcopy(graph).double().reference

    def check(run: Run) -> None:
        for case in decoder_cases(sam):
            size = torch.tensor(case.image_size, dtype=torch.float32)
            inputs = (*features, *case.prompts, size)
            check_same(graph.reference, run, inputs, case.name, build_exact)

    example = (*features, *_traced_prompts(sam), torch.tensor([300.0, 401.0]))
    accept_graph(graph, example, file, check)


class DecoderGraph(nn.Module):
    """The decoder in the published order of operations, as one function of its inputs.

    Args:
        sam: The model; its modules are used, not copied.
    """

    image_pe: Tensor

    def __init__(self, sam: Sam) -> None:
        super().__init__()
        self.prompt_encoder = sam.prompt_encoder
        self.mask_decoder = sam.mask_decoder
        image_pe = sam.prompt_encoder.get_dense_pe().detach()
        self.register_buffer("image_pe", image_pe, persistent=False)

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """Return low-resolution logits and predicted IoU of all mask tokens.

        Args:
            *inputs: Feature maps of the image; then coordinates, labels, mask, mask flag.
        """
        *features, coords, labels, mask_input, has_mask = inputs
        logits, quality = self.mask_decoder.predict_masks(
            image_embeddings=features[0],
            image_pe=self.image_pe,
            sparse_prompt_embeddings=self.prompt_encoder.embed_tokens(coords, labels),
            dense_prompt_embeddings=self.prompt_encoder.embed_dense(
                coords, labels, mask_input, has_mask
            ),
            high_res_features=tuple(features[1:]),
        )
        return self.prompt_encoder.hold_clicks(logits, coords, labels, has_mask), quality


class OfficialDecoderGraph(nn.Module):
    """The published signature: the same decoder, then masks at image size in the graph.

    Args:
        sam: The model; its modules are used, not copied.
        return_single_mask: Whether to pick one mask: token 0 for three or more points
            (padding and box corners count), else the best candidate by predicted IoU.
    """

    def __init__(self, sam: Sam, return_single_mask: bool) -> None:
        super().__init__()
        self.decoder = DecoderGraph(sam)
        self.return_single_mask = return_single_mask
        self._sam = [sam]  # in a list, so that its encoder is no part of this module

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return logits at image size, predicted IoU, and low-resolution logits.

        Args:
            *inputs: Those of `DecoderGraph`, then height and width of the image.
        """
        *decoder_inputs, orig_im_size = inputs
        logits, iou_predictions = self._decode(*decoder_inputs)
        return self._enlarge(logits, orig_im_size), iou_predictions, logits

    def reference(self, *inputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the same by `Sam.postprocess_masks`, which computes sizes in Python."""
        *decoder_inputs, orig_im_size = inputs
        sam = self._sam[0]
        height, width = (int(side) for side in orig_im_size)
        input_size = ResizeLongestSide.get_preprocess_shape(height, width, sam.image_size)
        logits, iou_predictions = self._decode(*decoder_inputs)
        masks = sam.postprocess_masks(logits, input_size, (height, width))
        return masks, iou_predictions, logits

    def _decode(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        logits, iou_predictions = self.decoder(*inputs)
        if not self.return_single_mask:
            return logits, iou_predictions
        labels = inputs[-3]
        is_token_0 = torch.arange(iou_predictions.shape[1]) == 0
        surplus = labels.shape[1] - _UNAMBIGUOUS_ABOVE
        score = iou_predictions + surplus * _SINGLE_MASK_WEIGHT * is_token_0.to(iou_predictions)
        best = score.argmax(dim=1)
        return logits[:, best], iou_predictions[:, best]

    def _enlarge(self, logits: Tensor, orig_im_size: Tensor) -> Tensor:
        # The sizes stay tensors, in double precision: the rounding of get_preprocess_shape.
        side = self._sam[0].image_size
        sizes = orig_im_size.to(torch.float64)
        scaled = torch.floor(sizes * (side / sizes.max()) + 0.5).to(torch.int64).clamp(min=1)
        padded = _resize(logits, (side, side))
        cropped = padded[..., : scaled[0], : scaled[1]]
        whole = orig_im_size.to(torch.int64)
        return _resize(cropped, (whole[0], whole[1]))


def _resize(logits: Tensor, size: Any) -> Tensor:  # numbers, or tensors while tracing
    return functional.interpolate(logits, size=size, mode="bilinear", align_corners=False)


def _traced_prompts(sam: Sam) -> tuple[Tensor, ...]:
    side = sam.prompt_encoder.mask_input_size
    coords = torch.tensor([[[3.0, 4.0], [20.0, 9.0], [0.0, 0.0]]])
    return coords, torch.tensor([[1.0, 0.0, -1.0]]), torch.zeros(1, 1, *side), torch.zeros(1)
