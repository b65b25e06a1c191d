import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from app.events import pictures
from app.events.errors import NotAPicture, PictureTooLarge

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def picture(size=(60, 40), *, kind="JPEG", mode="RGB", colour="teal", **options):
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, kind, **options)
    return file.getvalue()


def opened(prepared):
    return Image.open(io.BytesIO(prepared.content))


def png_that_claims(width, height):
    """A few bytes that would unfold to far more."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def test_prepare_makes_a_large_and_a_small_one():
    large, small = pictures.prepare(picture((3000, 1500)))

    assert [(each.width, each.height) for each in (large, small)] == [(2000, 1000), (640, 320)]
    assert [opened(each).format for each in (large, small)] == ["JPEG", "JPEG"]


def test_prepare_leaves_a_small_picture_as_large_as_it_is():
    large, small = pictures.prepare(picture((300, 200)))

    assert [opened(each).size for each in (large, small)] == [(300, 200), (300, 200)]


def test_prepare_keeps_no_metadata():
    exif = Image.Exif()
    exif[MAKE] = "Beispielkamera"
    exif[GPS] = {1: "N", 2: (47.0, 39.0, 0.0)}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    original = picture(exif=exif, icc_profile=profile, comment=b"Beispielperson, Konstanz")
    assert (b"Beispielkamera" in original, b"Beispielperson" in original) == (True, True)

    for prepared in pictures.prepare(original):
        assert dict(opened(prepared).getexif()) == {}
        assert set(opened(prepared).info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert (b"Beispiel" in prepared.content, b"Exif" in prepared.content) == (False, False)


def test_prepare_turns_a_picture_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera was held on its side
    large, _small = pictures.prepare(picture((60, 40), exif=exif))

    assert (large.width, large.height) == (40, 60)


@pytest.mark.parametrize(
    ("kind", "mode", "colour", "expected"),
    [
        ("PNG", "RGBA", (0, 0, 0, 0), (255, 255, 255)),
        ("PNG", "LA", (0, 0), (255, 255, 255)),
        ("PNG", "P", 0, (0, 0, 0)),
        ("PNG", "I;16", 0, (0, 0, 0)),
        ("JPEG", "L", 128, (128, 128, 128)),
        ("JPEG", "CMYK", (0, 0, 0, 0), (255, 255, 255)),
        ("WEBP", "RGB", (0, 0, 0), (0, 0, 0)),
    ],
)
def test_prepare_takes_pictures_of_every_mode(kind, mode, colour, expected):
    large, _small = pictures.prepare(picture(kind=kind, mode=mode, colour=colour))

    shown = opened(large).getpixel((5, 5))
    assert all(abs(seen - wanted) <= 3 for seen, wanted in zip(shown, expected, strict=True))


def test_prepare_shows_colours_as_their_profile_says():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()

    large, _small = pictures.prepare(picture(colour="teal", icc_profile=profile))

    assert opened(large).getpixel((5, 5)) == pytest.approx((0, 128, 128), abs=4)  # a profile that does not fit


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"kein Bild",
        b"%PDF-1.7 kein Bild",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\0" * 40,
        picture()[:200],
        b"\xff\xd8\xff" + b"\0" * 200,
        picture(kind="PNG")[:60],
        picture(kind="GIF"),
        picture(kind="TIFF"),
    ],
    ids=["empty", "text", "pdf", "svg", "broken-gif", "half-jpeg", "no-jpeg", "half-png", "gif", "tiff"],
)
def test_prepare_refuses_what_is_no_picture(content):
    with pytest.raises(NotAPicture):
        pictures.prepare(content)


@pytest.mark.parametrize("size", [(60_000, 60_000), (8_000, 8_000)])
def test_prepare_refuses_what_would_unfold_to_too_much(size):
    with pytest.raises(PictureTooLarge):
        pictures.prepare(png_that_claims(*size))
