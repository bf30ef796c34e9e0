"""People as values."""

from __future__ import annotations

from app.client.team_values import Assignment, Session, User

ADA = {"id": 2, "name": "Ada", "role": "owner", "is_disabled": False, "created_at": "2026"}


def test_a_session_holds_its_user_or_nobody() -> None:
    session = Session.from_json({"has_accounts": True, "user": ADA, "permissions": ["read"]})
    assert session.user == User(2, "Ada", "owner", False, "2026")
    nobody = Session.from_json({"has_accounts": True, "user": None, "permissions": []})
    assert nobody.user is None


def test_fields_of_a_later_server_are_passed_over() -> None:
    assert Assignment.from_json({"image_id": 1, "user_id": 2, "until": "Monday"}).user_id == 2
