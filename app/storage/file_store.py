"""Files of the data folder, named by the hash of what they hold."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from app.domain.embedding import EmbeddingKey
from app.domain.proposal import ProposalKey
from app.errors import StartUpError, meaning_of_os_error
from app.storage.atomic import remove_unfinished, write_atomically

_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png"}


class FileStore:
    """The folders beside the database.

    ``originals`` holds what came in, byte for byte. ``embeddings`` holds what took long
    to compute, ``tuned`` what was learnt from accepted masks. ``embeddings``, ``cache``,
    ``models``, ``exports`` and ``imports`` can be deleted at any time; they are made again.

    Args:
        data_dir: The data folder; made if it is not there.

    Raises:
        StartUpError: If nothing can be written there.
    """

    def __init__(self, data_dir: Path) -> None:
        # Absolute, because Flask takes a relative path to start at the package.
        self._root = data_dir.resolve()
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            self._probe()
            remove_unfinished(data_dir)
        except OSError as error:
            raise StartUpError(
                f"the data folder {data_dir} must be writable, got: {error.strerror}; "
                "choose another with --data-dir"
            ) from error

    @property
    def root(self) -> Path:
        """The data folder."""
        return self._root

    @property
    def database_path(self) -> Path:
        """Where the database lies."""
        return self._root / "maskwright.sqlite3"

    def original_path(self, sha256: str) -> Path:
        """Where the original bytes of an image lie."""
        return self._root / "originals" / sha256[:2] / sha256

    def pixels_path(self, sha256: str, media_type: str) -> Path:
        """Where the upright version for the browser lies, if it had to be made."""
        return self._root / "cache" / "pixels" / sha256[:2] / (sha256 + _SUFFIXES[media_type])

    def thumbnail_path(self, sha256: str) -> Path:
        """Where the small JPEG of an image lies."""
        return self._root / "cache" / "thumbnails" / sha256[:2] / f"{sha256}.jpg"

    def masked_thumbnail_path(self, sha256: str, drawn: str) -> Path:
        """Where the small JPEG of an image with certain masks lies."""
        return self._root / "cache" / "masked" / sha256[:2] / sha256 / f"{drawn}.jpg"

    def embedding_path(self, key: EmbeddingKey) -> Path:
        """Where the embedding of an image, or of a part of it, by an encoder lies."""
        folder = self._root / "embeddings" / key.encoder_id / key.sha256[:2]
        part = "" if key.crop is None else f".{key.crop.name}"
        return folder / f"{key.sha256}{part}.safetensors"

    def originals(self) -> Iterator[Path]:
        """Go through the originals of all images, in order.

        Yields:
            Path of each file.
        """
        yield from sorted((self._root / "originals").glob("??/[!.]*"))

    def embeddings(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Go through the embeddings of all encoders.

        Yields:
            Path and status of each file; one that is deleted meanwhile is left out.
        """
        for path in (self._root / "embeddings").rglob("*.safetensors"):
            with contextlib.suppress(FileNotFoundError):
                yield path, path.stat()

    def proposals_path(self, key: ProposalKey) -> Path:
        """Where the masks lie that a model proposes for an image."""
        folder = self._root / "proposals" / key.model_id / key.sha256[:2]
        return folder / f"{key.sha256}.jsonl"

    def scores_path(self, key: ProposalKey) -> Path:
        """Where the scores of these masks lie, without the masks."""
        return self.proposals_path(key).with_suffix(".scores.json")

    def decisions_path(self, key: ProposalKey, image_id: int) -> Path:
        """Where the decisions about these masks in one image lie."""
        return self.proposals_path(key).with_suffix(f".{image_id}.decided.json")

    def forget_proposals(self, key: ProposalKey) -> None:
        """Delete proposals, their scores and all decisions about them."""
        path = self.proposals_path(key)
        for beside in path.parent.glob(f"{path.stem}.*.json"):
            beside.unlink(missing_ok=True)
        path.unlink(missing_ok=True)

    def decoder_path(self, model_id: str) -> Path:
        """Where the decoder of a model lies once it was exported here."""
        return self._root / "models" / model_id / "decoder.onnx"

    def tuned_path(self, sha256: str) -> Path:
        """Where the weights of a tuned model lie that differ from its base."""
        return self._root / "tuned" / f"{sha256}.safetensors"

    def save_alone(self, path: Path, content: bytes) -> None:
        """Write one of the files above in place of whatever else its folder holds."""
        write_atomically(path, content)
        for earlier in path.parent.iterdir():
            if earlier.name != path.name:
                earlier.unlink(missing_ok=True)

    @property
    def tuning_dir(self) -> Path:
        """Where a run that tunes a model keeps how far it is."""
        return self._root / "tuning"

    @property
    def exports_dir(self) -> Path:
        """Where finished exports wait to be fetched."""
        return self._root / "exports"

    @property
    def imports_dir(self) -> Path:
        """Where annotation files wait until their import is confirmed."""
        return self._root / "imports"

    def check_writable(self) -> None:
        """Look whether a file can be written.

        Raises:
            AppError: If the disk is full or cannot be written.
            OSError: If it failed in any other way.
        """
        with _reporting_faults():
            self._probe()

    def save(self, path: Path, content: bytes) -> None:
        """Write one of the files above, whole or not at all.

        Raises:
            AppError: If the disk is full or cannot be written any more.
            OSError: If it failed in any other way.
        """
        with _reporting_faults():
            write_atomically(path, content)

    def _probe(self) -> None:
        probe = self._root / ".write-probe"
        write_atomically(probe, b"")
        probe.unlink(missing_ok=True)


@contextlib.contextmanager
def _reporting_faults() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        meant = meaning_of_os_error(error)
        if meant is None:
            raise
        raise meant from error
