"""Trace a module into an ONNX file that appears only when it has proven right."""

import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import jaxtyping
import onnx
import onnxruntime
import torch
from onnxscript import optimizer
from torch import Tensor, nn

from sam_core.checkpoints import model_id
from sam_core.errors import ExportError
from sam_core.modeling import Sam

OPSET = 17
PROTOBUF_LIMIT = 2**31 - 2**24
"""Bytes of weights above which they go to a second file: one message holds under 2 GiB."""


@dataclass(frozen=True, slots=True)
class GraphFile:
    """How an ONNX file is to look.

    Attributes:
        path: Where the file goes; a model above 2 GiB has a second one, ``<name>.data``.
        input_names: In the order of the module's arguments.
        output_names: In the order of the module's results.
        metadata: Written to the file's ``metadata_props``.
        dynamic_axes: Per input or output the axes that may vary, with a name for each.
    """

    path: Path
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    metadata: Mapping[str, str]
    dynamic_axes: Mapping[str, Mapping[int, str]] = field(default_factory=dict)


class GraphRunner:
    """Run an ONNX file in onnxruntime on the CPU.

    Args:
        path: The file.
        threads: How many to use; ``None`` leaves it to onnxruntime.
    """

    def __init__(self, path: Path, threads: int | None = None) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 0
        options.log_severity_level = 3
        # Waiting threads sleep: a check must not stall beside other work on the machine.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )

    @property
    def input_shapes(self) -> dict[str, list[int | str]]:
        """Names of the inputs with their lengths; a free length has a name."""
        return {node.name: list(node.shape) for node in self._session.get_inputs()}

    def __call__(self, *inputs: Tensor) -> list[Tensor]:
        """Return the outputs for inputs in the order of the graph's own."""
        return list(self.run(dict(zip(self.input_shapes, inputs, strict=True))).values())

    def run(self, inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Return the outputs by name for inputs by name."""
        names = [node.name for node in self._session.get_outputs()]
        outputs = self._session.run(names, {name: value.numpy() for name, value in inputs.items()})
        return {name: torch.from_numpy(out) for name, out in zip(names, outputs, strict=True)}


def accept_graph(
    module: nn.Module,
    example: tuple[Tensor, ...],
    file: GraphFile,
    check: Callable[[GraphRunner], None],
) -> None:
    """Write a module as an ONNX file, once a check has found it equal to the module.

    Args:
        module: Traceable; on the CPU, in evaluation mode.
        example: One set of inputs.
        file: How the file is to look.
        check: Runs the written graph and raises if it does not give what torch gives.

    Raises:
        ExportError: If the module cannot be traced, or the check fails. No file is left
            behind, and one that was there before is untouched.
    """
    accept_model(lambda folder: trace(module, example, file, folder), file, check)


def accept_model(
    build: Callable[[Path], onnx.ModelProto], file: GraphFile, check: Callable[[GraphRunner], None]
) -> None:
    """Write a graph as an ONNX file, once a check has found it right.

    Args:
        build: Makes the graph; it gets an empty folder to work in.
        file: How the file is to look.
        check: Runs the written graph and raises if it is not right.

    Raises:
        ExportError: If the graph cannot be made or loaded, or the check fails. No file is left
            behind, and one that was there before is untouched.
    """
    file.path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.path.parent, prefix=".export-") as folder:
        unfinished = Path(folder) / file.path.name
        try:
            with tempfile.TemporaryDirectory(dir=folder, prefix="trace-") as workplace:
                _save(build(Path(workplace)), file, unfinished)
            runner = GraphRunner(unfinished)
        except Exception as error:
            raise ExportError(
                f"{file.path.name} must be a graph that onnxruntime can load, "
                f"got {type(error).__name__}: {error}; the model cannot be exported as it is"
            ) from error
        with torch.no_grad():
            check(runner)
        for part in sorted(Path(folder).iterdir(), reverse=True):
            part.replace(file.path.parent / part.name)


def trace(
    module: nn.Module, example: tuple[Tensor, ...], file: GraphFile, folder: Path
) -> onnx.ModelProto:
    """Return a module as an ONNX graph, simplified unless it is too large for that.

    Args:
        module: Traceable; on the CPU, in evaluation mode.
        example: One set of inputs.
        file: Names and axes of inputs and outputs.
        folder: An empty folder for what the tracer writes.
    """
    path = folder / "traced.onnx"
    with warnings.catch_warnings(), _sizes_may_be_tensors(), torch.no_grad():
        # The tracer warns of every size that becomes a constant, and of its own age; that the
        # graph is right is proven by the check, not by silence here.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            example,
            str(path),
            input_names=list(file.input_names),
            output_names=list(file.output_names),
            dynamic_axes={name: dict(axes) for name, axes in file.dynamic_axes.items()},
            opset_version=OPSET,
            dynamo=False,
        )
    graph = onnx.load(str(path))
    return graph if _is_large(graph) else optimizer.optimize(graph)


def contract_metadata(sam: Sam, model_name: str, contract: str) -> dict[str, str]:
    """Return the metadata that every file of ours carries.

    Args:
        sam: The model.
        model_name: Registry name.
        contract: Which document of names and shapes the file keeps.
    """
    return {
        "model_id": model_id(sam),
        "model_name": model_name,
        "image_size": str(sam.image_size),
        "contract": contract,
    }


def _save(graph: onnx.ModelProto, file: GraphFile, path: Path) -> None:
    onnx.helper.set_model_props(graph, dict(file.metadata))
    onnx.save(
        graph,
        str(path),
        save_as_external_data=_is_large(graph),
        all_tensors_to_one_file=True,
        location=f"{path.name}.data",
    )
    logging.getLogger(__name__).debug("made %s: %d nodes", path.name, len(graph.graph.node))


def _is_large(graph: onnx.ModelProto) -> bool:
    return sum(len(value.raw_data) for value in graph.graph.initializer) > PROTOBUF_LIMIT


@contextmanager
def _sizes_may_be_tensors() -> Iterator[None]:
    # While a module is traced its sizes are tensors, which a checked ``int`` would refuse.
    before = jaxtyping.config.jaxtyping_disable
    jaxtyping.config.update("jaxtyping_disable", True)
    try:
        yield
    finally:
        jaxtyping.config.update("jaxtyping_disable", before)
