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
from app.services.served_model import ServedModel
from app.storage.file_store import FileStore
from sam_core.errors import ExportError
from sam_core.export.check_parity import example_features
from sam_core.export.onnx_decoder import CONTRACT, FEATURE_NAMES, export_decoder

SHIPPED_DECODER = Path(__file__).resolve().parents[2] / "sam_core/weights/maskwright_s_decoder.onnx"
PATIENCE_S = 1.0


_logger = logging.getLogger(__name__)


class DecoderFile:
    """Finds or makes the decoder that belongs to the model.

    A file is taken only if it carries the model's own id: a decoder of other weights would
    give wrong masks without a word.

    Args:
        model: The model that encodes the images.
        files: Where an exported decoder is kept.
        shipped: The decoder that comes with the program; taken if it is of this model.
    """

    def __init__(
        self, model: ServedModel, files: FileStore, shipped: Path = SHIPPED_DECODER
    ) -> None:
        self._model = model
        self._files = files
        self._shipped = shipped
        self._lock = Lock()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="decoder")
        self._search: Future[ServedFile] | None = None

    def get(self) -> ServedFile:
        """Return the decoder, waiting for its export if this is the first time for these weights.

        Raises:
            ServerFaultError: If the exported graph does not give what torch gives.
        """
        return self._start().result()

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
        search = self._start()
        if not wait([search], timeout=patience_s).done:
            return None
        return search.result()

    def describe_model(self) -> ModelDescription:
        """Return what a browser must know about the model and its decoder.

        Raises:
            ServerFaultError: If the decoder cannot be exported.
        """
        model, sam = self._model, self._model.sam
        features = zip(FEATURE_NAMES, example_features(sam), strict=False)
        decoder = self.get_soon()
        return ModelDescription(
            model_id=model.model_id,
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

    def _start(self) -> Future[ServedFile]:
        with self._lock:
            search = self._search
            has_failed = search is not None and search.done() and search.exception() is not None
            if search is None or has_failed:
                search = self._search = self._executor.submit(self._find)
            return search

    def _find(self) -> ServedFile:
        path = self._find_path()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        etag = f"{self._model.model_id}-{digest[:16]}"
        return ServedFile(path, "application/octet-stream", etag)

    def _find_path(self) -> Path:
        exported = self._files.decoder_path(self._model.model_id)
        for path in (self._shipped, exported):
            if path.is_file() and self._is_of_model(path):
                return path
        _logger.info("exporting the decoder of %s; this is done once", self._model.name)
        exported.parent.mkdir(parents=True, exist_ok=True)
        try:
            export_decoder(self._model.sam, exported, model_name=self._model.name)
        except ExportError as error:
            raise ServerFaultError(
                "decoder_export_failed", str(error), "please report this with the model's name"
            ) from error
        return exported

    def _is_of_model(self, path: Path) -> bool:
        try:
            graph = onnx.load(path, load_external_data=False)
        except DecodeError:
            return False
        metadata = {entry.key: entry.value for entry in graph.metadata_props}
        expected = {"model_id": self._model.model_id, "contract": CONTRACT}
        return all(metadata.get(key) == value for key, value in expected.items())
