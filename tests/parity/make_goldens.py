"""Record what the published implementation gives for the cases of this folder.

Run it in an environment of its own that has ``segment-anything==1.0`` and torchvision::

    python -m tests.parity.make_goldens

The weights come from the formula of ``tests/helpers/fill_weights.py`` and everything is
computed in double precision: with such weights the decoder enlarges a difference of
1e-6 in the embedding to 1e-2 in a logit, so that two correct implementations in
single precision do not agree to the digits that a comparison needs.
"""

from __future__ import annotations

import gzip
import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from tests.helpers.fill_weights import fill_weights
from tests.parity.cases import CASES, predict_arguments, synthetic_image

HERE = Path(__file__).parent
TINY_IMAGE = (45, 61)
VIT_B_IMAGE = (251, 375)
EMBEDDING_STRIDE = (8, 4, 4)
LOGIT_STRIDE = 8


def main() -> None:
    """Write the three files beside this script."""
    # The published code asks for single precision by name in a few places.
    torch.float = torch.float32 = torch.float64  # type: ignore[misc]
    import segment_anything as published  # noqa: PLC0415

    layouts = {name: layout(build()) for name, build in published.sam_model_registry.items()}
    with gzip.GzipFile(HERE / "published_layouts.json.gz", "wb", mtime=0) as file:
        file.write(json.dumps(layouts).encode())
    tiny = published_tiny()
    record(tiny, TINY_IMAGE, "tiny.npz", (1, 1, 1), 1, extra=official_outputs(tiny))
    vit_b = published.sam_model_registry["vit_b"]()
    record(vit_b, VIT_B_IMAGE, "vit_b.npz", EMBEDDING_STRIDE, LOGIT_STRIDE)


def layout(model: torch.nn.Module) -> dict[str, list[int]]:
    """Return the keys of a model with their shapes, in order."""
    return {key: list(value.shape) for key, value in model.state_dict().items()}


def published_tiny() -> Any:
    """Return the published classes in the widths of our ``tiny`` model."""
    from segment_anything import modeling  # noqa: PLC0415

    encoder = modeling.ImageEncoderViT(
        img_size=64,
        embed_dim=32,
        depth=2,
        num_heads=2,
        out_chans=32,
        norm_layer=partial(torch.nn.LayerNorm, eps=1e-6),
        use_rel_pos=True,
        window_size=3,
        global_attn_indexes=(1,),
    )
    prompt_encoder = modeling.PromptEncoder(
        embed_dim=32, image_embedding_size=(4, 4), input_image_size=(64, 64), mask_in_chans=16
    )
    transformer = modeling.TwoWayTransformer(depth=2, embedding_dim=32, num_heads=8, mlp_dim=64)
    decoder = modeling.MaskDecoder(
        transformer_dim=32,
        transformer=transformer,
        num_multimask_outputs=3,
        iou_head_depth=3,
        iou_head_hidden_dim=256,
    )
    mean, std = [123.675, 116.28, 103.53], [58.395, 57.12, 57.375]
    return modeling.Sam(encoder, prompt_encoder, decoder, mean, std).eval()


def record(
    model: Any,
    image_size: tuple[int, int],
    name: str,
    embedding_stride: tuple[int, int, int],
    logit_stride: int,
    extra: dict[str, NDArray[Any]] | None = None,
) -> None:
    """Run every case and keep sampled numbers and all mask bits."""
    from segment_anything import SamPredictor  # noqa: PLC0415

    fill_weights(model.double())
    predictor = SamPredictor(model)
    predictor.set_image(synthetic_image(*image_size))
    channel, row, column = embedding_stride
    numbers = {"embedding": predictor.features[0, ::channel, ::row, ::column].numpy()}
    for case_name, case in CASES.items():
        side = model.prompt_encoder.mask_input_size[0]
        masks, iou, logits = predictor.predict(**predict_arguments(case, image_size, side))
        numbers[f"{case_name}.logits"] = logits[:, ::logit_stride, ::logit_stride]
        numbers[f"{case_name}.iou"] = iou
        numbers[f"{case_name}.mask_bits"] = np.packbits(masks)
    kept = {
        key: value.astype(np.float32) if value.dtype == np.float64 else value
        for key, value in (numbers | (extra or {})).items()
    }
    np.savez_compressed(HERE / name, **kept)
    sys.stdout.write(f"{name}: {(HERE / name).stat().st_size / 1000:.0f} kB\n")


def official_outputs(model: Any) -> dict[str, NDArray[Any]]:
    """Return what the published ONNX module gives for a click and for a box with a click."""
    from segment_anything.utils.onnx import SamOnnxModel  # noqa: PLC0415

    fill_weights(model.double())
    generator = torch.Generator().manual_seed(0)
    embedding = torch.randn(1, 32, 4, 4, generator=generator, dtype=torch.half).double()
    mask = torch.randn(1, 1, 16, 16, generator=generator, dtype=torch.half).double()
    prompts = {
        "click": ([[20.0, 30.0], [0.0, 0.0]], [1.0, -1.0], 0.0),
        "box": ([[20.0, 30.0], [5.0, 9.0], [50.0, 40.0]], [0.0, 2.0, 3.0], 1.0),
    }
    outputs = {"official.embedding": embedding.numpy(), "official.mask_input": mask.numpy()}
    for single in (False, True):
        graph = SamOnnxModel(model, return_single_mask=single)
        for name, (coords, labels, has_mask) in prompts.items():
            size = torch.tensor(TINY_IMAGE, dtype=torch.float64)
            points = torch.tensor([coords]).double(), torch.tensor([labels]).double()
            flag = torch.tensor([has_mask], dtype=torch.float64)
            with torch.no_grad():
                results = graph(embedding, *points, mask, flag, size)
            for part, value in zip(("masks", "iou", "logits"), results, strict=True):
                outputs[f"official.{name}.{single}.{part}"] = value.numpy()
    return outputs


if __name__ == "__main__":
    main()
