"""Export masks with datumaro, in an environment of its own, and say how long that took.

``ENV/bin/python bench/datumaro_worker.py FILE FOLDER``. datumaro pins other versions of what this
program needs, so it lives apart; `compare_exports.py` starts this file there. It imports nothing
of this program.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

CLASS = "object"


def main(arguments: list[str]) -> int:
    """Read a COCO file, export it again, and print seconds and datumaro's version as JSON."""
    source, folder = map(Path, arguments)
    # Only here: the tests of this file run where datumaro is not installed.
    from datumaro import __version__  # noqa: PLC0415

    dataset = build_dataset(json.loads(source.read_text(encoding="utf-8")))
    begin = time.perf_counter()
    dataset.export(str(folder), "coco_instances", save_media=False)
    seconds = time.perf_counter() - begin
    sys.stdout.write(json.dumps({"seconds": seconds, "version": __version__}) + "\n")
    return 0


def build_dataset(document: dict[str, Any]) -> Any:
    """Return datumaro's form of a COCO file with run-length codes.

    The masks are crowds, because datumaro writes codes for no others; anything else would be
    traced as polygons first and take longer.
    """
    from datumaro.components.annotation import RleMask  # noqa: PLC0415
    from datumaro.components.dataset import Dataset  # noqa: PLC0415
    from datumaro.components.dataset_base import DatasetItem  # noqa: PLC0415
    from datumaro.components.media import Image  # noqa: PLC0415

    masks: dict[int, list[Any]] = {image["id"]: [] for image in document["images"]}
    for one in document["annotations"]:
        code = {**one["segmentation"], "counts": one["segmentation"]["counts"].encode()}
        mask = RleMask(rle=code, label=0, id=one["id"], attributes={"is_crowd": True})
        masks[one["image_id"]].append(mask)
    items = [
        DatasetItem(
            id=Path(image["file_name"]).stem,
            media=Image.from_file(image["file_name"], size=(image["height"], image["width"])),
            annotations=masks[image["id"]],
            attributes={"id": image["id"]},
        )
        for image in document["images"]
    ]
    return Dataset.from_iterable(items, categories=[CLASS])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
