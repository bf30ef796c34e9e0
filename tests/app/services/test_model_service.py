"""Switching among the model of the settings and what was tuned from it."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.model_version import ModelVersion
from app.errors import ConflictError, NotFoundError
from app.services.live_model import LiveModel
from app.services.model_service import ModelService
from app.services.served_model import ServedModel
from app.storage.database import Database
from app.storage.file_store import FileStore
from app.storage.model_store import ModelStore
from sam_core.checkpoints import model_id
from tests.helpers.tuned_models import LESSON, tuned


class Shop:
    """A service with the tiny model, and another one on the same store."""

    def __init__(self, folder: Path, model: ServedModel) -> None:
        self.files = FileStore(folder)
        self.database = Database(folder / "db")
        self.model = model
        self.live, self.service = self.open()

    def open(self, model: ServedModel | None = None) -> tuple[LiveModel, ModelService]:
        live = LiveModel(model or self.model)
        return live, ModelService(live, ModelStore(self.database), self.files)

    def keep(self, by: float = 0.1) -> ModelVersion:
        return self.service.keep(tuned(self.model.sam, by), self.service.next_name(), LESSON)

    def path(self, version: ModelVersion) -> Path:
        return self.files.tuned_path(version.version.file_sha256)


@pytest.fixture
def shop(tmp_path: Path, tiny_model: ServedModel) -> Shop:
    return Shop(tmp_path, tiny_model)


def test_a_kept_version_is_listed_and_not_served(shop: Shop) -> None:
    kept = shop.keep()
    base, version = shop.service.list_choices()
    assert (base.model_id, base.is_served, base.version) == (shop.model.model_id, True, None)
    assert (version.name, version.is_served, version.problem) == ("tiny-t1", False, "")
    assert version.version == kept
    assert shop.service.previous() is None


def test_using_a_version_serves_its_decoder_on_the_same_embeddings(shop: Shop) -> None:
    kept = shop.keep()
    model = shop.service.use(kept.version.model_id)
    assert shop.live.current is model
    assert model.model_id == model_id(model.sam) == kept.version.model_id
    assert model.encoder_id == shop.model.encoder_id
    assert shop.model.model_id == model_id(shop.model.sam)


def test_going_back_is_using_the_previous_one(shop: Shop) -> None:
    shop.service.use(shop.keep().version.model_id)
    before = shop.service.previous()
    assert before == shop.model.model_id
    shop.service.use(before)
    assert shop.live.current is shop.model
    assert shop.service.previous() == shop.keep().version.model_id


def test_the_choice_outlives_the_server_and_reaches_others(shop: Shop) -> None:
    live, other = shop.open()
    wanted = shop.keep().version.model_id
    shop.service.use(wanted)
    assert live.current is shop.model
    assert other.follow() is live.current
    assert live.current.model_id == wanted


def test_a_choice_that_cannot_be_served_leaves_the_base(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    kept = shop.keep()
    shop.service.use(kept.version.model_id)
    shop.path(kept).unlink()
    live, after = shop.open()
    with caplog.at_level(logging.WARNING):
        assert after.follow() is after.follow() is shop.model
    assert live.current is shop.model
    assert len(caplog.records) == 1
    assert after.list_choices()[1].problem == "its weights are gone from the data folder"
    with pytest.raises(ConflictError, match="must be a complete file"):
        after.use(kept.version.model_id)


def test_a_version_waits_for_the_model_that_it_was_made_from(shop: Shop) -> None:
    kept = shop.keep()
    sam = tuned(shop.model.sam, 0.7)
    live, other = shop.open(ServedModel(sam, "other", model_id(sam)))
    assert "was made from the model" in other.list_choices()[1].problem
    with pytest.raises(ConflictError, match="that they were made from"):
        other.use(kept.version.model_id)
    assert live.current.name == "other"


def test_an_unknown_model_is_refused(shop: Shop) -> None:
    for act in (shop.service.use, shop.service.remove):
        with pytest.raises(NotFoundError):
            act("no such")


def test_a_removed_version_takes_its_weights_along(shop: Shop) -> None:
    kept = shop.keep()
    shop.service.use(kept.version.model_id)
    with pytest.raises(ConflictError, match="must not be in use"):
        shop.service.remove(kept.version.model_id)
    shop.service.use(shop.model.model_id)
    shop.service.remove(kept.version.model_id)
    assert len(shop.service.list_choices()) == 1
    assert not shop.path(kept).exists()


def test_logits_are_taken_from_models_with_the_same_encoder(shop: Shop) -> None:
    kept = shop.keep()
    assert shop.service.takes_logits_of() == [shop.model.model_id, kept.version.model_id]
    other, service = shop.open(replace(shop.model, model_id="x", encoder_id="other"))
    assert (other.current.encoder_id, service.takes_logits_of()) == ("other", ["x"])
