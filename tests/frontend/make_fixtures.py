"""Write what the browser tests compare with: answers of the Python libraries.

Run from the project root: ``.venv/bin/python -m tests.frontend.make_fixtures``.
"""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from pycocotools import mask as coco_mask
from safetensors.torch import save
from torch.nn import functional

from sam_core.export.decoder_runner import OF_IMAGE
from sam_core.export.two_part_graph import join_parts

FIXTURES = Path(__file__).parent / "fixtures"


def ring(height: int, width: int, outer: float, inner: float) -> np.ndarray:
    """Return a ring around the centre."""
    y, x = np.mgrid[:height, :width]
    radius = np.hypot(y - (height - 1) / 2, x - (width - 1) / 2)
    return (radius <= outer) & (radius >= inner)


def rle_cases() -> list[dict[str, Any]]:
    """Return masks with the run lengths, areas and boxes that pycocotools gives them."""
    rng = np.random.default_rng(20)
    two_parts = np.zeros((9, 14), bool)
    two_parts[1:4, 1:5] = True
    two_parts[6:9, 9:14] = True
    one_pixel = np.zeros((7, 5), bool)
    one_pixel[4, 2] = True
    border = np.ones((6, 11), bool)
    border[1:-1, 1:-1] = False
    corner_touch = np.zeros((4, 4), bool)
    corner_touch[:2, :2] = True
    corner_touch[2:, 2:] = True
    cases = {
        "ring": ring(15, 13, 6.0, 3.0),
        "two parts": two_parts,
        "one pixel": one_pixel,
        "border": border,
        "full": np.ones((5, 8), bool),
        "empty": np.zeros((5, 8), bool),
        "one by one": np.ones((1, 1), bool),
        "one row": np.array([[0, 1, 1, 0, 1]], bool),
        "one column": np.array([[1], [0], [1], [1]], bool),
        "touching corners": corner_touch,
        "touching corners mirrored": corner_touch[:, ::-1],
        "noise": rng.random((17, 23)) < 0.5,
        "sparse noise": rng.random((40, 31)) < 0.05,
        "long runs": ring(90, 70, 34.0, 11.0),
    }
    records = []
    for name, mask in cases.items():
        rle = coco_mask.encode(np.asfortranarray(mask.astype(np.uint8)))
        records.append(
            {
                "name": name,
                "rows": ["".join("1" if inside else "0" for inside in row) for row in mask],
                "rle": {"size": list(rle["size"]), "counts": rle["counts"].decode("ascii")},
                "area": int(coco_mask.area(rle)),
                "bbox": [int(value) for value in coco_mask.toBbox(rle)],
            },
        )
    return records


def to_counts(mask: np.ndarray) -> str:
    """Return the run lengths of a mask."""
    rle = coco_mask.encode(np.asfortranarray(mask.astype(np.uint8)))
    return str(rle["counts"].decode("ascii"))


def blobs(rng: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Return a mask with parts and holes of several sizes."""
    coarse = rng.random((-(-height // 3), -(-width // 3))) < rng.uniform(0.3, 0.8)
    mask = np.kron(coarse, np.ones((3, 3), bool))[:height, :width]
    return np.asarray(mask ^ (rng.random((height, width)) < 0.03))


def flood(mask: np.ndarray, seeds: np.ndarray, *, corners: bool) -> np.ndarray:
    """Return the pixels of the mask that can be reached from the seeds."""
    reached = seeds & mask
    while True:
        padded = np.pad(reached, 1)
        steps = [padded[1:-1, 1:-1], padded[:-2, 1:-1], padded[2:, 1:-1]]
        steps += [padded[1:-1, :-2], padded[1:-1, 2:]]
        if corners:
            steps += [padded[:-2, :-2], padded[:-2, 2:], padded[2:, :-2], padded[2:, 2:]]
        grown = np.logical_or.reduce(steps) & mask
        if (grown == reached).all():
            return reached
        reached = grown


def parts_of(mask: np.ndarray) -> list[np.ndarray]:
    """Return the parts of a mask whose pixels share edges."""
    rest, parts = mask.copy(), []
    while rest.any():
        seed = np.zeros_like(rest)
        seed.flat[int(rest.argmax())] = True
        parts.append(flood(rest, seed, corners=False))
        rest &= ~parts[-1]
    return parts


def without_holes(mask: np.ndarray) -> np.ndarray:
    """Return the mask with everything filled that it surrounds."""
    border = np.ones_like(mask)
    border[1:-1, 1:-1] = False
    return np.asarray(~flood(~mask, border, corners=True))


def algebra_cases() -> list[dict[str, Any]]:
    """Return pairs of masks with what numpy makes of them."""
    rng = np.random.default_rng(77)
    records = []
    for height, width in [(1, 1), (1, 9), (7, 1), (12, 17), (20, 14), (31, 23), (40, 40), (9, 33)]:
        a, b = blobs(rng, height, width), blobs(rng, height, width)
        results = {"union": a | b, "subtract": a & ~b, "intersect": a & b, "exclude": a ^ b}
        parts = sorted((int(part.sum()) for part in parts_of(a)), reverse=True)
        records.append(
            {
                "size": [height, width],
                "a": to_counts(a),
                "b": to_counts(b),
                **{name: to_counts(mask) for name, mask in results.items()},
                "filled": to_counts(without_holes(a)),
                "parts": parts,
                "partCounts": sorted(to_counts(part) for part in parts_of(a)),
            }
        )
    return records


def stroke_mask(points: list[list[float]], height: int, width: int) -> np.ndarray:
    """Return the pixels whose centres are no farther from the line than its radius."""
    y, x = np.mgrid[:height, :width] + 0.5
    mask = np.zeros((height, width), bool)
    for (x0, y0, radius), (x1, y1, _) in zip(points, points[1:] or points, strict=False):
        dx, dy = x1 - x0, y1 - y0
        squared = dx * dx + dy * dy
        along = ((x - x0) * dx + (y - y0) * dy) / (squared or 1.0)
        t = np.clip(along, 0, 1)
        mask |= np.hypot(x - x0 - t * dx, y - y0 - t * dy) <= radius
    return mask


def ring_mask(rings: list[list[list[float]]], height: int, width: int) -> np.ndarray:
    """Return the pixels whose centres are inside of an odd number of rings."""
    y, x = np.mgrid[:height, :width] + 0.5
    mask = np.zeros((height, width), bool)
    for ring_points in rings:
        for (x0, y0), (x1, y1) in zip(ring_points, ring_points[1:] + ring_points[:1], strict=True):
            if x0 == x1:
                continue
            crosses = (x0 <= x) != (x1 <= x)
            mask ^= crosses & (y0 + (x - x0) / (x1 - x0) * (y1 - y0) <= y)
    return mask


def shape_cases() -> dict[str, list[dict[str, Any]]]:
    """Return strokes and rings with the masks that numpy makes of them."""
    rng = np.random.default_rng(78)
    strokes, rings = [], []
    for count, radius in [(1, 0.4), (1, 5.0), (2, 3.3), (5, 1.7), (9, 6.25), (12, 0.51)]:
        places = rng.uniform(-5, 45, (count, 2))
        points = [[float(px), float(py), radius] for px, py in places.round(3)]
        counts = to_counts(stroke_mask(points, 36, 41))
        strokes.append({"points": points, "size": [36, 41], "counts": counts})
    for sides in [(3,), (5,), (8, 4), (30,), (4, 4, 3)]:
        shape = [rng.uniform(-6, 44, (side, 2)).round(3).tolist() for side in sides]
        rings.append(
            {"rings": shape, "size": [36, 41], "counts": to_counts(ring_mask(shape, 36, 41))}
        )
    return {"strokes": strokes, "rings": rings}


def interpolation_case(
    name: str, side: int, model: int, input_hw: list[int], image_hw: list[int]
) -> dict[str, Any]:
    """Return random logits with what the reference's post-processing makes of them."""
    generator = torch.Generator().manual_seed(side + model + sum(image_hw))
    logits = torch.randn((1, 1, side, side), generator=generator) * 4.0
    square = functional.interpolate(logits, (model, model), mode="bilinear", align_corners=False)
    cropped = square[..., : input_hw[0], : input_hw[1]]
    image = functional.interpolate(cropped, image_hw, mode="bilinear", align_corners=False)
    return {
        "name": name,
        "side": side,
        "modelSize": model,
        "inputSize": {"height": input_hw[0], "width": input_hw[1]},
        "imageSize": {"height": image_hw[0], "width": image_hw[1]},
        "logits": [float(value) for value in logits.flatten()],
        "values": [round(float(value), 5) for value in image.flatten()],
    }


def interpolation_cases() -> list[dict[str, Any]]:
    """Return enlarging and shrinking to odd sizes, with and without padding."""
    return [
        interpolation_case("enlarged, wide, odd", 8, 32, [21, 32], [29, 45]),
        interpolation_case("enlarged, tall, odd", 8, 32, [32, 19], [61, 37]),
        interpolation_case("shrunk, wide, odd", 16, 64, [43, 64], [13, 19]),
        interpolation_case("shrunk below the logits", 16, 64, [64, 64], [5, 5]),
        interpolation_case("one line high", 8, 32, [1, 32], [1, 70]),
        interpolation_case("one pixel", 8, 32, [32, 32], [1, 1]),
        interpolation_case("the size of the model", 8, 32, [32, 32], [32, 32]),
    ]


def float16_case() -> dict[str, Any]:
    """Return 32-bit floats and the half floats that numpy rounds them to."""
    rng = np.random.default_rng(16)
    small = [0.0, -0.0, 0.1, 6.1e-5, 6.0e-8, 2.9e-8, 2.99e-8, 5.960464477539063e-08]
    large = [1.0, -2.0, 65504.0, 65519.0]
    halfway = [1 + 2.0**-11, 1 + 3 * 2.0**-11, 2048.5, 2049.5]
    halfway_small = [1.5 * 2.0**-24, 2.5 * 2.0**-24, 2.0**-25]
    spread = rng.standard_normal(200) * 10.0 ** rng.integers(-6, 4, 200)
    values = np.array([*small, *large, *halfway, *halfway_small, *spread], np.float32)
    halves = values.astype("<f2")
    return {
        "values": [float(value) for value in values],
        "base64": base64.b64encode(halves.tobytes()).decode("ascii"),
        "rounded": [float(value) for value in halves],
    }


def embedding_case() -> dict[str, Any]:
    """Return an embedding as the server sends it, with its contents."""
    generator = torch.Generator().manual_seed(5)
    tensors = {
        "image_embeddings": torch.randn((1, 3, 4, 4), generator=generator).half(),
        "high_res_features_s4": torch.randn((1, 1, 16, 16), generator=generator).half(),
        "high_res_features_s8": torch.randn((1, 2, 8, 8), generator=generator).half(),
    }
    metadata = {
        "encoder_id": "0123456789abcdef",
        "image_height": "480",
        "image_width": "641",
        "input_height": "48",
        "input_width": "64",
        "model_size": "64",
    }
    return {
        "metadata": metadata,
        "tensors": {
            name: {"shape": list(tensor.shape), "values": tensor.flatten().tolist()}
            for name, tensor in tensors.items()
        },
        "base64": base64.b64encode(save(tensors, metadata)).decode("ascii"),
    }


def graph_case() -> dict[str, Any]:
    """Return a graph with the names of the decoder contract and a result one can see.

    Masks are the embedding plus the mask prompt; the predicted IoU of mask i is 0.1 * i plus
    a thousandth of the sum of the labels. The embedding, twice, is the image's only constant.
    """
    constants = {
        "thousandth": np.array([0.001], np.float32),
        "base": np.array([[0.0, 0.1, 0.2, 0.3]], np.float32),
        "half": np.array([0.5], np.float32),
        "first": np.array([0], np.int64),
    }
    image_part = part_graph(
        [onnx.helper.make_node("Add", ["image_embeddings", "image_embeddings"], ["doubled"])],
        {"image_embeddings": [1, 4, 4, 4]},
        {"doubled": [1, 4, 4, 4]},
        {},
    )
    prompt_part = part_graph(
        [
            onnx.helper.make_node("ReduceSum", ["mask_input", "first"], ["prompt"]),
            onnx.helper.make_node("ReduceSum", ["point_coords"], ["coords_sum"], keepdims=0),
            onnx.helper.make_node("Sub", ["coords_sum", "coords_sum"], ["nothing"]),
            onnx.helper.make_node("Mul", ["doubled", "half"], ["embedding"]),
            onnx.helper.make_node("Add", ["embedding", "prompt"], ["with_prompt"]),
            onnx.helper.make_node("Add", ["with_prompt", "nothing"], ["low_res_logits"]),
            onnx.helper.make_node("ReduceSum", ["point_labels"], ["labels_sum"], keepdims=0),
            onnx.helper.make_node("Mul", ["labels_sum", "thousandth"], ["shift"]),
            onnx.helper.make_node("Add", ["base", "shift"], ["iou_predictions"]),
        ],
        {
            "doubled": [1, 4, 4, 4],
            "point_coords": [1, "n", 2],
            "point_labels": [1, "n"],
            "mask_input": ["masks", 1, 4, 4],
        },
        {"low_res_logits": [1, 4, 4, 4], "iou_predictions": [1, 4]},
        constants,
    )
    model = join_parts(image_part, prompt_part, features=["image_embeddings"], suffix=OF_IMAGE)
    return {"base64": base64.b64encode(model.SerializeToString()).decode("ascii")}


def part_graph(
    nodes: list[onnx.NodeProto],
    inputs: dict[str, list[int | str]],
    outputs: dict[str, list[int | str]],
    constants: dict[str, np.ndarray],
) -> onnx.ModelProto:
    """Return a graph of 32-bit floats."""
    kind = onnx.TensorProto.FLOAT
    given, made = (
        [onnx.helper.make_tensor_value_info(name, kind, dims) for name, dims in named.items()]
        for named in (inputs, outputs)
    )
    initializers = [onnx.numpy_helper.from_array(value, name) for name, value in constants.items()]
    graph = onnx.helper.make_graph(nodes, "part", given, made, initializers)
    opset = onnx.helper.make_opsetid("", 17)
    return onnx.helper.make_model(graph, opset_imports=[opset], ir_version=8)


def main() -> None:
    """Write all fixtures."""
    FIXTURES.mkdir(exist_ok=True)
    fixtures = {
        "rle.json": rle_cases(),
        "mask_algebra.json": algebra_cases(),
        "mask_shapes.json": shape_cases(),
        "interpolation.json": interpolation_cases(),
        "float16.json": float16_case(),
        "embedding.json": embedding_case(),
        "graph.json": graph_case(),
    }
    for name, content in fixtures.items():
        text = json.dumps(content, separators=(",", ":"))
        (FIXTURES / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
