"""Which models there are, and which one is served."""

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from app.domain.model_version import Lesson, ModelChoice, ModelVersion, NewVersion
from app.errors import ConflictError, NotFoundError
from app.services.live_model import LiveModel
from app.services.served_model import ServedModel
from app.storage.file_store import FileStore
from app.storage.model_store import ModelStore
from sam_core.checkpoints import encoder_id, model_id
from sam_core.errors import CheckpointError
from sam_core.modeling import Sam
from sam_core.weight_changes import save_changes, with_changes

_logger = logging.getLogger(__name__)


class ModelService:
    """Lists the model of the settings and what was tuned from it, and switches among them.

    The choice lies in the database, so that it outlives the server and that another program
    can make it; `follow` makes the running server do what was chosen.

    Args:
        live: What is switched.
        store: Versions and choices.
        files: Where their weights lie.
    """

    def __init__(self, live: LiveModel, store: ModelStore, files: FileStore) -> None:
        self._live = live
        self._store = store
        self._files = files
        self._lock = Lock()
        self._given_up = ""

    def list_choices(self) -> list[ModelChoice]:
        """Return the model of the settings, then all versions, oldest first."""
        base, served = self._live.base, self._live.current.model_id
        choices = [ModelChoice(base.model_id, base.name, None, served == base.model_id)]
        for version in self._store.list_all():
            found = version.version
            choices.append(
                ModelChoice(
                    model_id=found.model_id,
                    name=found.name,
                    version=version,
                    is_served=found.model_id == served,
                    problem=self._problem_of(version),
                )
            )
        return choices

    def previous(self) -> str | None:
        """Return the id of the model that was served before, or ``None`` if there is none."""
        newest, before = self._store.chosen(self._live.base.model_id)
        return (before or self._live.base.model_id) if newest is not None else None

    def takes_logits_of(self) -> list[str]:
        """Return the models whose kept logits the present decoder takes as they are."""
        known = {self._live.base.model_id: self._live.base.encoder_id}
        for version in self._store.list_all():
            known[version.version.model_id] = version.version.encoder_id
        wanted = self._live.current.encoder_id
        return [number for number, encoder in known.items() if encoder == wanted]

    def use(self, wanted: str) -> ServedModel:
        """Serve a model from now on, here and wherever this store is served.

        Raises:
            NotFoundError: If there is no such model.
            ConflictError: If it cannot be used with the model of the settings.
        """
        with self._lock:
            model = self._load(wanted)
            self._store.choose(self._live.base.model_id, wanted)
            self._live.switch(model)
            return model

    def follow(self) -> ServedModel:
        """Serve what was chosen last, by whomever, and return it.

        A model that was chosen and cannot be used any more leaves the model of the settings.
        """
        with self._lock:
            chosen, _ = self._store.chosen(self._live.base.model_id)
            wanted = chosen or self._live.base.model_id
            if wanted not in {self._live.current.model_id, self._given_up}:
                self._live.switch(self._load_or_base(wanted))
            return self._live.current

    def keep(self, tuned: Sam, name: str, lesson: Lesson) -> ModelVersion:
        """Keep a tuned model as a version; it is not served yet.

        Raises:
            CheckpointError: If it does not differ from its base, or diverged.
            AppError: If the store cannot be written.
        """
        base = self._live.base
        sha256, byte_count = _save_by_hash(
            self._files.tuned_path, lambda path: save_changes(base.sam, tuned, path)
        )
        version = NewVersion(
            model_id=model_id(tuned),
            base_id=base.model_id,
            encoder_id=encoder_id(tuned),
            name=name,
            file_sha256=sha256,
            byte_count=byte_count,
            lesson=lesson,
        )
        return self._store.add(version)

    def next_name(self) -> str:
        """Return what the next version shall be called."""
        taken = max((version.id for version in self._store.list_all()), default=0)
        return f"{self._live.base.name}-t{taken + 1}"

    def remove(self, unwanted: str) -> None:
        """Forget a version and delete its weights; the masks that it made stay.

        Raises:
            NotFoundError: If there is no such version.
            ConflictError: If it is chosen to be served.
        """
        with self._lock:
            version = self._find(unwanted)
            if self._store.chosen(version.version.base_id)[0] == unwanted:
                raise ConflictError(
                    "model_in_use",
                    f"a model that is removed must not be in use, but {unwanted} is",
                    "use another one first",
                )
            self._store.remove(unwanted)
            self._files.tuned_path(version.version.file_sha256).unlink(missing_ok=True)

    def _load_or_base(self, wanted: str) -> ServedModel:
        try:
            return self._load(wanted)
        except (NotFoundError, ConflictError) as error:
            _logger.warning(
                "model %s was chosen but cannot be served: %s; %s is served instead",
                *(wanted, error.message, self._live.base.name),
            )
            self._given_up = wanted
            return self._live.base

    def _load(self, wanted: str) -> ServedModel:
        base = self._live.base
        if wanted == base.model_id:
            return base
        version = self._find(wanted).version
        try:
            sam = with_changes(base.sam, self._files.tuned_path(version.file_sha256))
        except CheckpointError as error:
            raise ConflictError(
                "model_unusable", str(error), "choose another one of the list"
            ) from error
        return ServedModel(sam, version.name, version.model_id, version.encoder_id)

    def _find(self, wanted: str) -> ModelVersion:
        version = self._store.find(wanted)
        if version is None:
            raise NotFoundError(
                "model_not_found",
                f"the model must be one of those that are listed, got {wanted!a}",
                "ask for the list of models",
            )
        return version

    def _problem_of(self, version: ModelVersion) -> str:
        found = version.version
        if found.base_id != self._live.base.model_id:
            return f"it was made from the model {found.base_id}, and another one is started"
        if not self._files.tuned_path(found.file_sha256).is_file():
            return "its weights are gone from the data folder"
        return ""


def _save_by_hash(
    path_of: Callable[[str], Path], write: Callable[[Path], object]
) -> tuple[str, int]:
    unnamed = path_of("unnamed")
    unnamed.parent.mkdir(parents=True, exist_ok=True)
    write(unnamed)
    content = unnamed.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    unnamed.replace(path_of(sha256))
    return sha256, len(content)
