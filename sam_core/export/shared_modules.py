"""Variants of a module that share its weights."""

import copy
from typing import TypeVar

from torch import nn

Module = TypeVar("Module", bound=nn.Module)


def share_modules(module: Module) -> Module:
    """Return a module of the same parts whose parts can be exchanged one by one.

    Args:
        module: Not changed by an exchange; the parts themselves are the same objects.
    """
    variant = copy.copy(module)
    # The container of the parts belongs to each variant, what is in it to both.
    variant.__dict__["_modules"] = dict(module._modules)
    return variant
