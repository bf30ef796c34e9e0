"""Ends an encode early, between two blocks of the encoder, when something else must go first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import get_ident

from torch import nn


class EncodeInterrupted(Exception):
    """An encode that was ended early; what it had computed is gone."""


@contextmanager
def interruptible(encoder: nn.Module, must_stop: Callable[[], bool]) -> Iterator[None]:
    """Let the encodes of this thread end early inside the context.

    Args:
        encoder: With its transformer blocks in ``blocks``.
        must_stop: Asked before every block.

    Raises:
        EncodeInterrupted: Out of the encode that was to stop.
    """
    thread = get_ident()

    def look(_block: nn.Module, _inputs: object) -> None:
        # Other threads use the same network, and are nobody's to stop.
        if get_ident() == thread and must_stop():
            raise EncodeInterrupted

    blocks = encoder.get_submodule("blocks").children()
    handles = [block.register_forward_pre_hook(look) for block in blocks]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()
