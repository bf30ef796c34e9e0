"""The next image is there before anybody asks for it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Request, expect

from tests.e2e.workbench import Workbench, named_copy


def test_the_next_image_is_clicked_on_without_asking_the_server_for_it(
    workbench: Workbench, tmp_path: Path
) -> None:
    workbench.open_new_project("looked ahead")
    first, second, third = (
        named_copy("coffee.jpg", f"ahead-{number}", tmp_path) for number in (1, 2, 3)
    )
    page = workbench.page
    for path in (first, second, third):
        workbench.choose_file(path)
        expect(page.get_by_role("button", name=f"Open {path.name}")).to_be_visible()
    next_id = page.evaluate("() => maskwright.store.get().images[1].id")

    # A page that has nothing yet asks for the image that is open, then for the next one.
    with page.expect_event("requestfinished", lambda one: brings_embedding(one, next_id)):
        page.reload()
    workbench.wait_until_ready(first.name)
    asked: list[str] = []
    page.on("request", lambda one: asked.extend([one.url] * brings_embedding(one, next_id)))
    workbench.press("d")
    workbench.wait_until_ready(second.name)
    workbench.click(285, 250)
    assert workbench.open_draft()
    assert asked == []


def brings_embedding(request: Request, image_id: int) -> bool:
    """Say whether the bytes of this image's embedding are asked for."""
    path = rf"/api/images/{image_id}/embedding(\?|$)"
    return request.method == "GET" and re.search(path, request.url) is not None
