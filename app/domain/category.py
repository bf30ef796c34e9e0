"""A class of objects."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.attribute import Attribute


class Pattern(StrEnum):
    """What the objects of a category are filled with, beside its colour."""

    PLAIN = "plain"
    STRIPES_UP = "stripes_up"
    STRIPES_DOWN = "stripes_down"
    DOTS = "dots"
    CROSSHATCH = "crosshatch"


@dataclass(frozen=True, slots=True)
class CategoryContent:
    """What a person chooses about a category.

    Attributes:
        name: Unique among the categories in use.
        supercategory: COCO's second level; may be empty.
        color: ``#rrggbb``; empty asks the server to choose.
        attributes: What is asked about its objects, in order.
        pattern: Tells it apart where colours do not.
    """

    name: str
    supercategory: str = ""
    color: str = ""
    attributes: tuple[Attribute, ...] = ()
    pattern: Pattern = Pattern.PLAIN


@dataclass(frozen=True, slots=True)
class Category:
    """A category in the store.

    Attributes:
        id: From 1, never used twice.
        content: Its name, supercategory and colour.
        project_id: The project that it belongs to.
    """

    id: int
    content: CategoryContent
    project_id: int = 1
