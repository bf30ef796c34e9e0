"""Do one thing with many values on all threads of torch, and answer in their order."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import torch

Value = TypeVar("Value")
Answer = TypeVar("Answer")


def in_order(work: Callable[[Value], Answer], values: Sequence[Value]) -> Iterator[Answer]:
    """Yield the answer to each value.

    Where torch has several threads, each works on a value of its own. That is quicker than to
    share the work on every single small tensor: nobody waits for the others. When the caller
    stops early, what has not begun is dropped.

    Args:
        work: Must be safe to call from several threads.
        values: What it is called with.
    """
    threads = min(torch.get_num_threads(), len(values))
    if threads < 2:
        yield from map(work, values)
        return
    with ThreadPoolExecutor(
        threads, "masks", initializer=torch.set_num_threads, initargs=(1,)
    ) as pool:
        waiting = [pool.submit(work, value) for value in values]
        try:
            for future in waiting:
                yield future.result()
        finally:
            for future in waiting:
                future.cancel()
