"""The ONNX decoder for the browser: shipped, or exported on first use."""

import hashlib
import logging
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
        self._found: ServedFile | None = None

    def get(self) -> ServedFile:
        """Return the decoder, exporting it if this is the first time for these weights.

        Raises:
            ServerFaultError: If the exported graph does not give what torch gives.
        """
        with self._lock:
            if self._found is None:
                path = self._find_path()
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                etag = f"{self._model.model_id}-{digest[:16]}"
                self._found = ServedFile(path, "application/octet-stream", etag)
            return self._found

    def describe_model(self) -> ModelDescription:
        """Return what a browser must know about the model and its decoder.

        Raises:
            ServerFaultError: If the decoder cannot be exported.
        """
        model, sam = self._model, self._model.sam
        features = zip(FEATURE_NAMES, example_features(sam), strict=False)
        return ModelDescription(
            model_id=model.model_id,
            name=model.name,
            image_size=sam.image_size,
            mask_size=model.mask_size,
            mask_threshold=sam.mask_threshold,
            tensor_shapes=tuple((name, tuple(tensor.shape)) for name, tensor in features),
            parameter_count=model.parameter_count,
            decoder_etag=self.get().etag,
        )

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
