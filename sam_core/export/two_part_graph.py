"""Two graphs in one file: a run with an image does the first, a run without it the second."""

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import GraphProto, ModelProto, NodeProto, ValueInfoProto, helper, numpy_helper

_HAS_IMAGE = "has_image"


def join_parts(
    image_part: ModelProto, prompt_part: ModelProto, *, features: Sequence[str], suffix: str
) -> ModelProto:
    """Return one graph that does either part.

    Every input may be empty, with 0 for its first length; if the first feature map is, the
    second part runs, else the first. Outputs of the part that does not run are empty.

    Args:
        image_part: From features to constants.
        prompt_part: From constants, then prompts, to answers.
        features: Names of the first part's inputs.
        suffix: Put behind the names of constants where they are outputs.
    """
    constants, answers = image_part.graph.output, prompt_part.graph.output
    outputs = [*answers, *(_renamed(value, value.name + suffix) for value in constants)]
    branches = {
        "then_branch": _as_branch(image_part.graph, "image_", empty_before=answers),
        "else_branch": _as_branch(prompt_part.graph, "prompt_", empty_after=constants),
    }
    nodes = [
        helper.make_node("Shape", [features[0]], ["feature_shape"]),
        helper.make_node("Gather", ["feature_shape", "first"], ["image_count"]),
        helper.make_node("Cast", ["image_count"], [_HAS_IMAGE], to=onnx.TensorProto.BOOL),
        helper.make_node("If", [_HAS_IMAGE], [value.name for value in outputs], **branches),
    ]
    prompts = {value.name for value in prompt_part.graph.input} - {v.name for v in constants}
    inputs = [
        value if value.name in prompts else _may_be_empty(value)
        for value in (*image_part.graph.input, *prompt_part.graph.input)
    ]
    graph = helper.make_graph(
        nodes,
        "decoder",
        inputs,
        [_may_be_empty(value) for value in outputs],
        [numpy_helper.from_array(np.array(0, np.int64), "first")],
    )
    model = helper.make_model(
        graph, opset_imports=prompt_part.opset_import, ir_version=prompt_part.ir_version
    )
    onnx.checker.check_model(model)
    return model


def _as_branch(
    graph: GraphProto,
    prefix: str,
    *,
    empty_before: Sequence[ValueInfoProto] = (),
    empty_after: Sequence[ValueInfoProto] = (),
) -> GraphProto:
    # Names of the branch must not be those of the whole graph, its inputs excepted.
    branch = onnx.compose.add_prefix_graph(graph, prefix, rename_inputs=False)
    del branch.input[:], branch.value_info[:]
    before = [_empty(value, prefix) for value in empty_before]
    after = [_empty(value, prefix) for value in empty_after]
    branch.node.extend(node for node, _ in (*before, *after))
    own = list(branch.output)
    del branch.output[:]
    branch.output.extend([*(info for _, info in before), *own, *(info for _, info in after)])
    return branch


def _empty(value: ValueInfoProto, prefix: str) -> tuple[NodeProto, ValueInfoProto]:
    name = f"{prefix}no_{value.name}"
    shape = [dim.dim_value for dim in value.type.tensor_type.shape.dim]
    nothing = numpy_helper.from_array(np.zeros([0, *shape[1:]], np.float32))
    info = helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [0, *shape[1:]])
    return helper.make_node("Constant", [], [name], value=nothing), info


def _renamed(value: ValueInfoProto, name: str) -> ValueInfoProto:
    renamed = ValueInfoProto()
    renamed.CopyFrom(value)
    renamed.name = name
    return renamed


def _may_be_empty(value: ValueInfoProto) -> ValueInfoProto:
    free = _renamed(value, value.name)
    free.type.tensor_type.shape.dim[0].dim_param = f"{value.name}_or_0"
    return free
