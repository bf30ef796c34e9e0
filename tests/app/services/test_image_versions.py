"""Derived versions are made once and can be thrown away."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from app.context import AppContext
from app.services import image_versions
from tests.helpers.sample_images import oriented, quarters


def test_a_derived_version_is_made_once(
    context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    image, _ = context.images.add("a.png", oriented(quarters(), 3, "PNG"))
    made = context.versions.pixels(image), context.versions.thumbnail(image)
    monkeypatch.setattr(image_versions, "read_upright", None)
    assert (context.versions.pixels(image), context.versions.thumbnail(image)) == made


def test_a_deleted_cache_is_filled_again(context: AppContext) -> None:
    image, _ = context.images.add("a.png", oriented(quarters(), 3, "PNG"))
    before = context.versions.pixels(image).path.read_bytes()
    shutil.rmtree(context.config.data_dir / "cache")
    assert context.versions.pixels(image).path.read_bytes() == before


def test_the_model_sees_the_upright_image(context: AppContext) -> None:
    image, _ = context.images.add("a.png", oriented(quarters(), 6, "PNG"))
    assert np.array_equal(np.asarray(context.versions.upright(image)), np.asarray(quarters()))
