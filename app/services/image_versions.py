"""The versions of an image that clients fetch: upright pixels, thumbnail, original."""

import io

from PIL import Image

from app.domain.image_record import StoredImage
from app.domain.served_file import ServedFile
from app.errors import ServerFaultError
from app.services.image_reading import read_upright
from app.storage.file_store import FileStore

THUMBNAIL_SIDE = 320
_JPEG_QUALITY = 95
THUMBNAIL_QUALITY = 82


class ImageVersions:
    """Finds the files of an image, making the derived ones when first asked for.

    Args:
        files: The data folder.
    """

    def __init__(self, files: FileStore) -> None:
        self._files = files

    def original(self, image: StoredImage) -> ServedFile:
        """Return the bytes as they came.

        Raises:
            ServerFaultError: If the data folder has lost them.
        """
        path = self._files.original_path(image.file.sha256)
        if not path.is_file():
            raise ServerFaultError(
                "original_missing",
                f"the data folder must hold {path.name}, the original of image {image.id}, "
                "but it is gone",
                "put the data folder back, or add the image file again",
            )
        return ServedFile(path, image.file.media_type, image.file.sha256, image.file.file_name)

    def upright(self, image: StoredImage) -> Image.Image:
        """Return the upright image in 8-bit RGB, as the model sees it.

        Raises:
            AppError: If the original is gone or cannot be read any more.
        """
        return read_upright(self.original(image).path.read_bytes())

    def pixels(self, image: StoredImage) -> ServedFile:
        """Return the upright image in a format that browsers show.

        Raises:
            AppError: If the original is gone or cannot be read any more.
        """
        file = image.file
        etag = f"pixels-{file.sha256[:32]}"
        if file.is_original_shown:
            return ServedFile(self.original(image).path, file.media_type, etag)
        path = self._files.pixels_path(file.sha256, file.pixels_media_type)
        if not path.is_file():
            self._files.save(path, encode_image(self.upright(image), file.pixels_media_type))
        return ServedFile(path, file.pixels_media_type, etag)

    def thumbnail(self, image: StoredImage) -> ServedFile:
        """Return a small JPEG of the upright image.

        Raises:
            AppError: If the original is gone or cannot be read any more.
        """
        path = self._files.thumbnail_path(image.file.sha256)
        if not path.is_file():
            small = self.upright(image)
            small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
            self._files.save(path, encode_image(small, "image/jpeg", THUMBNAIL_QUALITY))
        return ServedFile(path, "image/jpeg", f"thumbnail-{image.file.sha256[:32]}")


def encode_image(image: Image.Image, media_type: str, quality: int = _JPEG_QUALITY) -> bytes:
    """Return the bytes of a JPEG or a PNG file.

    Args:
        image: In RGB.
        media_type: Either ``image/jpeg`` or ``image/png``.
        quality: Of a JPEG.
    """
    buffer = io.BytesIO()
    if media_type == "image/jpeg":
        image.save(buffer, "JPEG", quality=quality, subsampling="4:4:4")
    else:
        image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
