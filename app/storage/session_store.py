"""Open sessions and failed tries to sign in, in the database."""

from sqlalchemy import delete, func, select, update

from app.domain.user import User
from app.storage.database import Database
from app.storage.tables import SessionRow, SignInFailureRow, UserRow
from app.storage.user_store import to_user


class SessionStore:
    """Keeps sessions by the hash of their key. Times are text, as in all tables.

    Args:
        database: The open database.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, key_hash: str, user_id: int, now: str) -> None:
        """Begin a session."""
        with self._database.write() as session:
            row = SessionRow(key_hash=key_hash, user_id=user_id, created_at=now, seen_at=now)
            session.add(row)

    def find(self, key_hash: str, created_after: str, seen_after: str) -> tuple[User, str] | None:
        """Return whose session it is and when it was last seen.

        Args:
            key_hash: Of the session.
            created_after: Older sessions have ended.
            seen_after: Sessions that were not used since have ended.

        Returns:
            ``None`` if there is no such session, or its user was disabled.
        """
        with self._database.read() as session:
            found = session.execute(
                select(UserRow, SessionRow.seen_at)
                .join(SessionRow, SessionRow.user_id == UserRow.id)
                .where(
                    SessionRow.key_hash == key_hash,
                    SessionRow.created_at > created_after,
                    SessionRow.seen_at > seen_after,
                    UserRow.disabled_at.is_(None),
                )
            ).first()
            return None if found is None else (to_user(found[0]), found[1])

    def touch(self, key_hash: str, now: str) -> None:
        """Note that a session was used."""
        with self._database.write() as session:
            session.execute(
                update(SessionRow).where(SessionRow.key_hash == key_hash).values(seen_at=now)
            )

    def close(self, key_hash: str) -> None:
        """End a session, if there is one."""
        with self._database.write() as session:
            session.execute(delete(SessionRow).where(SessionRow.key_hash == key_hash))

    def drop_ended(self, created_after: str, seen_after: str) -> None:
        """Forget sessions that have ended; see `find`."""
        with self._database.write() as session:
            has_ended = (SessionRow.created_at <= created_after) | (
                SessionRow.seen_at <= seen_after
            )
            session.execute(delete(SessionRow).where(has_ended))

    def claim_guess(self, name_hash: str, now: str, since: str, most: int) -> str | None:
        """Count a try to sign in as failed until `forget_failures` says that it was none.

        Counting before looking leaves no gap for many tries at once.

        Args:
            name_hash: Whose password is tried.
            now: The present time.
            since: Failures before that are forgotten.
            most: So many may fail.

        Returns:
            ``None`` if it may be tried, else when the oldest failure that counts was.
        """
        with self._database.write() as session:
            session.execute(delete(SignInFailureRow).where(SignInFailureRow.failed_at <= since))
            count, first = session.execute(
                select(func.count(), func.min(SignInFailureRow.failed_at)).where(
                    SignInFailureRow.name_hash == name_hash
                )
            ).one()
            if count >= most:
                return str(first)
            session.add(SignInFailureRow(name_hash=name_hash, failed_at=now))
            return None

    def forget_failures(self, name_hash: str) -> None:
        """Forget the failures of a name: the password was right."""
        with self._database.write() as session:
            session.execute(delete(SignInFailureRow).where(SignInFailureRow.name_hash == name_hash))
