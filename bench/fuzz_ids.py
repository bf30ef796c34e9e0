"""Ids that exist, so that most requests of the fuzzing reach more than the question for their id.

What a sweep deletes is made again, so that the later requests of it find something too.
"""

from __future__ import annotations

import io
import random
from collections import defaultdict
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.context import AppContext
from app.domain.annotation import AnnotationContent, CocoRle
from app.domain.image_record import ImageRecord
from sam_core.masks.rle import encode_rle

KNOWN_IDS = 4
WILD_SHARE = 0.1
_JOBS = ("/api/exports", "/api/imports")


class LivingIds:
    """Knows what is there, by the names that parameters of addresses have.

    Args:
        context: Of the server.
        number: Makes the choices and the photographs repeatable.
    """

    def __init__(self, context: AppContext, number: int) -> None:
        self._context = context
        self._random = random.Random(number)
        self._photographs = number
        self._jobs: dict[str, list[int]] = defaultdict(list)

    def fill(self) -> None:
        """Add projects, images, one of them with its embedding, and masks."""
        for _ in range(KNOWN_IDS - 1):
            self._context.projects.add(f"project {self._next()}")
        for _ in range(KNOWN_IDS):
            self._add_image()
        self._context.embeddings.request(self._context.images.list_all()[0])

    def aim(self, case: Any) -> None:
        """Give most requests ids that are there; some keep what was made up for them."""
        if self._random.random() < WILD_SHARE:
            return
        if case.path_parameters:
            found = {name: self._living(name, case.path) for name in case.path_parameters}
            known = {name: value for name, value in found.items() if value is not None}
            case.path_parameters = {**case.path_parameters, **known}
        if case.query and "project" in case.query:
            case.query = {**case.query, "project": self._project()}

    def learn(self, case: Any, response: Any) -> None:
        """Remember the number of a job that was started."""
        if case.method.upper() == "POST" and response.status_code == 202:
            for address in _JOBS:
                if case.path.startswith(address):
                    self._jobs[address].append(int(response.json()["id"]))

    def _living(self, name: str, path: str) -> Any:
        context = self._context
        match name:
            case "image_id":
                return self._random.choice(self._images()).id
            case "annotation_id":
                return self._annotation()
            case "project_id":
                return self._project()
            case "category_id":
                return self._random.choice(context.categories.list_all(None)).id
            case "user_id":
                return self._random.choice(
                    [user.id for user in context.accounts.list_users()] or [1]
                )
            case "model_id":
                return context.model.model_id
            case "number":  # the small model proposes nothing
                return None
        return self._random.choice(self._jobs[path[: path.index("/{")]] or [None])

    def _images(self) -> list[ImageRecord]:
        images = self._context.images.list_all()
        while len(images) < 2:
            self._add_image()
            images = self._context.images.list_all()
        return images

    def _annotation(self) -> int:
        for image in self._random.sample(images := self._images(), len(images)):
            found = self._context.annotations.list_for_image(image.id)
            if found:
                return self._random.choice(found).id
        self._annotate(images[0])
        return self._annotation()

    def _project(self) -> int:
        projects = self._context.projects.list_all()
        if len(projects) < 2:
            self._context.projects.add(f"project {self._next()}")
        return self._random.choice(projects).id

    def _add_image(self) -> None:
        name = self._next()
        image, _ = self._context.images.add(f"{name}.png", _photo(name))
        self._annotate(image)

    def _annotate(self, image: ImageRecord) -> None:
        code = encode_rle(_square(image.size_hw))
        mask = CocoRle(*image.size_hw, code["counts"])
        category = self._context.categories.list_all(image.project_id)[0]
        self._context.annotations.add(image.id, AnnotationContent(category.id, mask))

    def _next(self) -> int:
        self._photographs += 1
        return self._photographs


def _photo(number: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (48, 32), (number % 256, number // 256 % 256, 0)).save(buffer, "PNG")
    return buffer.getvalue()


def _square(size_hw: tuple[int, int]) -> NDArray[np.bool_]:
    pixels = np.zeros(size_hw, dtype=np.bool_)
    pixels[4:12, 5:20] = True
    return pixels
