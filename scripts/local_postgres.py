"""A real PostgreSQL for tests and benchmarks: a cluster of its own in a temporary folder."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL, create_engine, text

if sys.platform != "win32":
    import pwd

HOW_TO_GET_IT = (
    "PostgreSQL 13 or newer must be installed for this; "
    "on Debian and Ubuntu run: apt-get install postgresql"
)
_UNPRIVILEGED = ("postgres", "nobody")
_PLACE = Path("/tmp")  # short, because the path of a socket may have at most 107 characters
_PREFIX = "maskwright-pg-"
_OWNED = "in-use.lock"
# Between making the folder and holding its lock, a cluster looks as if nobody owned it.
_YOUNG_S = 60.0


class PostgresMissing(Exception):
    """No PostgreSQL is installed; the text says how to get one."""


class Cluster:
    """A running cluster that listens on a socket in its folder and on no port.

    Args:
        programs: Folder of ``initdb`` and ``pg_ctl``.
        folder: Of the socket and the data.
        user: Name of the account that it runs under.
    """

    def __init__(self, programs: Path, folder: Path, user: str) -> None:
        self._programs = programs
        self.folder = folder
        self._user = user
        self._made = 0

    @property
    def url(self) -> URL:
        """The address of the database that every cluster has."""
        return URL.create(
            "postgresql+psycopg",
            username=self._user,
            database="postgres",
            query={"host": str(self.folder)},
        )

    def new_url(self) -> URL:
        """Return the address of an empty place in it: a schema that nobody else uses."""
        self._made += 1
        name = f"store_{self._made}"
        engine = create_engine(self.url)
        with engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))
        engine.dispose()
        return self.url.update_query_dict({"options": f"-csearch_path={name}"})

    def start(self, *, is_durable: bool = False) -> None:
        """Start it and wait until it answers.

        Args:
            is_durable: Whether it waits for the disk, as it must where work is kept; tests
                are quicker without.
        """
        fsync = "on" if is_durable else "off"
        options = f"-k {self.folder} -c listen_addresses= -c fsync={fsync} -c max_connections=200"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", self._data, "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        """Stop it at once; everybody who is connected is cut off."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    @property
    def is_running(self) -> bool:
        """Whether its process is there."""
        try:
            number = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
            os.kill(number, 0)
        except (FileNotFoundError, ProcessLookupError):
            return False
        return True

    def make(self) -> None:
        """Make its files."""
        self._run("initdb", "-D", self._data, "-A", "trust", "-E", "UTF8", "--no-sync")

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        is_other = self._user != getpass.getuser()
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            cwd=self.folder,
            user=self._user if is_other else None,
            group=pwd.getpwnam(self._user).pw_gid if is_other else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            check=False,
        )
        if done.returncode != 0:
            log = self.folder / "log"
            said = log.read_text(errors="replace") if log.exists() else str(done.stdout)
            raise RuntimeError(f"{program} must succeed, got status {done.returncode}: {said}")


@contextmanager
def running_cluster(*, is_durable: bool = False) -> Iterator[Cluster]:
    """Start a cluster, and remove it at the end.

    Args:
        is_durable: Whether it waits for the disk.

    Yields:
        The cluster.

    Raises:
        PostgresMissing: If no PostgreSQL is installed.
    """
    programs = find_programs()
    remove_orphans(programs)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_PLACE))
    user = _account()
    shutil.chown(folder, user=user)
    cluster = Cluster(programs, folder, user)
    # The system gives the lock back when this process ends, also if it is killed.
    with FileLock(folder / _OWNED):
        try:
            cluster.make()
            cluster.start(is_durable=is_durable)
            try:
                yield cluster
            finally:
                cluster.stop()
        finally:
            shutil.rmtree(folder)


def remove_orphans(programs: Path) -> list[Path]:
    """Stop and remove the clusters of processes that were killed, and return their folders.

    Args:
        programs: Folder of ``pg_ctl``.
    """
    removed = []
    for folder in sorted(_PLACE.glob(f"{_PREFIX}*")):
        try:
            is_young = folder.stat().st_mtime > time.time() - _YOUNG_S
            if is_young or not (folder / _OWNED).exists():
                continue
            with FileLock(folder / _OWNED, timeout=0):
                orphan = Cluster(programs, folder, folder.owner())
                if orphan.is_running:
                    orphan.stop()
                shutil.rmtree(folder)
                removed.append(folder)
        except (Timeout, PermissionError, FileNotFoundError):
            continue  # in use, of somebody else, or removed by another one just now
    return removed


def find_programs() -> Path:
    """Return the folder of the newest PostgreSQL's programs.

    Raises:
        PostgresMissing: If none is installed.
    """
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    # Debian keeps them off the path, one folder per version.
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]),
    )
    if not installed:
        raise PostgresMissing(HOW_TO_GET_IT)
    return installed[-1].parent


def _account() -> str:
    if sys.platform == "win32" or os.geteuid() != 0:
        return getpass.getuser()
    # PostgreSQL refuses to run as root.
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _UNPRIVILEGED if name in known)
