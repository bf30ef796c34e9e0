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
    """

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # Waiting threads sleep: a check must not stall beside other work on the machine.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, *inputs: Tensor) -> list[Tensor]:
        """Return the outputs for inputs in the order of the graph's own."""
        names = [node.name for node in self._session.get_inputs()]
        feed = {name: value.numpy() for name, value in zip(names, inputs, strict=True)}
        return [torch.from_numpy(output) for output in self._session.run(None, feed)]


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
    file.path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.path.parent, prefix=".export-") as folder:
        unfinished = Path(folder) / file.path.name
        try:
            _write(module, example, file, unfinished)
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


def _write(module: nn.Module, example: tuple[Tensor, ...], file: GraphFile, path: Path) -> None:
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
    weights = sum(value.numel() * value.element_size() for value in module.state_dict().values())
    is_large = weights > PROTOBUF_LIMIT
    if not is_large:
        graph = optimizer.optimize(graph)
    for part in path.parent.iterdir():
        part.unlink()
    onnx.helper.set_model_props(graph, dict(file.metadata))
    onnx.save(
        graph,
        str(path),
        save_as_external_data=is_large,
        all_tensors_to_one_file=True,
        location=f"{path.name}.data",
    )
    logging.getLogger(__name__).debug("traced %s: %d nodes", path.name, len(graph.graph.node))


@contextmanager
def _sizes_may_be_tensors() -> Iterator[None]:
    # While a module is traced its sizes are tensors, which a checked ``int`` would refuse.
    before = jaxtyping.config.jaxtyping_disable
    jaxtyping.config.update("jaxtyping_disable", True)
    try:
        yield
    finally:
        jaxtyping.config.update("jaxtyping_disable", before)
