"""A whole task of a team: made, rejected with a comment, mended, accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from app import cli
from scripts.local_server import running_server
from tests.e2e.conftest import new_profile, watched_page
from tests.e2e.test_accessibility import AXE, findings
from tests.e2e.workbench import Workbench, named_copy

PASSWORD = "a word that nobody guesses"
PHOTO = "team-coffee.jpg"


@pytest.fixture
def team_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the address of a server with one owner, Ada."""
    store = tmp_path / "store"
    monkeypatch.setenv("MASKWRIGHT_PASSWORD", PASSWORD)
    assert cli.main(["users", "add", "Ada", "--role", "owner", "--data-dir", str(store)]) == 0
    with running_server(store) as address:
        yield address


class Team:
    """A browser for each person."""

    def __init__(self, browser: Browser, address: str, stack: ExitStack) -> None:
        self.browser = browser
        self.address = address
        self.stack = stack

    def sign_in(self, name: str) -> Workbench:
        """Open the page as somebody, in a browser of their own."""
        context = self.stack.enter_context(new_profile(self.browser))
        page = self.stack.enter_context(watched_page(context))
        workbench = Workbench(page, self.address)
        page.goto(self.address)
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill("a wrong one, first")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_contain_text("do not belong together")
        sign_in_here(page, name)
        workbench.wait_until_running()
        return workbench


@pytest.fixture
def team(browser: Browser, team_server: str) -> Iterator[Team]:
    with ExitStack() as stack:
        yield Team(browser, team_server, stack)


def add_person(page: Page, name: str, role: str) -> None:
    form = page.get_by_role("form", name="Add somebody")
    form.get_by_label("Name").fill(name)
    form.get_by_label("First password").fill(PASSWORD)
    form.get_by_label("Role").select_option(role)
    form.get_by_role("button", name="Add").click()
    expect(page.get_by_label(f"Role of {name}")).to_have_value(role)


def test_a_mask_is_made_rejected_mended_and_accepted(team: Team, tmp_path: Path) -> None:
    make_team(team.sign_in("Ada"), named_copy("coffee.jpg", PHOTO, tmp_path))
    ben = team.sign_in("Ben")
    make_mask(ben)
    rita = team.sign_in("Rita")
    rita.open_photo(PHOTO)
    rita.wait_until_kept(1)
    expect(ben.page.get_by_title("Also on this image: Rita")).to_be_visible()
    reject_mask(rita)
    mend_mask(ben)
    rita.page.reload()
    rita.wait_until_ready(PHOTO)
    rita.press("Escape", "Alt+a")
    expect(state_of(rita)).to_have_value("reviewed")
    rita.page.get_by_role("group", name="Review of this image").get_by_text("Take back").click()
    expect(state_of(rita)).to_have_value("done")
    rita.page.get_by_role("button", name="Account of Rita").click()
    rita.page.get_by_role("button", name="Sign out").click()
    expect(rita.page.get_by_role("button", name="Sign in")).to_be_visible()


def make_team(ada: Workbench, photo: Path) -> None:
    ada.add_photo(photo)
    ada.page.get_by_role("button", name="Account of Ada").click()
    ada.page.get_by_role("button", name="People").click()
    add_person(ada.page, "Ben", "annotator")
    add_person(ada.page, "Rita", "reviewer")
    ada.press("Escape", "Shift+g")
    ada.page.get_by_label(f"Select {PHOTO}").check()
    ada.page.get_by_label("Assign the selected photographs to").select_option(label="Ben")
    expect(ada.page.get_by_title("Assigned to Ben")).to_be_visible()


def make_mask(ben: Workbench) -> None:
    expect(ben.page.get_by_role("button", name="Add photographs")).to_have_count(0)
    ben.wait_until_ready(PHOTO)
    ben.click(300, 200)
    ben.accept()
    state_of(ben).select_option("done")


def reject_mask(rita: Workbench) -> None:
    rita.press("v", "n", "Alt+r")
    rita.page.get_by_label("What is wrong with this object?").fill("leave the saucer out")
    rita.press("Control+Enter")
    expect(rita.page.get_by_role("dialog")).to_have_count(0)
    expect(state_of(rita)).to_have_value("in_work")


def mend_mask(ben: Workbench) -> None:
    made = ben.objects()[0]["area"]
    ben.press("Shift+g")
    ben.page.get_by_role("button", name="Rejected 1").click()
    ben.page.get_by_role("button", name=f"Open {PHOTO}").click()
    expect(ben.page.get_by_label("Rejected: leave the saucer out")).to_be_visible()
    ben.wait_until_ready(PHOTO)
    ben.press("v", "n", "e")
    ben.page.mouse.move(*ben.to_screen(300, 190))
    ben.page.mouse.down()
    ben.page.mouse.move(*ben.to_screen(310, 210), steps=4)
    ben.page.mouse.up()
    expect(ben.page.get_by_label("Changed since the review: leave the saucer out")).to_be_visible()
    assert ben.objects()[0]["area"] < made
    state_of(ben).select_option("done")


def state_of(person: Workbench) -> Locator:
    return person.page.get_by_label("State of this image")


def test_work_waits_while_a_session_has_ended(team: Team, tmp_path: Path) -> None:
    ada = team.sign_in("Ada")
    ada.add_photo(named_copy("coffee.jpg", PHOTO, tmp_path))
    ada.page.context.clear_cookies()
    ada.click(300, 200)
    ada.press("Enter")
    dialog = ada.page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible()
    ada.press("Escape")
    expect(dialog).to_be_visible()
    sign_in_again(ada)
    ada.wait_until_kept(1)
    ada.page.reload()
    ada.wait_until_ready(PHOTO)
    ada.wait_until_kept(1)


def test_a_tab_saves_nothing_under_the_name_of_who_signed_in_later(
    team: Team, tmp_path: Path
) -> None:
    ada = team.sign_in("Ada")
    ada.add_photo(named_copy("coffee.jpg", PHOTO, tmp_path))
    other_tab = ada.page.context.request
    ben = {"name": "Ben", "role": "annotator", "password": PASSWORD}
    assert other_tab.post(f"{team.address}/api/users", data=ben).status == 201
    del ben["role"]
    assert other_tab.post(f"{team.address}/api/session", data=ben).ok
    ada.click(300, 200)
    ada.press("Enter")
    sign_in_again(ada)
    ada.wait_until_kept(1)
    kept = ada.get_json(f"/api/images/{ada.current('id')}/annotations")["annotations"]
    assert [one["author"] for one in kept] == ["Ada"]


def sign_in_again(person: Workbench) -> None:
    dialog = person.page.get_by_role("dialog", name="Sign in again")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_have_count(0)


def test_work_of_somebody_else_is_held_back_until_they_are_here(team: Team, tmp_path: Path) -> None:
    ada = team.sign_in("Ada")
    make_team(ada, named_copy("coffee.jpg", PHOTO, tmp_path))
    ben = team.sign_in("Ben")
    ben.wait_until_ready(PHOTO)
    page = ben.page
    page.route("**/api/images/*/annotations**", cut_off)
    ben.click(300, 200)
    ben.press("Enter")
    expect(page.get_by_text("Offline, 1 waiting")).to_be_visible()
    page.context.clear_cookies()
    page.unroute_all()
    page.goto(team.address)
    sign_in_here(page, "Rita")
    dialog = page.get_by_role("dialog", name="Work of somebody else")
    expect(dialog).to_contain_text("1 change that was not saved")
    image = ada.current("id")
    assert ada.get_json(f"/api/images/{image}/annotations")["annotations"] == []
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    saved = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert saved["person"]["name"] == "Ben"
    assert saved["objects"][0]["annotation"]["segmentation"]["size"] == [400, 600]
    dialog.get_by_role("button", name="Sign in as Ben").click()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Account of Ben")).to_be_visible()
    ben.wait_until_ready(PHOTO)
    ben.wait_until_kept(1)
    (kept,) = ada.get_json(f"/api/images/{image}/annotations")["annotations"]
    assert kept["author"] == "Ben"


def cut_off(route: Route, request: Request) -> None:
    """Let nothing that is made arrive."""
    if request.method == "POST":
        route.abort()
    else:
        route.continue_()


def sign_in_here(page: Page, name: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name=f"Account of {name}")).to_be_visible()


def test_signing_in_and_the_dialogs_about_people_have_no_serious_finding(team: Team) -> None:
    context = team.stack.enter_context(new_profile(team.browser))
    page = team.stack.enter_context(watched_page(context))
    page.goto(team.address)
    page.get_by_role("button", name="Sign in").wait_for()
    found = findings_in_both_themes(page, "sign in")
    page.close()
    ada = team.sign_in("Ada").page
    for dialog in ("users", "password", "reject", "signIn", "leftWork"):
        ada.evaluate(f"() => maskwright.commands.showDialog('{dialog}')")
        ada.get_by_role("dialog").wait_for()
        found += findings_in_both_themes(ada, dialog)
    assert not found, "\n".join(found)


def findings_in_both_themes(page: Page, where: str) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = []
    for theme in ("dark", "light"):
        page.evaluate(f"() => {{ document.documentElement.dataset.theme = '{theme}'; }}")
        found += findings(page, f"{where}, {theme}")
    return found
