"""What a run over many photographs has done: a file that only grows, one line per photograph.

A line is on the disk before the next photograph is begun, so a run that is killed loses the one
that it was at. A last line that was cut short is dropped.
"""

import dataclasses
import json
import os
from collections.abc import Iterable, Iterator, KeysView
from pathlib import Path
from typing import Any, BinaryIO, Self

from app.domain.proposal_run import ProposedImage, ProposedMask, RunWish
from app.errors import ConflictError, ServerFaultError


class RunFile:
    """The photographs that are done; closed at the end.

    Args:
        path: The file; it is begun where there is none.
        wish: What the run is made with. A file that was begun with another is refused.

    Raises:
        ConflictError: If the file belongs to a run with other weights or settings.
        ServerFaultError: If the file is damaged before its last line.
    """

    def __init__(self, path: Path, wish: RunWish) -> None:
        self._path, self._wish = path, wish
        self._places: dict[str, int] = {}
        if path.is_file():
            self._take_over()
        self._file: BinaryIO = path.open("ab")
        if self._file.tell() == 0:
            self._append(dataclasses.asdict(wish))

    @property
    def done(self) -> KeysView[str]:
        """Hashes of the photographs in the file, in the order in which they were added."""
        return self._places.keys()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    def add(self, image: ProposedImage) -> None:
        """Keep a photograph; it has reached the disk when this returns.

        One that is kept already is not kept twice.
        """
        if image.sha256 in self._places:
            return
        place = self._file.tell()
        self._append(dataclasses.asdict(image))
        self._places[image.sha256] = place

    def images(self, hashes: Iterable[str] | None = None) -> Iterator[ProposedImage]:
        """Read photographs that are kept.

        Args:
            hashes: Of which, and in which order; all of them as they were added without it.

        Yields:
            Each photograph with its masks.
        """
        with self._path.open("rb") as file:
            for sha256 in self.done if hashes is None else hashes:
                file.seek(self._places[sha256])
                yield _to_image(json.loads(file.readline()))

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
                    self._places.setdefault(self._parse(line, number).sha256, whole)
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
