"""Which image of a project a foreign file means."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from app.domain.dataset_import import AnnotationFileHead, ForeignImage, Key
from app.storage.annotation_import import ImportTarget

IMAGE_UNKNOWN = "image_unknown"
IMAGE_AMBIGUOUS = "image_ambiguous"
IMAGE_SIZE_DIFFERS = "image_size_differs"


def match_images(
    head: AnnotationFileHead, targets: Sequence[ImportTarget]
) -> dict[Key, ImportTarget]:
    """Return the project's image for every image of a file that has one.

    The content decides if the file names it. Otherwise the file name decides, without folders
    (and without its ending, where a format leaves that out), together with the size. What is not
    found, or not found for sure, goes to ``unmatched`` of the head; sizes that the file does not
    give are filled in there.

    Args:
        head: Of the file.
        targets: All images of the project.
    """
    by_content = {target.sha256: target for target in targets}
    by_name: dict[str, list[ImportTarget]] = defaultdict(list)
    by_stem: dict[str, list[ImportTarget]] = defaultdict(list)
    for target in targets:
        name = _plain_name(target.file_name)
        by_name[name].append(target)
        by_stem[name.rpartition(".")[0] or name].append(target)
    matched: dict[Key, ImportTarget] = {}
    for key, image in head.images.items():
        found = by_content.get(image.sha256) if image.sha256 else None
        names = by_stem if image.is_stem else by_name
        found_or_reason = found or _find_by_name(image, names[_plain_name(image.file_name)])
        if isinstance(found_or_reason, str):
            head.unmatched[key] = found_or_reason
        elif not _has_size_of(image, found_or_reason):
            head.unmatched[key] = IMAGE_SIZE_DIFFERS
        else:
            matched[key] = found_or_reason
            head.images[key] = image._replace(
                width=found_or_reason.width, height=found_or_reason.height
            )
    return matched


def _find_by_name(image: ForeignImage, namesakes: list[ImportTarget]) -> ImportTarget | str:
    if not namesakes:
        return IMAGE_UNKNOWN
    fitting = [target for target in namesakes if _has_size_of(image, target)]
    if not fitting:
        return IMAGE_SIZE_DIFFERS
    return fitting[0] if len(fitting) == 1 else IMAGE_AMBIGUOUS


def _has_size_of(image: ForeignImage, target: ImportTarget) -> bool:
    sides = ((image.width, target.width), (image.height, target.height))
    return all(said is None or said == real for said, real in sides)


def _plain_name(file_name: str) -> str:
    # Paths of every system; macOS writes accents as characters of their own.
    last = re.split(r"[\\/]", file_name)[-1]
    return unicodedata.normalize("NFC", last)
