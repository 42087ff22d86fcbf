"""Logos as they are kept: whatever PNG or JPEG is uploaded becomes a small PNG of our own making."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from booms.core.errors import InvalidInput

SIZE_LIMIT = 5 * 1024 * 1024
# A small file can unfold into gigabytes: the extent is read from its head before anything is decoded.
PIXEL_LIMIT = 25_000_000
EXTENT = (1200, 600)
# What Pillow raises for files that only look like images.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class LogoRefused(InvalidInput):
    """The file cannot be a logo."""

    def __init__(self, message: str) -> None:
        super().__init__(message, loc=("body", "logo"), kind="logo")


def logo_image(data: bytes) -> Image.Image:
    """The picture in RGB or RGBA, at most 1200 × 600, upright, the first frame of an animation.

    The content decides, not the file's name. Raises `LogoRefused`.
    """
    if len(data) > SIZE_LIMIT:
        raise LogoRefused(_("The file is larger than 5 MB."))
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
            _bound(opened)
            opened.draft("RGB", EXTENT)
            return _settled(ImageOps.exif_transpose(opened))
    except UnidentifiedImageError as error:
        raise LogoRefused(_("Only PNG and JPEG images can be logos.")) from error
    except BOMBS as error:
        raise _too_many_pixels() from error
    except BROKEN as error:
        raise LogoRefused(_("The image is damaged and cannot be read.")) from error


def png(image: Image.Image) -> bytes:
    """The picture as a PNG, with nothing in it but the picture."""
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _bound(image: Image.Image) -> None:
    if image.width * image.height > PIXEL_LIMIT:
        raise _too_many_pixels()


def _too_many_pixels() -> LogoRefused:
    return LogoRefused(_("The image has more than 25 million pixels."))


def _settled(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # sixteen bits a pixel: Pillow would cut off what is brighter than 255
        image = image.convert("I").point(lambda level: level / 256).convert("L")
    settled = image.convert("RGBA" if image.has_transparency_data else "RGB")
    settled.thumbnail(EXTENT, Image.Resampling.LANCZOS)
    settled.info = {}
    return settled
