"""Which image a file of an archive belongs to.

Our own archives carry ``images.jsonl``, which names the content of every image. In others the
name of the file must do, mostly without the ending that the image has.
"""

import json
from collections.abc import Mapping
from pathlib import PurePosixPath

from app.domain.dataset import DatasetImage
from app.domain.dataset_import import AnnotationFileHead, ForeignImage
from app.importers.archive_tree import ArchiveTree
from app.importers.values import LONGEST_NAME, as_side

IMAGE_LIST = "images.jsonl"


def image_line(stem: str, image: DatasetImage) -> str:
    """Return what the list says about an image.

    Args:
        stem: Name of its files in the archive, without an ending.
        image: Of the project.
    """
    fields = {
        "stem": stem,
        "file_name": image.file_name,
        "width": image.width,
        "height": image.height,
        "sha256": image.sha256,
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_image_list(tree: ArchiveTree, head: AnnotationFileHead) -> dict[str, ForeignImage]:
    """Return the listed images by the names of their files; none if there is no list.

    Args:
        tree: The archive.
        head: Gets a note for every line that cannot be used.
    """
    if IMAGE_LIST not in tree.names:
        return {}
    listed = {}
    for line in tree.read(IMAGE_LIST).decode("utf-8", errors="replace").splitlines():
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            values = None
        image = _as_image(values) if isinstance(values, Mapping) else None
        if image is None:
            head.notes.append(("image_damaged", f"{line!a:.80}"))
        else:
            listed[str(image.key)] = image
    return listed


def image_of_file(
    name: str, listed: Mapping[str, ForeignImage], size_hw: tuple[int, int] | None = None
) -> ForeignImage:
    """Return the image that a file of an archive belongs to; the file's path is its key.

    Args:
        name: Path of the file.
        listed: What `read_image_list` gave.
        size_hw: Height and width, if the file tells.
    """
    stem = PurePosixPath(name).stem
    if stem in listed:
        return listed[stem]._replace(key=name)
    height, width = size_hw or (None, None)
    return ForeignImage(name, stem, width, height, is_stem=True)


def _as_image(values: Mapping[str, object]) -> ForeignImage | None:
    stem, name, sha256 = (values.get(field) for field in ("stem", "file_name", "sha256"))
    texts = [text for text in (stem, name, sha256) if isinstance(text, str)]
    if len(texts) != 3 or not all(0 < len(text) <= LONGEST_NAME for text in texts):
        return None
    return ForeignImage(
        texts[0], texts[1], as_side(values.get("width")), as_side(values.get("height")), texts[2]
    )
