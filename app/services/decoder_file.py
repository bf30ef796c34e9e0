"""The ONNX decoder for the browser: shipped, or exported on first use."""

import hashlib
import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Lock

import onnx
from google.protobuf.message import DecodeError

from app.domain.model_description import ModelDescription
from app.domain.served_file import ServedFile
from app.errors import ServerFaultError
from app.services.served_model import ModelSource, ServedModel
from app.storage.file_store import FileStore
from sam_core.errors import ExportError
from sam_core.export.check_parity import example_features
from sam_core.export.onnx_decoder import CONTRACT, FEATURE_NAMES, export_decoder

SHIPPED_DECODER = Path(__file__).resolve().parents[2] / "sam_core/weights/maskwright_s_decoder.onnx"
PATIENCE_S = 1.0


_logger = logging.getLogger(__name__)


class DecoderFile:
    """Finds or makes the decoder that belongs to the model that is served.

    A file is taken only if it carries the model's own id: a decoder of other weights would
    give wrong masks without a word.

    Args:
        model: Whose decoder is wanted.
        files: Where an exported decoder is kept.
        shipped: The decoder that comes with the program; taken if it is of this model.
    """

    def __init__(
        self, model: ModelSource, files: FileStore, shipped: Path = SHIPPED_DECODER
    ) -> None:
        self._model = model
        self._files = files
        self._shipped = shipped
        self._lock = Lock()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="decoder")
        self._searches: dict[str, Future[ServedFile]] = {}

    def get(self) -> ServedFile:
        """Return the decoder, waiting for its export if this is the first time for these weights.

        Raises:
            ServerFaultError: If the exported graph does not give what torch gives.
        """
        return self._start(self._model.current).result()

    def get_soon(self, patience_s: float = PATIENCE_S) -> ServedFile | None:
        """Return the decoder, or ``None`` while it is being exported.

        An export takes up to a minute; whoever asked would hold one of the server's few
        threads for so long. It goes on in the background.

        Args:
            patience_s: How long to wait, in seconds; a file that is there needs less.

        Raises:
            ServerFaultError: If the exported graph does not give what torch gives; the next
                call tries again.
        """
        return self._get_soon(self._model.current, patience_s)

    def describe_model(self) -> ModelDescription:
        """Return what a browser must know about the model and its decoder.

        Raises:
            ServerFaultError: If the decoder cannot be exported.
        """
        model = self._model.current
        sam = model.sam
        features = zip(FEATURE_NAMES, example_features(sam), strict=False)
        decoder = self._get_soon(model, PATIENCE_S)
        return ModelDescription(
            model_id=model.model_id,
            encoder_id=model.encoder_id,
            name=model.name,
            image_size=sam.image_size,
            mask_size=model.mask_size,
            mask_threshold=sam.mask_threshold,
            tensor_shapes=tuple((name, tuple(tensor.shape)) for name, tensor in features),
            parameter_count=model.parameter_count,
            decoder_etag=None if decoder is None else decoder.etag,
        )

    def close(self) -> None:
        """Finish the export that runs, stop the thread."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _get_soon(self, model: ServedModel, patience_s: float) -> ServedFile | None:
        search = self._start(model)
        if not wait([search], timeout=patience_s).done:
            return None
        return search.result()

    def _start(self, model: ServedModel) -> Future[ServedFile]:
        with self._lock:
            search = self._searches.get(model.model_id)
            has_failed = search is not None and search.done() and search.exception() is not None
            if search is None or has_failed:
                search = self._executor.submit(self._find, model)
                self._searches[model.model_id] = search
            return search

    def _find(self, model: ServedModel) -> ServedFile:
        path = self._find_path(model)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        etag = f"{model.model_id}-{digest[:16]}"
        return ServedFile(path, "application/octet-stream", etag)

    def _find_path(self, model: ServedModel) -> Path:
        exported = self._files.decoder_path(model.model_id)
        for path in (self._shipped, exported):
            if path.is_file() and _is_of_model(path, model):
                return path
        _logger.info("exporting the decoder of %s; this is done once", model.name)
        exported.parent.mkdir(parents=True, exist_ok=True)
        try:
            export_decoder(model.sam, exported, model_name=model.name)
        except ExportError as error:
            raise ServerFaultError(
                "decoder_export_failed", str(error), "please report this with the model's name"
            ) from error
        return exported


def _is_of_model(path: Path, model: ServedModel) -> bool:
    try:
        graph = onnx.load(path, load_external_data=False)
    except DecodeError:
        return False
    metadata = {entry.key: entry.value for entry in graph.metadata_props}
    expected = {"model_id": model.model_id, "contract": CONTRACT}
    return all(metadata.get(key) == value for key, value in expected.items())
