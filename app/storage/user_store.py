"""People who may sign in, in the database."""

import unicodedata

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.domain.user import Role, User
from app.errors import ConflictError
from app.storage.database import Database, utc_now
from app.storage.tables import SessionRow, UserRow


class UserStore:
    """Adds, lists and changes users; one owner who can sign in remains.

    Args:
        database: The open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_empty(self) -> bool:
        """Return whether there is no user at all."""
        with self._database.read() as session:
            return session.scalar(select(UserRow.id).limit(1)) is None

    def list_all(self) -> list[User]:
        """Return all users, disabled ones included, oldest first."""
        with self._database.read() as session:
            return [to_user(row) for row in session.scalars(select(UserRow).order_by(UserRow.id))]

    def find(self, user_id: int) -> User | None:
        """Return a user, or ``None``."""
        with self._database.read() as session:
            row = session.get(UserRow, user_id)
            return None if row is None else to_user(row)

    def find_name(self, name: str) -> tuple[User, str] | None:
        """Return the user of that name and the hash of the password, or ``None``.

        Args:
            name: Small and capital letters are the same.
        """
        with self._database.read() as session:
            row = session.scalar(select(UserRow).where(UserRow.name_key == key_of_name(name)))
            return None if row is None else (to_user(row), row.password_hash)

    def add(self, name: str, password_hash: str, role: Role) -> User:
        """Add a user.

        Raises:
            ConflictError: If the name is taken, or the first user is no owner.
        """
        with self._database.write() as session:
            key = key_of_name(name)
            if session.scalar(select(UserRow.id).where(UserRow.name_key == key)) is not None:
                raise ConflictError(
                    "user_exists",
                    f"the name of a user must be new, got {name!r}",
                    "choose another one; a disabled user can be enabled again",
                )
            if role is not Role.OWNER and _count_owners(session) == 0:
                _refuse_last_owner()
            row = UserRow(name=name, name_key=key, password_hash=password_hash, role=role.value)
            row.created_at = utc_now()
            session.add(row)
            session.flush()
            return to_user(row)

    def change(
        self,
        user_id: int,
        *,
        role: Role | None = None,
        is_disabled: bool | None = None,
        password_hash: str | None = None,
    ) -> User | None:
        """Change what is given, or return ``None`` if there is no such user.

        Whoever is disabled or gets another password is signed out everywhere.

        Raises:
            ConflictError: If no owner would remain.
        """
        with self._database.write() as session:
            row = session.get(UserRow, user_id)
            if row is None:
                return None
            if role is not None:
                row.role = role.value
            if is_disabled is not None:
                row.disabled_at = (row.disabled_at or utc_now()) if is_disabled else None
            if password_hash is not None:
                row.password_hash = password_hash
            session.flush()
            if _count_owners(session) == 0:
                _refuse_last_owner()
            if is_disabled or password_hash is not None:
                session.execute(delete(SessionRow).where(SessionRow.user_id == user_id))
            return to_user(row)


def to_user(row: UserRow) -> User:
    """Return a row as a user."""
    return User(row.id, row.name, Role(row.role), row.disabled_at is not None, row.created_at)


def key_of_name(name: str) -> str:
    """Return what is equal for names that a person would take for the same.

    Example:
        >>> key_of_name(" Ada ") == key_of_name("ada")
        True
    """
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _count_owners(session: Session) -> int:
    is_owner = (UserRow.role == Role.OWNER.value) & UserRow.disabled_at.is_(None)
    return session.scalar(select(func.count()).select_from(UserRow).where(is_owner)) or 0


def _refuse_last_owner() -> None:
    raise ConflictError(
        "owner_last",
        "one owner who can sign in must remain, got none",
        "make somebody else an owner first",
    )
