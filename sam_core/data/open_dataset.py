"""Tell the layout of a data set by what the paths point to."""

from pathlib import Path

from sam_core.data.coco_dataset import CocoMaskDataset
from sam_core.data.records import MaskDataset
from sam_core.data.sa1b_dataset import Sa1bDataset


def open_dataset(images_dir: str | Path, annotations: str | Path | None) -> MaskDataset:
    """Return a data set for training.

    Args:
        images_dir: Folder of the images.
        annotations: A COCO file, or a folder with one JSON file per image as in SA-1B;
            ``None`` means that these lie beside the images.

    Raises:
        DatasetError: If a folder or file is missing or of another kind.
    """
    if annotations is None or Path(annotations).is_dir():
        return Sa1bDataset(images_dir, annotations)
    return CocoMaskDataset(images_dir, annotations)
