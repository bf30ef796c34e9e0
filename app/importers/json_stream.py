"""A large JSON object read element by element.

Every list that stands directly in the object is given one element at a time; other values are
given whole. Python's own scanner does the reading; this file only feeds it, so that memory holds
one piece of the file and not the whole.
"""

import json
import re
from collections.abc import Iterator
from json.decoder import JSONDecodeError
from typing import Any, NoReturn, TextIO

from app.errors import UnprocessableError

_CHARACTERS_AT_ONCE = 1 << 18
_LONGEST_VALUE = 1 << 26  # characters
_SPACES = " \t\n\r"
_BETWEEN_OBJECTS = re.compile(r"[ \t\n\r]*,[ \t\n\r]*\{")


def read_elements(file: TextIO) -> Iterator[tuple[str, Any]]:
    """Give the values of a JSON object in the order of the file.

    Args:
        file: Positioned at its start.

    Yields:
        A field's name and its value; for a list, the name with every element in turn, and
        nothing if it is empty.

    Raises:
        UnprocessableError: If the file is not one JSON object, or one value is too large.
    """
    try:
        yield from _Reader(file).read()
    except UnicodeDecodeError as error:
        _refuse(f"a byte that is no UTF-8 ({error.reason})")
    except RecursionError:
        _refuse("values nested too deeply")


class _Reader:
    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._dropped = 0  # characters before the text, for messages
        self._is_complete = False
        self._was_tried_whole = False
        self._decoder = json.JSONDecoder(parse_constant=_refuse_constant)

    def read(self) -> Iterator[tuple[str, Any]]:
        if self._peek() == "\ufeff":
            self._at += 1
        self._expect("{")
        if self._peek() != "}":
            yield from self._read_field()
            while self._peek() == ",":
                self._at += 1
                yield from self._read_field()
        self._expect("}")
        if self._peek():
            self._refuse_here("more text after the object")

    def _read_field(self) -> Iterator[tuple[str, Any]]:
        if self._peek() != '"':
            self._refuse_here("something that is no name in quotes")
        name = self._value()
        self._expect(":")
        if self._peek() != "[":
            yield name, self._value()
            return
        self._at += 1
        if self._peek() != "]":
            yield name, self._value()
            while self._peek() == ",":
                for value in self._objects_ahead():
                    yield name, value
                if self._peek() == ",":
                    self._at += 1
                    yield name, self._value()
        self._expect("]")

    def _objects_ahead(self) -> list[Any]:
        """Read the objects that follow in this piece with one call of the scanner.

        Returns:
            Nothing if they cannot be read like this; then nothing is passed over either.
        """
        gap = _BETWEEN_OBJECTS.match(self._text, self._at)
        if gap is None or self._was_tried_whole:
            return []
        self._was_tried_whole = True  # a piece is scanned twice at most
        # Where an object is followed by what followed the one before, the list goes on, or that
        # stands inside an object or a text; then what is cut out is no list and is refused.
        end = self._text.rfind("}" + gap.group(), self._at) + 1
        if end == 0:
            return []
        try:
            values: list[Any] = self._decoder.decode(f"[{self._text[gap.end() - 1 : end]}]")
        except (ValueError, UnprocessableError):
            return []  # one by one the place of the mistake is found
        self._at = end
        return values

    def _value(self) -> Any:
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except JSONDecodeError as error:
                self._grow_or_refuse(error.msg)
                continue
            except ValueError as error:  # a number of thousands of digits
                self._refuse_here(str(error))
            # A number near the end of the piece may go on in the next one ("1", then "e-5").
            is_number = isinstance(value, int | float)
            if is_number and len(self._text) - end < 3 and not self._is_complete:
                self._grow()
                continue
            self._at = end
            return value

    def _grow_or_refuse(self, problem: str) -> None:
        left = len(self._text) - self._at
        if self._is_complete:
            self._refuse_here(problem)
        if left > _LONGEST_VALUE:
            self._refuse_here(f"a value of more than {_LONGEST_VALUE} characters, or broken JSON")
        self._grow()

    def _grow(self) -> None:
        left = self._text[self._at :]
        # Twice as much each time, so that a long value is not scanned again and again.
        more = self._file.read(max(_CHARACTERS_AT_ONCE, len(left)))
        self._dropped += self._at
        self._text, self._at = left + more, 0
        self._was_tried_whole = False
        self._is_complete = not more

    def _peek(self) -> str:
        """Return the next character that is no space, empty at the end."""
        while True:
            while self._at < len(self._text):
                sign = self._text[self._at]
                if sign not in _SPACES:
                    return sign
                self._at += 1
            if self._is_complete:
                return ""
            self._grow()

    def _expect(self, sign: str) -> None:
        if self._peek() != sign:
            self._refuse_here(f"no {sign}")
        self._at += 1

    def _refuse_here(self, got: str) -> NoReturn:
        _refuse(f"{got} at character {self._dropped + self._at}")


def _refuse_constant(name: str) -> NoReturn:
    _refuse(f"{name}, which is no JSON number")


def _refuse(got: str) -> NoReturn:
    raise UnprocessableError(
        "json_damaged",
        f"the file must be one JSON object, got {got}",
        "write the file again with the program that made it; it may be cut off",
    )
