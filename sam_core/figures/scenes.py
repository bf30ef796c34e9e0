"""The photographs of the figures, and outlines of objects in them that we drew by hand."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from sam_core.figures.style import Boolean, FigureError, Pixels

ROOT = Path(__file__).resolve().parents[2]
PHOTO_FOLDERS = (ROOT / "tests" / "e2e" / "photos", ROOT / "docs" / "figures" / "photos")
PHOTOS = ("astronaut", "chelsea", "coffee", "coins", "rocket")
PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")

Outline = tuple[tuple[float, float], ...]


def oval(x: float, y: float, radius_x: float, radius_y: float) -> Outline:
    """Return an ellipse as a polygon, in image pixels."""
    turns = [2 * math.pi * step / 90 for step in range(90)]
    return tuple((x + radius_x * math.cos(t), y + radius_y * math.sin(t)) for t in turns)


@dataclass(frozen=True, slots=True)
class Target:
    """An object of a photograph, outlined by hand to a few pixels.

    Attributes:
        name: What it is, in words.
        photo: Name of the photograph.
        outlines: Polygons in image space whose union is the object.
    """

    name: str
    photo: str
    outlines: tuple[Outline, ...]

    def mask(self, image_hw: tuple[int, int]) -> Boolean:
        """Return the object's mask at image size; ``image_hw`` is height, width."""
        canvas = Image.new("1", (image_hw[1], image_hw[0]))
        for outline in self.outlines:
            ImageDraw.Draw(canvas).polygon(outline, fill=1)
        return np.array(canvas, dtype=bool)


CUP: Outline = (
    *((173, 100), (180, 72), (200, 45), (235, 25), (270, 18), (305, 18), (345, 30), (380, 52)),
    *((400, 80), (405, 110), (400, 145), (388, 185), (372, 215), (345, 255), (330, 270)),
    *((310, 282), (285, 285), (262, 281), (248, 277), (240, 285), (228, 305), (215, 308)),
    *((200, 300), (196, 280), (203, 255), (220, 238), (215, 232), (195, 205), (182, 170)),
    (174, 130),
)
SAUCER: Outline = (
    *((178, 70), (150, 85), (120, 110), (95, 145), (80, 185), (76, 225), (85, 270), (105, 305)),
    *((140, 340), (190, 370), (250, 386), (300, 389), (350, 382), (400, 360), (440, 325)),
    *((465, 285), (478, 240), (477, 200), (465, 165), (445, 135), (420, 110), (400, 100)),
)
PERSON: Outline = (
    *((155, 80), (160, 55), (190, 30), (225, 15), (255, 20), (285, 35), (298, 60), (300, 90)),
    *((290, 120), (275, 137), (262, 160), (280, 185), (300, 220), (306, 245), (335, 262)),
    *((350, 295), (360, 345), (330, 365), (300, 400), (282, 440), (278, 480), (280, 511)),
    *((100, 511), (30, 511), (22, 470), (20, 400), (28, 330), (50, 270), (80, 235), (112, 212)),
    *((118, 180), (135, 158), (160, 148), (186, 148), (180, 130), (172, 115), (158, 100)),
)
HELMET: Outline = (
    *((278, 480), (280, 440), (295, 400), (320, 370), (355, 350), (400, 344), (440, 355)),
    *((472, 382), (488, 415), (496, 450), (505, 470), (511, 511), (283, 511)),
)
ROCKET: Outline = (
    *((312, 180), (311, 145), (315, 135), (322, 127), (329, 135), (333, 145), (333, 180)),
    *((331, 190), (331, 406), (313, 406), (313, 190)),
)

TARGETS = (
    Target("cup", "coffee", (CUP,)),
    Target("cup and saucer", "coffee", (CUP, SAUCER)),
    Target("inside of the cup", "coffee", (oval(292, 110, 98, 84),)),
    Target("left eye", "chelsea", (oval(170, 115, 34, 30),)),
    Target("nose", "chelsea", (((232, 228), (250, 231), (291, 231), (280, 246), (258, 264)),)),
    Target("person", "astronaut", (PERSON,)),
    Target("helmet", "astronaut", (HELMET,)),
    Target("round patch", "astronaut", (oval(170, 385, 37, 37),)),
    Target("coin", "coins", (oval(335, 44, 30, 28),)),
    Target("dark coin", "coins", (oval(43, 197, 19, 19),)),
    Target("rocket", "rocket", (ROCKET,)),
    Target("mast", "rocket", (((197, 122), (204, 122), (203, 196), (197, 196)),)),
)


def target_named(name: str) -> Target:
    """Return a target by its name.

    Raises:
        FigureError: If there is none of that name.
    """
    for target in TARGETS:
        if target.name == name:
            return target
    raise FigureError(f"target must be one of {[t.name for t in TARGETS]}, got {name!r}")


def load_photos(folders: Sequence[Path] = PHOTO_FOLDERS) -> dict[str, Pixels]:
    """Return the photographs of the figures by name, upright, as RGB.

    Args:
        folders: Where to look; the first folder that has a photograph wins.

    Raises:
        FigureError: If one of them is in no folder.
    """
    photos: dict[str, Pixels] = {}
    for name in PHOTOS:
        places = [folder / f"{name}{suffix}" for folder in folders for suffix in PHOTO_SUFFIXES]
        found = next((place for place in places if place.is_file()), None)
        if found is None:
            looked = ", ".join(str(folder) for folder in folders)
            raise FigureError(
                f"images must hold {name}.jpg, which the figures show, got none in {looked}; "
                "docs/figures/README.md says where it comes from"
            )
        with Image.open(found) as file:
            photos[name] = np.array(ImageOps.exif_transpose(file).convert("RGB"))
    return photos
