"""COCO files are read back by pycocotools before anybody gets them."""

import contextlib
import io
import json
from collections.abc import Iterator
from threading import Lock
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO

from app.domain.annotation import Annotation
from app.domain.dataset import Dataset
from app.errors import ServerFaultError
from sam_core.masks.rle import decode_rle

_OUTPUT_LOCK = Lock()


def check_coco(content: bytes, dataset: Dataset) -> None:
    """Refuse a COCO file that pycocotools does not read as what is stored.

    Masks must be equal bit for bit. Only where the file itself says that a polygon filled
    holes may pixels be added; none may ever be lost.

    Args:
        content: The bytes that would be sent.
        dataset: What they were made from.

    Raises:
        ServerFaultError: If anything differs.
    """
    document = json.loads(content)
    try:
        coco = _load(document)
        _check_ids(coco, dataset)
        filled = {
            report["annotation_id"] for report in document["info"]["maskwright"]["filled_holes"]
        }
        for annotation in dataset.annotations:
            _check_annotation(coco, annotation, may_add=annotation.id in filled)
    except ServerFaultError:
        raise
    except Exception as error:  # noqa: BLE001 - a stumbling reader is a failed check
        _fail(f"pycocotools could not read it: {error}")


def _load(document: dict[str, Any]) -> COCO:
    coco = COCO()
    coco.dataset = document
    with _silence():
        coco.createIndex()
    return coco


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    # pycocotools prints its progress; standard output belongs to the whole process.
    with _OUTPUT_LOCK, contextlib.redirect_stdout(io.StringIO()):
        yield


def _check_ids(coco: COCO, dataset: Dataset) -> None:
    pairs = (
        ("images", coco.imgs, dataset.images),
        ("categories", coco.cats, dataset.categories),
        ("annotations", coco.anns, dataset.annotations),
    )
    for name, indexed, stored in pairs:
        expected = [record.id for record in stored]
        if sorted(indexed) != expected or any(number < 1 for number in expected):
            _fail(f"{name} must have the ids {expected[:8]}, got {sorted(indexed)[:8]}")


def _check_annotation(coco: COCO, annotation: Annotation, *, may_add: bool) -> None:
    written = coco.anns[annotation.id]
    expected = decode_rle(annotation.content.mask.to_coco())
    got = coco.annToMask(written).astype(np.bool_)
    if got.shape != expected.shape:
        _fail(f"mask {annotation.id} must have size {expected.shape}, got {got.shape}")
    wrong = (expected & ~got) if may_add else (expected != got)
    if bool(wrong.any()):
        _fail(f"mask {annotation.id} differs in {int(wrong.sum())} pixels")
    _check_measures(written, expected, annotation)


def _check_measures(
    written: dict[str, Any], mask: NDArray[np.bool_], annotation: Annotation
) -> None:
    code = coco_mask.encode(np.asfortranarray(mask, dtype=np.uint8))
    area, bbox = int(coco_mask.area(code)), coco_mask.toBbox(code).tolist()
    is_crowd = int(annotation.content.details.is_crowd)
    if written["area"] != area or list(written["bbox"]) != bbox or written["iscrowd"] != is_crowd:
        _fail(f"annotation {written['id']} must have area {area} and bbox {bbox}")


def _fail(reason: str) -> NoReturn:
    raise ServerFaultError(
        "export_check_failed",
        f"the export must give the stored masks when it is read back, but {reason}",
        "nothing was sent and nothing was changed; please report this with the server's log",
    )
