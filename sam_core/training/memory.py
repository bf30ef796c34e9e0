"""Turn "out of memory" into the name of the setting to lower."""

from collections.abc import Iterator
from contextlib import contextmanager

from sam_core.errors import TrainingConfigError

_MARKS = ("can't allocate memory", "not enough memory", "out of memory")
_WORKER_MARK = "DataLoader worker"


@contextmanager
def name_setting_to_lower(settings: str) -> Iterator[None]:
    """Report a lack of memory inside the block as a matter of the configuration.

    Args:
        settings: What to lower, with the present values.

    Yields:
        Nothing; the block runs.

    Raises:
        TrainingConfigError: If the block ran out of memory, of the accelerator, of the
            computer, or of a process that prepares data.
        RuntimeError: As the block raised it, if it failed in another way.
    """
    try:
        yield
    except MemoryError as error:
        raise TrainingConfigError(
            f"a step must fit into memory, got none left; lower {settings}"
        ) from error
    except RuntimeError as error:
        first_line = (str(error).splitlines() or [type(error).__name__])[0]
        if _WORKER_MARK in first_line:
            raise TrainingConfigError(
                f"the processes that prepare data must fit into memory, got {first_line}; "
                f"lower workers or {settings}"
            ) from error
        if not any(mark in str(error) for mark in _MARKS):
            raise
        raise TrainingConfigError(
            f"a step must fit into memory, got {first_line:.200}; lower {settings}"
        ) from error
