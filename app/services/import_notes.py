"""What the codes in the notes of an import mean, in one sentence each."""

_TEXTS = {
    "image_damaged": "entries of images without a usable id or file name were passed over",
    "image_id_repeated": "image ids stand in the file more than once; the first entry counts",
    "category_damaged": "entries of classes without a usable id or name were passed over",
    "category_id_repeated": "class ids stand in the file more than once; the first entry counts",
    "category_not_listed": "classes are used but not listed; they are called by their ids",
    "category_missing": "annotations without a class were left out",
    "image_unknown": "images are not in the project; add them first, under the same names",
    "image_ambiguous": "several images of the project have this name and size",
    "image_size_differs": "the image of this name in the project has another size",
    "image_not_listed": "annotations of images that the file does not list were left out",
    "annotation_damaged": "annotations that are no objects were left out",
    "file_damaged": "files that are damaged or of another kind were passed over",
    "settings_damaged": "files that should name the classes were passed over",
    "map_missing": "segments whose PNG image is not in the archive were left out",
    "map_too_large": "PNG images of more than 100 megapixels were passed over",
    "size_missing": "annotations of images without a usable size were left out",
    "mask_missing": "annotations without a mask were left out; boxes become masks under Proposals",
    "mask_damaged": "masks whose code is damaged were left out",
    "mask_invalid": "masks whose code is damaged were left out",
    "mask_empty": "masks without a single pixel were left out",
    "size_differs": "masks of another size than their image were left out",
    "polygon_damaged": "polygons that are no lists of numbers were left out",
    "polygon_outside": "polygons far outside of their image were left out",
    "polygon_short": "polygons with fewer than three corners were left out",
    "details_dropped": "masks were taken without attributes or notes that are malformed",
}


def explain(code: str) -> str:
    """Return what a code means.

    Args:
        code: Of a note; ``mask_of_`` before the code of an image speaks of its masks.
    """
    if code.startswith("mask_of_"):
        return "masks were left out, because " + _TEXTS[code.removeprefix("mask_of_")]
    return _TEXTS[code]
