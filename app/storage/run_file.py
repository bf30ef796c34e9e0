"""What a run over many photographs has done: a file that only grows, one line per photograph.

A line is on the disk before the next photograph is begun, so a run that is killed loses the one
that it was at. A last line that was cut short is dropped.
"""

import dataclasses
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Self

from app.domain.proposal_run import ProposedImage, ProposedMask, RunWish
from app.errors import ConflictError, ServerFaultError


class RunFile:
    """The photographs that are done; closed at the end.

    Args:
        path: The file; it is begun where there is none.
        wish: What the run is made with. A file that was begun with another is refused.

    Attributes:
        done: Hashes of the photographs in the file.

    Raises:
        ConflictError: If the file belongs to a run with other weights or settings.
        ServerFaultError: If the file is damaged before its last line.
    """

    def __init__(self, path: Path, wish: RunWish) -> None:
        self._path, self._wish = path, wish
        self.done: set[str] = set()
        if path.is_file():
            self._take_over()
        self._file: BinaryIO = path.open("ab")
        if self._file.tell() == 0:
            self._append(dataclasses.asdict(wish))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    def add(self, image: ProposedImage) -> None:
        """Keep a photograph; it has reached the disk when this returns."""
        self._append(dataclasses.asdict(image))
        self.done.add(image.sha256)

    def images(self) -> Iterator[ProposedImage]:
        """Go through what is kept, in the order in which it was added.

        Yields:
            Each photograph with its masks.
        """
        with self._path.open("rb") as file:
            next(file)
            for line in file:
                yield _to_image(json.loads(line))

    def _append(self, values: dict[str, Any]) -> None:
        self._file.write(json.dumps(values).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def _take_over(self) -> None:
        whole = 0
        with self._path.open("rb") as file:
            for number, line in enumerate(file):
                if not line.endswith(b"\n"):
                    break
                if number == 0:
                    self._check_wish(line)
                else:
                    self.done.add(self._parse(line, number).sha256)
                whole += len(line)
        os.truncate(self._path, whole)

    def _check_wish(self, line: bytes) -> None:
        try:
            begun_with = RunWish(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise self._damaged(0) from error
        ours, theirs = dataclasses.asdict(self._wish), dataclasses.asdict(begun_with)
        differing = [
            f"{name} {theirs[name]}, not {ours[name]}"
            for name in ours
            if ours[name] != theirs[name]
        ]
        if differing:
            raise ConflictError(
                "run_differs",
                f"the run must go on as it began, but {self._path} has {', '.join(differing)}",
                "use the same weights and settings, or delete that file to begin anew",
            )

    def _parse(self, line: bytes, number: int) -> ProposedImage:
        try:
            return _to_image(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            raise self._damaged(number) from error

    def _damaged(self, number: int) -> ServerFaultError:
        return ServerFaultError(
            "run_damaged",
            f"the run must be whole, got a damaged line {number + 1} in {self._path}",
            "delete that file to begin anew",
        )


def _to_image(values: dict[str, Any]) -> ProposedImage:
    masks = tuple(
        ProposedMask(
            **mask | {"bbox_xywh": tuple(mask["bbox_xywh"]), "point_xy": tuple(mask["point_xy"])}
        )
        for mask in values["masks"]
    )
    return ProposedImage(**values | {"masks": masks})
