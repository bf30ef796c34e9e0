"""What is asked about every object of a class."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

AttributeValue = str | float | bool
AttributeValues = Mapping[str, AttributeValue]


class AttributeKind(StrEnum):
    """What an answer looks like."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One question about the objects of a class.

    Attributes:
        name: Unique in its class.
        kind: What an answer looks like.
        choices: The answers of a choice, at least one; empty for other kinds.
    """

    name: str
    kind: AttributeKind
    choices: tuple[str, ...] = ()
