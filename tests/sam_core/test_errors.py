from __future__ import annotations

import inspect

import pytest

from sam_core import errors

CLASSES = [member for _, member in inspect.getmembers(errors, inspect.isclass)]


@pytest.mark.parametrize("error", CLASSES)
def test_every_error_belongs_to_the_tree_and_is_drawn_in_it(error: type[Exception]) -> None:
    assert issubclass(error, errors.SamCoreError)
    assert error.__name__ in str(errors.__doc__)


@pytest.mark.parametrize(
    ("error", "built_in"),
    [
        (errors.ImageNotSetError, RuntimeError),
        (errors.ImageError, ValueError),
        (errors.PromptError, ValueError),
        (errors.MaskError, ValueError),
    ],
)
def test_code_that_catches_the_built_in_exception_still_does(
    error: type[Exception], built_in: type[Exception]
) -> None:
    assert issubclass(error, built_in)
