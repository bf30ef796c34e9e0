"""Signing in, the users of a server, and who works on which image."""

from collections.abc import Sequence
from typing import Any

from app.client.team_values import Assignment, Session, User
from app.client.transport import Transport
from app.client.values import Review


class Account:
    """Signs in and out; everything that the client does then is done in that name.

    Args:
        transport: To the server.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def session(self) -> Session:
        """Return who is signed in, and what they may do."""
        return Session.from_json(self._transport.get("/api/session"))

    def sign_in(self, name: str, password: str) -> Session:
        """Sign in.

        Raises:
            ClientError: ``sign_in_failed``, or ``too_many_sign_ins`` after ten wrong passwords.
        """
        body = {"name": name, "password": password}
        return Session.from_json(self._transport.send("POST", "/api/session", body))

    def sign_out(self) -> None:
        """End the session."""
        self._transport.send("DELETE", "/api/session")

    def change_password(self, password: str, new_password: str) -> Session:
        """Give oneself another password; all other sessions of the person end."""
        body = {"password": password, "new_password": new_password}
        return Session.from_json(self._transport.send("PATCH", "/api/session", body))


class Users:
    """Lists, adds and changes the users of a server with accounts.

    Args:
        transport: To the server.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def all(self) -> list[User]:
        """Return all users, oldest first, those who are disabled included."""
        return [User.from_json(one) for one in self._transport.get("/api/users")["users"]]

    def add(self, name: str, password: str, role: str) -> User:
        """Add a user; the role is ``owner``, ``reviewer``, ``annotator`` or ``reader``."""
        body = {"name": name, "password": password, "role": role}
        return User.from_json(self._transport.send("POST", "/api/users", body))

    def change(self, user_id: int, **fields: Any) -> User:
        """Change ``role``, ``is_disabled`` or ``password`` of a user."""
        return User.from_json(self._transport.send("PATCH", f"/api/users/{user_id}", fields))


class Teamwork:
    """Gives images to people, and reads what reviewers said.

    Args:
        transport: To the server.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def assignments(self, project_id: int) -> list[Assignment]:
        """Return who shall work on which image."""
        return _assignments(self._read(project_id))

    def assign(
        self, project_id: int, image_ids: Sequence[int], user_id: int | None
    ) -> list[Assignment]:
        """Give images to a user, or to nobody, all of them or none.

        Returns:
            All assignments of the project.
        """
        body = {"image_ids": list(image_ids), "user_id": user_id}
        address = f"/api/projects/{project_id}/assignments"
        return _assignments(self._transport.send("POST", address, body))

    def reviews(self, project_id: int) -> list[Review]:
        """Return the verdicts of a project that count, oldest first."""
        return [Review.from_json(one) for one in self._read(project_id)["reviews"]]

    def _read(self, project_id: int) -> Any:
        return self._transport.get(f"/api/projects/{project_id}/teamwork")


def _assignments(answer: Any) -> list[Assignment]:
    return [Assignment.from_json(one) for one in answer["assignments"]]
