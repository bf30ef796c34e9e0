"""Signing in, users and assignments through the client."""

from __future__ import annotations

import pytest

from app.client import Assignment, Client, ClientError
from app.domain.user import Role, User
from tests.helpers.accounts import PASSWORD
from tests.helpers.app_fixtures import mask_json


def test_without_accounts_nobody_is_signed_in(address: str) -> None:
    session = Client(address).account.session()
    assert (session.has_accounts, session.user) == (False, None)
    assert "annotate" in session.permissions
    with pytest.raises(ClientError, match="accounts_off"):
        Client(address).users.add("Ada", PASSWORD, "owner")


def test_a_script_signs_in_and_out_again(
    address: str, image_id: int, team: dict[Role, User]
) -> None:
    client = Client(address, author="somebody else")
    with pytest.raises(ClientError, match="sign_in_required"):
        client.images.all()
    with pytest.raises(ClientError, match="sign_in_failed"):
        client.account.sign_in("Annotator", "a wrong password")
    session = client.account.sign_in("Annotator", PASSWORD)
    assert session.user is not None
    assert (session.user.id, session.user.role) == (team[Role.ANNOTATOR].id, "annotator")
    kept = client.annotations.add(image_id, category_id=1, segmentation=mask_json())
    assert kept.author == "Annotator"
    with pytest.raises(ClientError, match="permission_missing"):
        client.users.add("Eve", PASSWORD, "owner")
    assert client.account.session().user == session.user
    client.account.sign_out()
    with pytest.raises(ClientError, match="sign_in_required"):
        client.images.all()


def test_a_changed_password_keeps_this_session_alone(address: str, team: dict[Role, User]) -> None:
    assert team
    here, there = Client(address), Client(address)
    for client in (here, there):
        client.account.sign_in("Reader", PASSWORD)
    here.account.change_password(PASSWORD, "another word that nobody guesses")
    here.images.all()
    with pytest.raises(ClientError, match="sign_in_required"):
        there.images.all()


def test_an_owner_adds_and_disables_people(address: str, team: dict[Role, User]) -> None:
    client = Client(address)
    client.account.sign_in("Owner", PASSWORD)
    ada = client.users.add("Ada", PASSWORD, "reviewer")
    assert [user.name for user in client.users.all()][-1] == "Ada"
    assert len(client.users.all()) == len(team) + 1
    changed = client.users.change(ada.id, is_disabled=True, role="reader")
    assert (changed.is_disabled, changed.role) == (True, "reader")


def test_images_are_given_to_people_and_verdicts_read(
    address: str, image_id: int, team: dict[Role, User]
) -> None:
    client = Client(address)
    client.account.sign_in("Owner", PASSWORD)
    worker = team[Role.ANNOTATOR].id
    assert client.teamwork.assignments(1) == []
    given = [Assignment(image_id, worker)]
    assert client.teamwork.assign(1, [image_id], worker) == given
    assert client.teamwork.assignments(1) == given
    said = client.images.review(image_id, "rejected", comment="the ear is missing")
    assert client.teamwork.reviews(1) == [said]
    assert client.teamwork.assign(1, [image_id], None) == []
