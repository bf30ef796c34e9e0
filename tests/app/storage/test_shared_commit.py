"""Writes of several threads share a commit, and nothing else: not a failure, not a wait."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import OperationalError

from app.errors import UnavailableError
from app.storage.engines import make_engines, sqlite_url
from app.storage.shared_commit import SharedCommit

ADD = text("INSERT INTO notes VALUES (:name)")


class Desk:
    """A database with one table, whose commits are counted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = make_engines(sqlite_url(path))[1]
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE notes (name TEXT UNIQUE)")
        connection.close()
        self.shared = SharedCommit(self.engine, patience_s=10)
        self.commits = 0
        event.listen(self.engine, "commit", self.count)

    def count(self, _connection: Connection) -> None:
        self.commits += 1

    def add(self, name: str, then: Callable[[], object] = lambda: None) -> None:
        with self.shared.together() as session:
            session.execute(ADD, {"name": name})
            then()

    def names(self) -> list[str]:
        connection = sqlite3.connect(self.path)
        found = [name for (name,) in connection.execute("SELECT name FROM notes ORDER BY name")]
        connection.close()
        return found

    def wait_for_waiting(self, count: int) -> None:
        with self.shared._turn:
            assert self.shared._waiting <= count
        while True:
            with self.shared._turn:
                if self.shared._waiting == count:
                    return


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "db.sqlite3")
    yield desk
    desk.engine.dispose()


def queue_behind_one_write(desk: Desk, others: list[Callable[[], None]]) -> list[Future[None]]:
    """Start all writes while a first one has the turn, which ends when all others wait."""
    has_turn, may_end = threading.Event(), threading.Event()

    def first() -> None:
        desk.add("first", lambda: (has_turn.set(), may_end.wait(10)))

    with ThreadPoolExecutor(len(others) + 1) as pool:
        futures = [pool.submit(first)]
        assert has_turn.wait(10)
        futures += [pool.submit(other) for other in others]
        desk.wait_for_waiting(len(others))
        may_end.set()
    return futures


def test_writes_that_wait_share_one_commit(desk: Desk) -> None:
    writes = [lambda name=name: desk.add(name) for name in "abcde"]
    for future in queue_behind_one_write(desk, writes):
        future.result()
    assert desk.names() == ["a", "b", "c", "d", "e", "first"]
    assert desk.commits == 1


def test_nobody_is_answered_before_the_commit(desk: Desk) -> None:
    seen: list[list[str]] = []

    def add_and_look(name: str) -> None:
        desk.add(name)
        seen.append(desk.names())  # another connection, which sees only what is committed

    names = ["a", "b", "c"]
    for future in queue_behind_one_write(
        desk, [lambda name=name: add_and_look(name) for name in names]
    ):
        future.result()
    assert seen == [["a", "b", "c", "first"]] * 3


def test_a_write_that_fails_takes_nothing_of_others_back(desk: Desk) -> None:
    def fail() -> None:
        def stop() -> None:
            raise RuntimeError("half way")

        desk.add("half", stop)

    first, bad, again, good = queue_behind_one_write(
        desk, [fail, lambda: desk.add("first"), lambda: desk.add("good")]
    )
    first.result()
    good.result()
    assert isinstance(bad.exception(), RuntimeError)
    assert "UNIQUE" in str(again.exception())
    assert desk.names() == ["first", "good"]


def test_a_commit_that_fails_is_a_failure_of_everybody_in_it(desk: Desk) -> None:
    def refuse(_connection: Connection) -> None:
        raise OperationalError("COMMIT", None, sqlite3.OperationalError("disk I/O error"))

    event.listen(desk.engine, "commit", refuse)
    futures = queue_behind_one_write(desk, [lambda: desk.add("a"), lambda: desk.add("b")])
    for future in futures:
        assert isinstance(future.exception(), OperationalError)
    assert desk.names() == []
    event.remove(desk.engine, "commit", refuse)
    desk.add("later")
    assert desk.names() == ["later"]


def test_a_transaction_that_sqlite_gives_up_keeps_none_of_its_writes(desk: Desk) -> None:
    def give_up() -> None:
        with desk.shared.together() as session:
            # What SQLite itself does when, say, the disk is full in the middle of a change.
            session.execute(text("INSERT OR ROLLBACK INTO notes VALUES ('first')"))

    futures = queue_behind_one_write(desk, [give_up])
    for future in futures:
        assert future.exception() is not None
    assert desk.names() == []
    desk.add("later")
    assert desk.names() == ["later"]


def test_a_long_write_commits_what_is_open_and_then_goes_alone(desk: Desk) -> None:
    def long() -> None:
        with desk.shared.alone() as session:
            assert desk.names() == ["first"]
            session.execute(ADD, {"name": "long"})

    for future in queue_behind_one_write(desk, [long]):
        future.result()
    assert desk.names() == ["first", "long"]
    assert desk.commits == 2


def test_who_waits_too_long_is_refused_and_others_go_on(desk: Desk) -> None:
    desk.shared._patience_s = 0.05

    def impatient() -> None:
        with pytest.raises(UnavailableError, match="free to be written"):
            desk.add("late")

    def first() -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(impatient).result()

    desk.add("first", first)
    assert desk.names() == ["first"]


def test_a_hundred_writers_lose_nothing(desk: Desk) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(desk.add, (f"{number:03}" for number in range(100))))
    assert desk.names() == [f"{number:03}" for number in range(100)]
    assert desk.commits < 100
