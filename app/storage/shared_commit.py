"""Short writes of several threads in one transaction, so that they share one flush to the disk.

Whoever writes has the turn. If others wait for it when a write is done, the transaction stays
open and the next one goes on in it; the last one commits, and only then is any of them
answered. Each write is a savepoint of its own: one that fails takes nothing else back. While
the disk is flushed new writes queue up, so the busier the server, the more of them share.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.storage.faults import busy_error

MOST_WRITES = 32


@dataclass(eq=False)
class _Group:
    """Writes that are committed together.

    Attributes:
        connection: With the open transaction.
        writes: How many there are.
        failure: Why none of them is kept.
        is_done: Whether it is decided.
    """

    connection: Connection
    writes: int = 0
    failure: BaseException | None = None
    is_done: bool = False


class SharedCommit:
    """The one place where a SQLite database is written.

    Args:
        engine: Whose transactions write.
        patience_s: How long a write waits for its turn.

    Attributes:
        after_commit: Called after a shared commit, by whoever has the turn, with the number of
            writes in it.
    """

    def __init__(self, engine: Engine, patience_s: float) -> None:
        self._engine = engine
        self._patience_s = patience_s
        self.after_commit: Callable[[int], None] = lambda _writes: None
        lock = threading.Lock()
        self._turn = threading.Condition(lock)
        self._decision = threading.Condition(lock)
        self._is_taken = False
        self._waiting = 0
        self._group: _Group | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Keep everybody else from writing; nothing that was begun is open.

        Yields:
            Nothing.

        Raises:
            UnavailableError: If others write for too long.
        """
        self._take_turn()
        try:
            self._finish_group()
            yield
        finally:
            self._give_turn()

    @contextmanager
    def alone(self) -> Iterator[Session]:
        """Open a session whose changes are committed by themselves, for writes that take long.

        Yields:
            The session.

        Raises:
            UnavailableError: If others write for too long.
            DBAPIError: If the database cannot save; then nothing was.
        """
        with (
            self.turn(),
            Session(self._engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()  # the transaction, and with it the lock, begins here
            yield session

    @contextmanager
    def together(self) -> Iterator[Session]:
        """Open a session whose changes may be committed with those of other threads.

        Yields:
            The session.

        Raises:
            UnavailableError: If others write for too long.
            DBAPIError: If the database cannot save; then nothing was.
        """
        self._take_turn()
        try:
            group = self._open_group()
        except BaseException:
            self._give_turn()
            raise
        try:
            group.writes += 1
            with (
                Session(
                    group.connection,
                    expire_on_commit=False,
                    join_transaction_mode="create_savepoint",
                ) as session,
                session.begin(),
            ):
                yield session
        except DBAPIError as error:
            if not _is_open(group.connection):
                group.failure = group.failure or error
            raise
        finally:
            self._leave(group)
        if group.failure is not None:
            raise group.failure

    def _take_turn(self) -> None:
        with self._turn:
            self._waiting += 1
            try:
                if not self._turn.wait_for(lambda: not self._is_taken, self._patience_s):
                    raise busy_error()
            except BaseException:
                # Whoever counts on somebody who waits must see that this one does not any more.
                self._turn.notify()
                self._decision.notify_all()
                raise
            finally:
                self._waiting -= 1
            self._is_taken = True

    def _give_turn(self) -> None:
        with self._turn:
            self._is_taken = False
            self._turn.notify()

    def _leave(self, group: _Group) -> None:
        with self._turn:
            if self._waiting and group.writes < MOST_WRITES and group.failure is None:
                self._is_taken = False
                self._turn.notify()
                self._decision.wait_for(
                    lambda: group.is_done or not (self._is_taken or self._waiting)
                )
                if group.is_done:
                    return
                self._is_taken = True  # nobody came after all
        try:
            self._finish_group()
        finally:
            self._give_turn()

    def _open_group(self) -> _Group:
        if self._group is None:
            connection = self._engine.connect()
            try:
                connection.begin()
            except BaseException:
                connection.close()
                raise
            self._group = _Group(connection)
        return self._group

    def _finish_group(self) -> None:
        """Commit the open group, or take it back; only whoever has the turn calls this."""
        group, self._group = self._group, None
        if group is None:
            return
        try:
            with group.connection:
                _commit(group)
            self.after_commit(group.writes)
        except DBAPIError:
            pass  # `_commit` noted it for everybody in the group
        finally:
            with self._decision:
                group.is_done = True
                self._decision.notify_all()


def _commit(group: _Group) -> None:
    try:
        if group.failure is None:
            group.connection.commit()
    except BaseException as error:
        group.failure = error
        raise
    finally:
        if group.failure is not None:
            # Closed for good: whatever is open of the transaction is taken back with it.
            group.connection.invalidate()


def _is_open(connection: Connection) -> bool:
    # After some failures SQLite gives up the whole transaction, and with it the writes of others.
    return bool(getattr(connection.connection.dbapi_connection, "in_transaction", False))
