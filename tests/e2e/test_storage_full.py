"""The browser has no room left: the page says so, nothing that the server can take is lost."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from scripts.local_server import running_server
from tests.e2e.workbench import Workbench, named_copy

CAT, EAR = (169.0, 120.0), (140.0, 60.0)
ASKS_BEFORE_CLOSING = """() => {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}"""


def test_work_goes_to_the_server_and_the_page_warns_before_it_is_closed(
    context: BrowserContext, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    with running_server(store) as address:
        port = address.rsplit(":", 1)[1]
        workbench = Workbench(context.new_page(), address)
        workbench.open()
        page = workbench.page
        workbench.add_photo(named_copy("chelsea.jpg", "cat", tmp_path))
        session = context.new_cdp_session(page)
        session.send("Storage.overrideQuotaForOrigin", {"origin": address, "quotaSize": 1})
        workbench.click(*CAT)
        # Neither the open object nor its steps can be kept, which is one trouble and said once.
        alert = page.get_by_role("alert")
        expect(alert).to_have_count(1)
        expect(alert).to_contain_text("The browser has no room left")
        expect(alert).to_contain_text("go to the server")
        assert page.evaluate(ASKS_BEFORE_CLOSING)
        workbench.accept()
        expect(alert).to_have_count(1)
        assert len(workbench.get_json("/api/images/1/annotations")["annotations"]) == 1
        expect(page.get_by_text("Saved", exact=True)).to_be_visible()
        assert not page.evaluate(ASKS_BEFORE_CLOSING)

    # Neither the browser nor the server takes it: it stays in the page, which says so.
    workbench.click(*EAR)
    workbench.press("Enter")
    expect(page.get_by_text("Offline, 1 waiting")).to_be_visible()
    assert page.evaluate(ASKS_BEFORE_CLOSING)
    with running_server(store, "--port", port):
        workbench.wait_until_kept(2)
        assert len(workbench.get_json("/api/images/1/annotations")["annotations"]) == 2
        assert not page.evaluate(ASKS_BEFORE_CLOSING)
