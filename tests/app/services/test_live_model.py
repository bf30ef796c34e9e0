"""The model that is served can change."""

from __future__ import annotations

from dataclasses import replace

from app.services.live_model import LiveModel
from app.services.served_model import ServedModel


def test_the_base_is_served_until_another_model_is(tiny_model: ServedModel) -> None:
    live, other = LiveModel(tiny_model), replace(tiny_model, model_id="other")
    assert live.current is tiny_model
    live.switch(other)
    assert (live.current, live.base) == (other, tiny_model)
