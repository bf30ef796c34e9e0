from __future__ import annotations

from pathlib import Path

import onnx
import pytest
import torch
from torch import Tensor, nn

from sam_core.errors import ExportError
from sam_core.export import graph_file
from sam_core.export.graph_file import GraphFile, GraphRunner, accept_graph, contract_metadata
from tests.helpers.builders import tiny_sam


class Scale(nn.Module):
    """Multiply by a learnt number."""

    def __init__(self) -> None:
        super().__init__()
        self.factor = nn.Parameter(torch.full((8, 8), 3.0))

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.factor


EXAMPLE = (torch.ones(2, 8),)


def file_at(path: Path) -> GraphFile:
    return GraphFile(path, ("x",), ("y",), {"contract": "test/1"}, {"x": {0: "rows"}})


def accept_all(run: GraphRunner) -> None:
    del run


def refuse(run: GraphRunner) -> None:
    raise ExportError("output 0 must equal torch")


def test_accepted_file_runs_with_its_names_metadata_and_free_axis(tmp_path: Path) -> None:
    path = tmp_path / "new" / "scale.onnx"
    accept_graph(Scale(), EXAMPLE, file_at(path), accept_all)
    assert torch.equal(GraphRunner(path)(torch.ones(5, 8))[0], torch.full((5, 8), 24.0))
    graph = onnx.load(path)
    assert {entry.key: entry.value for entry in graph.metadata_props} == {"contract": "test/1"}
    assert [value.name for value in graph.graph.input] == ["x"]
    assert [value.name for value in graph.graph.output] == ["y"]
    assert [entry.name for entry in path.parent.iterdir()] == ["scale.onnx"]


def test_refused_file_leaves_nothing_behind_and_an_older_one_alone(tmp_path: Path) -> None:
    path = tmp_path / "scale.onnx"
    with pytest.raises(ExportError, match="must equal torch"):
        accept_graph(Scale(), EXAMPLE, file_at(path), refuse)
    assert not list(tmp_path.iterdir())
    path.write_bytes(b"older")
    with pytest.raises(ExportError, match="must equal torch"):
        accept_graph(Scale(), EXAMPLE, file_at(path), refuse)
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_module_that_cannot_be_traced_is_an_export_error(tmp_path: Path) -> None:
    class Broken(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            raise NotImplementedError("no kernel")

    with pytest.raises(ExportError, match=r"scale.onnx must be a graph .* NotImplementedError"):
        accept_graph(Broken(), EXAMPLE, file_at(tmp_path / "scale.onnx"), accept_all)
    assert not list(tmp_path.iterdir())


def test_weights_above_the_limit_go_to_a_second_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_file, "PROTOBUF_LIMIT", 100)
    path = tmp_path / "large.onnx"
    big = nn.Linear(64, 64, bias=False)
    accept_graph(big, (torch.ones(1, 64),), file_at(path), accept_all)
    assert {entry.name for entry in tmp_path.iterdir()} == {"large.onnx", "large.onnx.data"}
    with torch.no_grad():
        expected = big(torch.ones(1, 64))
    torch.testing.assert_close(GraphRunner(path)(torch.ones(1, 64))[0], expected)


def test_metadata_names_model_and_contract() -> None:
    metadata = contract_metadata(tiny_sam(), "tiny", "test/1")
    assert metadata["model_name"] == "tiny"
    assert metadata["image_size"] == "64"
    assert metadata["contract"] == "test/1"
    assert len(metadata["model_id"]) == 16
