"""The page's speed is measured from real events to painted frames."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from bench import page_speed
from bench.page_speed import path, percentile_95, places


@pytest.mark.e2e
def test_hovers_and_clicks_are_counted_and_timed(
    browser: Browser, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_speed, "HOVER_SECONDS", 1.0)
    monkeypatch.setattr(page_speed, "CLICKS", 2)
    monkeypatch.setattr(page_speed, "PHOTO_MEGAPIXELS", 0.2)
    result = page_speed.measure_pointer(browser, server)
    assert 0 < result["hover_fps"] <= result["frames_fps"]
    assert 0 < result["click_to_paint_ms"] <= result["click_to_paint_p95_ms"]


@pytest.mark.e2e
def test_the_next_image_is_timed_to_its_first_possible_click(
    browser: Browser, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_speed, "STEPS", 2)
    monkeypatch.setattr(page_speed, "STEP_MEGAPIXELS", 0.1)
    result = page_speed.measure_next_image(browser, server)
    assert 0 < result["next_image_ms"] <= result["next_image_ready_ms"]


@pytest.mark.e2e
def test_the_heap_is_read_before_and_after(
    browser: Browser, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_speed, "IMAGES", 3)
    monkeypatch.setattr(page_speed, "IMAGES_BEFORE", 1)
    monkeypatch.setattr(page_speed, "DECODES_PER_IMAGE", 2)
    result = page_speed.measure_heap(browser, server)
    assert result["heap_mb_after_20"] > 1
    assert abs(result["heap_growth_mb"]) < 500


def test_places_and_the_path_stay_on_the_photograph() -> None:
    for place in [*places(200), *(path(second / 7) for second in range(200))]:
        assert 0 < place["x"] < 1
        assert 0 < place["y"] < 1


def test_places_go_on_where_the_first_ones_ended() -> None:
    assert places(5) == places(3) + places(2, start=3)


def test_one_of_twenty_may_take_longer() -> None:
    assert percentile_95([1.0] * 99 + [50.0]) == 1.0
