"""A class of objects."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CategoryContent:
    """What a person chooses about a category.

    Attributes:
        name: Unique among the categories in use.
        supercategory: COCO's second level; may be empty.
        color: ``#rrggbb``; empty asks the server to choose.
    """

    name: str
    supercategory: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A category in the store.

    Attributes:
        id: From 1, never used twice.
        content: Its name, supercategory and colour.
    """

    id: int
    content: CategoryContent
