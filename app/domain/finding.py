"""What an examination of the store found."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the store that is not as it must be.

    Attributes:
        what: What must hold and what is there, in one line.
        remedy: What a person can do where the program cannot.
        is_harmless: Whether it is only worth knowing: nothing is wrong and nothing lost.
        repair: Puts it right without losing anything; ``None`` where that cannot be done.
    """

    what: str
    remedy: str = ""
    is_harmless: bool = False
    repair: Callable[[], None] | None = None
