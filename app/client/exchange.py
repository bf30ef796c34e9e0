"""Files out and in."""

import os
from pathlib import Path
from typing import Any

from app.client.transport import Transport, read_file
from app.client.values import Report
from app.client.waiting import wait_for

WORK_S = 3600.0


class Exports:
    """Makes files for other programs.

    Args:
        transport: To the server.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def save(
        self, file: str | os.PathLike[str], *, timeout_s: float = WORK_S, **options: Any
    ) -> Report:
        """Export, wait, and save the file; the report says what the format could not carry.

        Args:
            file: Where it shall lie.
            timeout_s: How long at most.
            options: ``format``, ``segmentation``, ``with_provenance``, ``project_id``, ``split``.

        Raises:
            WorkFailedError: If it failed, or is not done in time.
        """
        job = self._transport.send("POST", "/api/exports", options)
        done = wait_for(lambda: self._transport.get(f"/api/exports/{job['id']}"), timeout_s)
        self._transport.download(done["url"], Path(file))
        return Report(done["report"])


class Imports:
    """Takes annotation files of other programs in.

    Args:
        transport: To the server.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def run(
        self,
        file: str | os.PathLike[str],
        *,
        project_id: int | None = None,
        dry_run: bool = False,
        timeout_s: float = WORK_S,
    ) -> Report:
        """Import a file, or only say what would come of it.

        Args:
            file: COCO, or an archive in one of the formats of ``docs/export_formats.md``.
            project_id: Where its masks go; the oldest project without one.
            dry_run: Whether nothing shall be changed.
            timeout_s: How long at most.

        Raises:
            WorkFailedError: If the file cannot be read, or it is not done in time.
        """
        name, content = read_file(file)
        trial = self._transport.upload("/api/imports", name, content, project=project_id)
        done = self._wait(trial["id"], timeout_s)
        if dry_run:
            return done
        job = self._transport.send("POST", f"/api/imports/{trial['id']}/confirm")
        return self._wait(job["id"], timeout_s)

    def _wait(self, number: int, timeout_s: float) -> Report:
        found = wait_for(lambda: self._transport.get(f"/api/imports/{number}"), timeout_s)
        return Report(found["report"])
