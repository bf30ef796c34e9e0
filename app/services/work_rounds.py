"""Give out photographs until each is answered, whatever is lost with a worker."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from app.domain.proposal_run import Digest, Look, Photograph
from app.services.cluster_work import PlaceMissing

MOST_VAIN_ROUNDS = 3
NOBODY = f"every worker that had it was lost, {MOST_VAIN_ROUNDS} times; is the memory too small?"

T = TypeVar("T", Digest, Look)


class ClusterUselessError(Exception):
    """The work cannot go on; the arguments are a code, a message and a hint."""


class RoundEndedError(Exception):
    """A round ended before its end; what it did not answer is given out again."""


def in_rounds(
    photographs: Sequence[Photograph],
    answer_once: Callable[[Sequence[Photograph], int], Iterable[T | PlaceMissing]],
    answer_type: type[T],
    rows: int,
) -> Iterator[T]:
    """Answer each photograph exactly once.

    After the first round photographs are given out one by one, so that one which kills its
    worker takes no other with it. It is given up when rounds of it and its like were in vain.

    Args:
        photographs: To be answered.
        answer_once: Gives photographs out, so many to a worker at once, and gives back what was
            answered; it may leave some out and may raise `RoundEndedError`.
        answer_type: What stands for a photograph that was given up.
        rows: Photographs that a worker gets at once in the first round.

    Yields:
        An answer for each photograph, in any order.

    Raises:
        ClusterUselessError: If nothing was answered at all, or a worker sees no photographs.
    """
    left = {photograph.number: photograph for photograph in photographs}
    vain, reason = 0, ""
    while left and vain < MOST_VAIN_ROUNDS:
        before = len(left)
        try:
            for answer in answer_once(list(left.values()), rows):
                if isinstance(answer, PlaceMissing):
                    raise ClusterUselessError(
                        "place_missing",
                        f"every machine must see {answer.place}, but {answer.host} does not",
                        "put the photographs where all have them under the same path",
                    )
                if left.pop(answer.number, None) is not None:
                    yield answer
        except RoundEndedError as error:
            reason = str(error)
        vain = vain + 1 if len(left) == before else 0
        rows = 1
    if left and len(left) == len(photographs):
        raise ClusterUselessError(
            "cluster_silent",
            f"the cluster must answer, but {MOST_VAIN_ROUNDS} times it lost all of "
            f"{len(left)} photographs" + (f": {reason}" if reason else ""),
            "look into its log; a worker needs memory for the model and a photograph",
        )
    for number in left:
        yield answer_type(number, problem=NOBODY)
