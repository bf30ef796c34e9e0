"""A tuned decoder takes over while somebody works, and the shipped one comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, expect

from app.services.decoder_file import DecoderFile
from app.services.live_model import LiveModel
from app.services.model_service import ModelService
from app.services.served_model import SHIPPED_MODEL, ServedModel
from app.storage.model_store import ModelStore
from app.storage.store import opened_store
from sam_core.build_sam import build_default
from sam_core.checkpoints import model_id
from scripts.local_server import running_server
from tests.e2e.workbench import Workbench, named_copy
from tests.helpers.tuned_models import LESSON, tuned

CUP = (300.0, 150.0)
HANDLE = (420.0, 180.0)
TABLE = (60.0, 350.0)
ANSWERED_BY = """() => {
  const state = maskwright.store.get();
  return state.documents[state.currentImageId].content.draft?.candidates[0]?.modelId ?? null;
}"""
SERVES = "(id) => maskwright.store.get().model?.modelId === id"


def keep_tuned_model(folder: Path) -> tuple[str, str]:
    """Put a tuned model into a store, as a run would; return the ids of base and version."""
    sam = build_default().eval().requires_grad_(False)
    base, changed = ServedModel(sam, SHIPPED_MODEL, model_id(sam)), tuned(sam, 0.02)
    with opened_store(folder, "") as store:
        models = ModelService(LiveModel(base), ModelStore(store.database), store.files)
        kept = models.keep(changed, "maskwright_s-t1", LESSON).version.model_id
        DecoderFile(ServedModel(changed, "maskwright_s-t1", kept), store.files).get()
    return base.model_id, kept


def use(workbench: Workbench, wanted: str) -> dict[str, Any]:
    """Choose a model as another program does."""
    answer = workbench.page.request.post(f"{workbench.address}/api/models/{wanted}/use")
    assert answer.ok, answer.text()
    found: dict[str, Any] = answer.json()
    return found


def test_an_open_page_goes_on_with_the_new_decoder_and_back(
    context: BrowserContext, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    base, version = keep_tuned_model(store)
    with running_server(store) as address:
        workbench = Workbench(context.new_page(), address)
        workbench.open()
        workbench.add_photo(named_copy("coffee.jpg", "cup", tmp_path))
        workbench.click(*CUP)
        begun = workbench.open_draft()
        assert workbench.page.evaluate(ANSWERED_BY) == base

        use(workbench, version)
        expect(workbench.page.get_by_text("maskwright_s-t1 answers from now on")).to_be_visible()
        workbench.wait_until_ready("cup.jpg")
        # What was begun is there as it was, and belongs to the model that gave it.
        assert workbench.open_draft().points == begun.points
        assert (workbench.open_draft().shown.mask == begun.shown.mask).all()
        assert workbench.page.evaluate(ANSWERED_BY) == base
        workbench.click(*TABLE, background=True)
        assert workbench.page.evaluate(ANSWERED_BY) == version
        workbench.accept()
        workbench.wait_until_kept(1)

        back = use(workbench, base)
        assert back["previous"] == version
        workbench.page.wait_for_function(SERVES, arg=base)
        workbench.wait_until_ready("cup.jpg")
        workbench.click(*HANDLE)
        assert workbench.page.evaluate(ANSWERED_BY) == base
        workbench.accept()
        workbench.wait_until_kept(2)
        image = workbench.current("id")
        kept = workbench.get_json(f"/api/images/{image}/annotations")["annotations"]
        assert [one["model_id"] for one in kept] == [version, base]
