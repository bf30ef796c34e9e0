from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from sam_core.export.two_part_graph import join_parts


def part(
    nodes: list[onnx.NodeProto], inputs: list[str], outputs: list[str], factor: float
) -> onnx.ModelProto:
    given, made = (
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 2]) for name in names]
        for names in (inputs, outputs)
    )
    factors = numpy_helper.from_array(np.array([factor], np.float32), "factor")
    graph = helper.make_graph(nodes, "part", given, made, [factors])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def open_joined() -> onnxruntime.InferenceSession:
    """Open a graph that triples an image, then multiplies it by a prompt and by 10."""
    image_part = part(
        [helper.make_node("Mul", ["image", "factor"], ["tripled"])], ["image"], ["tripled"], 3
    )
    prompt_part = part(
        [
            helper.make_node("Mul", ["tripled", "prompt"], ["product"]),
            helper.make_node("Mul", ["product", "factor"], ["answer"]),
        ],
        ["tripled", "prompt"],
        ["answer"],
        10,
    )
    model = join_parts(image_part, prompt_part, features=["image"], suffix="_out")
    return onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )


NOTHING, PROMPT = np.zeros((0, 2), np.float32), np.array([[2, 5]], np.float32)


def test_a_run_with_an_image_gives_constants_and_no_answer() -> None:
    feed = {"image": np.array([[1, 2]], np.float32), "tripled": NOTHING, "prompt": PROMPT}
    answer, constant = open_joined().run(["answer", "tripled_out"], feed)
    assert constant.tolist() == [[3, 6]]
    assert answer.shape == (0, 2)


def test_a_run_without_an_image_answers_and_gives_no_constants() -> None:
    feed = {"image": NOTHING, "tripled": np.array([[3, 6]], np.float32), "prompt": PROMPT}
    answer, constant = open_joined().run(["answer", "tripled_out"], feed)
    assert answer.tolist() == [[60, 300]]
    assert constant.shape == (0, 2)


def test_prompts_keep_their_lengths() -> None:
    shapes = {node.name: node.shape for node in open_joined().get_inputs()}
    assert shapes == {
        "image": ["image_or_0", 2],
        "tripled": ["tripled_or_0", 2],
        "prompt": [1, 2],
    }
