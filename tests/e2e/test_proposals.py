"""All masks of a real photograph: proposed, accepted, rejected, exported."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.workbench import Workbench, named_copy

IS_SEARCHED = """() => {
  const state = maskwright.store.get();
  return state.proposals[state.currentImageId]?.phase === 'ready';
}"""
LARGEST_OFFERED = """() => {
  const state = maskwright.store.get();
  const {items, rejected} = state.proposals[state.currentImageId];
  return items.filter(({number}) => !rejected[number]).reduce((a, b) => (a.area > b.area ? a : b));
}"""
HOVERED = "() => maskwright.store.get().hoveredProposal"
REJECTED = """() => {
  const state = maskwright.store.get();
  return Object.keys(state.proposals[state.currentImageId].rejected).length;
}"""


PANEL_BOTTOMS = """() => {
  const bottom = (element) => element.getBoundingClientRect().bottom;
  const panels = document.querySelector('.panels');
  return [...panels.querySelectorAll('.panel')].map((panel) => bottom(panel) - bottom(panels));
}"""


def propose(workbench: Workbench) -> None:
    """Ask for proposals as a person does, and let weak ones pass."""
    workbench.press("o")
    workbench.page.get_by_role("button", name="Propose", exact=True).click()
    workbench.page.wait_for_function(IS_SEARCHED)
    for name in ("Predicted IoU at least", "Stability at least"):
        slider = workbench.page.get_by_role("slider", name=name)
        slider.fill("0")
        slider.blur()  # as the end of a drag does; then keys mean the photograph again


def test_accepted_proposals_are_exported_and_the_others_are_not(
    coffee: Workbench, tmp_path: Path
) -> None:
    propose(coffee)
    page = coffee.page
    page.get_by_role("button", name="Reject proposal").first.click()
    assert page.evaluate(REJECTED) == 1
    coffee.press("y")
    coffee.wait_until_kept(1)

    page.set_viewport_size({"width": 1280, "height": 720})
    assert max(page.evaluate(PANEL_BOTTOMS)) <= 1, "no panel may hang over the filmstrip"

    target = page.evaluate(LARGEST_OFFERED)
    point = coffee.to_screen(target["point"]["x"], target["point"]["y"])
    page.mouse.move(point[0] + 1, point[1])
    page.wait_for_function(f"({HOVERED})() !== null")
    page.mouse.click(*point)
    coffee.wait_until_kept(2)

    kept = coffee.get_json(f"/api/images/{coffee.current('id')}/annotations")["annotations"]
    assert [annotation["origin"] for annotation in kept] == ["automatic", "automatic"]
    name = coffee.current("file_name")
    dataset = json.loads(coffee.export_coco(tmp_path).read_text(encoding="utf-8"))
    (image_id,) = [image["id"] for image in dataset["images"] if image["file_name"] == name]
    exported = [item for item in dataset["annotations"] if item["image_id"] == image_id]
    assert [item["segmentation"]["counts"] for item in exported] == [
        annotation["segmentation"]["counts"] for annotation in kept
    ]


def test_an_accepted_proposal_is_refined_from_its_logits(coffee: Workbench) -> None:
    propose(coffee)
    coffee.press("y")
    coffee.wait_until_kept(1)
    (taken,) = coffee.objects()
    assert taken["hasLogits"]
    coffee.refine(0)
    coffee.press("c")
    coffee.click(30, 30, background=True)
    previous = coffee.previous_logits()
    assert previous is not None
    assert previous.size == taken_side(coffee) ** 2


def taken_side(workbench: Workbench) -> int:
    """Return the side of the logits that the model gives."""
    return int(workbench.get_json("/api/model")["mask_size"])


def test_all_images_of_the_project_are_searched(workbench: Workbench, tmp_path: Path) -> None:
    # A project of its own: what the other tests added would be searched too.
    workbench.open_new_project("searched")
    workbench.add_photo(named_copy("coffee.jpg", "searched-cup", tmp_path))
    workbench.add_photo(named_copy("astronaut.jpg", "searched-astronaut", tmp_path))
    workbench.press("o")
    page = workbench.page
    page.get_by_role("button", name="Propose for all images").click()
    page.get_by_role("button", name="Stop").wait_for()
    page.wait_for_function("() => maskwright.store.get().projectProposals?.waiting === 0")
    progress = page.evaluate("() => maskwright.store.get().projectProposals")
    assert progress["done"] == progress["total"] == 2
    expect(page.locator(".project-search").get_by_text("searched.")).to_be_visible()
    # What was found is there at once, without another search.
    page.get_by_role("button", name="Propose", exact=True).click()
    page.wait_for_function(IS_SEARCHED)


def test_boxes_of_a_detector_are_reviewed_and_the_next_image_follows(
    workbench: Workbench, tmp_path: Path
) -> None:
    # A project of its own: what the other tests have proposed would be reviewed too.
    workbench.open_new_project("boxes")
    workbench.add_photo(named_copy("coffee.jpg", "boxes-cup", tmp_path))
    workbench.add_photo(named_copy("astronaut.jpg", "boxes-astronaut", tmp_path))
    page = workbench.page
    images = page.evaluate("() => maskwright.store.get().images")
    first, second = sorted(images[-2:], key=lambda image: image["id"])
    boxes = [
        {"image_id": image["id"], "bbox": [40 + 30 * at, 40, 200, 160], "score": 0.9 - 0.1 * at}
        for image, count in ((first, 2), (second, 1))
        for at in range(count)
    ]
    file = tmp_path / "boxes.json"
    file.write_text(json.dumps(boxes), encoding="utf-8")
    workbench.press("o")
    page.get_by_label("File with the boxes of a detector").set_input_files(file)
    page.get_by_text("3 boxes become masks to review, in 2 images").wait_for()
    page.wait_for_function("() => maskwright.store.get().projectProposals?.waiting === 0")
    for name in ("predictedIou", "stability"):
        page.evaluate(f"() => maskwright.commands.setProposalFilter({{{name}: 0}})")

    page.get_by_role("button", name="Review all images").click()
    page.get_by_text("Image 1 of 2 to review").wait_for()
    reviewed = page.evaluate("() => maskwright.store.get().proposalReview.images[0].image_id")
    page.wait_for_function(IS_SEARCHED)
    for _ in range(2 if reviewed == first["id"] else 1):
        workbench.press("k")
    page.get_by_text("Image 2 of 2 to review").wait_for()
    page.wait_for_function(f"() => maskwright.store.get().currentImageId !== {reviewed}")
    page.wait_for_function(IS_SEARCHED)
    workbench.press("k")
    if reviewed == second["id"]:
        workbench.press("k")
    page.get_by_text("all proposals of this review are decided").wait_for()

    # The next visit asks for nothing that was decided.
    page.reload()
    page.wait_for_function("() => globalThis.maskwright?.store.get().imagesPhase === 'ready'")
    queue = workbench.get_json(f"/api/projects/{workbench.current('project_id')}/proposals/queue")
    assert not {first["id"], second["id"]} & {image["image_id"] for image in queue["images"]}
