"""Make pictures fit to be shown: another size, turned the right way, without anything else that was in the file."""

import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from app.events.errors import NotAPicture, PictureOfAPhone, PictureTooLarge

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 60_000_000  # more than any phone takes; a small file may unfold to far more
HEIC = {b"ftypheic", b"ftypheix", b"ftypheim", b"ftypheis", b"ftyphevc", b"ftypmif1"}  # what iPhones write
LARGE, SMALL = 2000, 640  # longer side
# What Pillow raises for files that are broken, or made to break something
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, struct.error)


@dataclass(frozen=True)
class Picture:
    """A JPEG and its size."""

    content: bytes
    width: int
    height: int


def prepare(content: bytes) -> tuple[Picture, Picture]:
    """Large and small, made anew: no place, no time, no camera, no name travels with them.

    The type is told by the content, not by the name. Raises NotAPicture (PictureOfAPhone) or PictureTooLarge.
    """
    upright = _opened(content)
    return _fit(upright, LARGE), _fit(upright, SMALL)


def made_anew(content: bytes) -> Picture:
    """The large one alone; raises as `prepare` does."""
    return _fit(_opened(content), LARGE)


def is_heic(content: bytes) -> bool:
    return content[4:12] in HEIC


def _opened(content: bytes) -> Image.Image:
    if is_heic(content):
        raise PictureOfAPhone
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureTooLarge
            return _flat(ImageOps.exif_transpose(opened))
    except Image.DecompressionBombError as error:
        raise PictureTooLarge from error
    except BROKEN as error:
        raise NotAPicture from error


def _flat(image: Image.Image) -> Image.Image:
    """In sRGB, on white where one could see through."""
    profile = image.info.get("icc_profile")
    if image.mode in {"P", "LA", "PA", "RGBA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    if profile and image.mode == "CMYK":
        return _to_srgb(image, profile)
    flat = image.convert("RGB")
    return _to_srgb(flat, profile) if profile and image.mode != "L" else flat


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """As it is where the profile does not fit: better a shade off than no picture."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        turned = None
    return turned or image.convert("RGB")


def _fit(image: Image.Image, longest: int) -> Picture:
    sized = image.copy()
    sized.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    sized.info.clear()
    content = io.BytesIO()
    sized.save(content, "JPEG", quality=82, optimize=True, progressive=True)
    return Picture(content.getvalue(), sized.width, sized.height)
