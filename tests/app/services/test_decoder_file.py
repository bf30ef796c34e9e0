"""The decoder that is served always belongs to the model that encodes."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import ServerFaultError
from app.services import decoder_file
from app.services.decoder_file import DecoderFile
from app.services.served_model import ServedModel
from app.storage.file_store import FileStore
from sam_core.errors import ExportError
from sam_core.export.onnx_decoder import CONTRACT
from tests.helpers.app_fixtures import write_graph


@pytest.fixture
def exports(monkeypatch: pytest.MonkeyPatch, tiny_model: ServedModel) -> list[Path]:
    """Replace the slow export by a small file and note where it was written."""
    written: list[Path] = []

    def export(_sam: object, path: Path, *, model_name: str) -> None:
        assert model_name == "tiny"
        write_graph(path, model_id=tiny_model.model_id, contract=CONTRACT)
        written.append(path)

    monkeypatch.setattr(decoder_file, "export_decoder", export)
    return written


def test_a_shipped_decoder_of_this_model_is_taken(
    tiny_model: ServedModel, tmp_path: Path, exports: list[Path]
) -> None:
    shipped = tmp_path / "shipped.onnx"
    write_graph(shipped, model_id=tiny_model.model_id, contract=CONTRACT)
    assert DecoderFile(tiny_model, FileStore(tmp_path), shipped).get().path == shipped
    assert exports == []


@pytest.mark.parametrize(
    "metadata",
    [
        {"model_id": "0000000000000000", "contract": CONTRACT},
        {"model_id": None, "contract": "something else/1"},
        {},
    ],
)
def test_a_decoder_of_other_weights_is_never_served(
    tiny_model: ServedModel, tmp_path: Path, exports: list[Path], metadata: dict[str, str | None]
) -> None:
    shipped = tmp_path / "shipped.onnx"
    write_graph(shipped, **{name: value or tiny_model.model_id for name, value in metadata.items()})
    found = DecoderFile(tiny_model, FileStore(tmp_path), shipped).get()
    assert exports == [found.path]
    assert found.path == tmp_path / "models" / tiny_model.model_id / "decoder.onnx"


def test_an_export_is_made_once_and_kept(
    tiny_model: ServedModel, tmp_path: Path, exports: list[Path]
) -> None:
    files, missing = FileStore(tmp_path), tmp_path / "none"
    first = DecoderFile(tiny_model, files, missing)
    assert first.get() == first.get()
    assert DecoderFile(tiny_model, files, missing).get() == first.get()
    assert len(exports) == 1


def test_a_damaged_file_is_exported_again(
    tiny_model: ServedModel, tmp_path: Path, exports: list[Path]
) -> None:
    files = FileStore(tmp_path)
    path = files.decoder_path(tiny_model.model_id)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff" * 50)
    DecoderFile(tiny_model, files, tmp_path / "none").get()
    assert exports == [path]


def test_another_content_gets_another_etag(
    tiny_model: ServedModel, tmp_path: Path, exports: list[Path]
) -> None:
    etags = []
    for extra in ("a", "b"):
        shipped = tmp_path / extra
        write_graph(shipped, model_id=tiny_model.model_id, contract=CONTRACT, extra=extra)
        etags.append(DecoderFile(tiny_model, FileStore(tmp_path), shipped).get().etag)
    assert all(etag.startswith(tiny_model.model_id) for etag in etags)
    assert etags[0] != etags[1]


def test_a_failed_export_is_said_so(
    tiny_model: ServedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ExportError("logits must agree, got a difference of 3")

    monkeypatch.setattr(decoder_file, "export_decoder", fail)
    with pytest.raises(ServerFaultError, match="logits must agree"):
        DecoderFile(tiny_model, FileStore(tmp_path), tmp_path / "none").get()


def test_a_failed_export_is_tried_again(
    tiny_model: ServedModel,
    tmp_path: Path,
    exports: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ExportError("not yet")

    found = DecoderFile(tiny_model, FileStore(tmp_path), tmp_path / "none")
    with monkeypatch.context() as patch:
        patch.setattr(decoder_file, "export_decoder", fail)
        with pytest.raises(ServerFaultError, match="not yet"):
            found.get_soon()
    assert found.get_soon(20) == found.get()
    assert len(exports) == 1
    found.close()


def test_the_real_export_belongs_to_the_model(tiny_model: ServedModel, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    found = DecoderFile(tiny_model, files, tmp_path / "none").get()
    assert found.path == files.decoder_path(tiny_model.model_id)
    assert DecoderFile(tiny_model, files, found.path).get() == found
