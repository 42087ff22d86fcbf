"""What becomes of an uploaded logo."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from accounts.logos import EXTENT, SIZE_LIMIT, LogoRefused, logo_image, png


def written(image, form="PNG", **options):
    data = BytesIO()
    image.save(data, form, **options)
    return data.getvalue()


def kept(data):
    return Image.open(BytesIO(png(logo_image(data))))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of_extent(width, height):
    """A small file that says it is large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("mode", "form", "becomes"),
    [
        ("RGB", "PNG", "RGB"),
        ("RGBA", "PNG", "RGBA"),
        ("LA", "PNG", "RGBA"),
        ("L", "PNG", "RGB"),
        ("1", "PNG", "RGB"),
        ("P", "PNG", "RGB"),
        ("I;16", "PNG", "RGB"),
        ("RGB", "JPEG", "RGB"),
        ("CMYK", "JPEG", "RGB"),
        ("L", "JPEG", "RGB"),
    ],
)
def test_every_kind_of_png_and_jpeg_becomes_a_png_of_plain_colours(mode, form, becomes):
    logo = kept(written(Image.new(mode, (40, 30)), form))

    assert (logo.format, logo.mode, logo.size) == ("PNG", becomes, (40, 30))


def test_what_is_transparent_stays_so():
    picture = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    picture.putpixel((0, 0), (0, 0, 255, 255))

    logo = kept(written(picture))

    assert logo.getpixel((0, 0)) == (0, 0, 255, 255)
    assert logo.getpixel((3, 3))[3] == 0


def test_a_palettes_transparency_is_kept():
    picture = Image.new("P", (4, 4), 0)

    assert kept(written(picture, transparency=0)).getpixel((0, 0))[3] == 0


def test_sixteen_bits_of_grey_keep_their_shades():
    picture = Image.new("I;16", (2, 1))
    picture.putpixel((0, 0), 0x8000)
    picture.putpixel((1, 0), 0xFFFF)

    logo = kept(written(picture))

    assert [logo.getpixel((x, 0)) for x in (0, 1)] == [(128, 128, 128), (255, 255, 255)]


@pytest.mark.parametrize(
    ("size", "becomes"), [((4000, 400), (1200, 120)), ((1000, 2000), (300, 600)), ((20, 10), (20, 10))]
)
def test_a_large_logo_is_scaled_down_and_a_small_one_is_left(size, becomes):
    logo = kept(written(Image.new("RGB", size)))

    assert logo.size == becomes
    assert logo.width <= EXTENT[0] and logo.height <= EXTENT[1]


def test_nothing_but_the_picture_is_kept():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "somebody secret")
    exif = Image.Exif()
    exif[0x010E] = "somebody secret"
    picture = Image.new("RGB", (9, 9), "red")

    for data in (
        written(picture, pnginfo=notes, exif=exif, icc_profile=b"somebody secret"),
        written(picture, "JPEG", exif=exif, comment=b"somebody secret"),
    ):
        assert b"secret" in data
        logo = png(logo_image(data))
        assert b"secret" not in logo
        assert not Image.open(BytesIO(logo)).info


def test_a_photo_that_lies_on_its_side_is_turned_up():
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees

    assert kept(written(Image.new("RGB", (40, 20)), "JPEG", exif=exif)).size == (20, 40)


def test_of_an_animation_the_first_frame_is_kept():
    frames = [Image.new("RGB", (5, 5), colour) for colour in ("red", "blue")]
    data = written(frames[0], save_all=True, append_images=frames[1:])

    logo = kept(data)

    assert not getattr(logo, "is_animated", False)
    assert logo.getpixel((0, 0)) == (255, 0, 0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + bytes(50),
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7",
        b"MZ" + bytes(200),
        written(Image.new("RGB", (5, 5)), "GIF"),
        written(Image.new("RGB", (5, 5)), "WEBP"),
        written(Image.new("RGB", (5, 5)), "TIFF"),
        written(Image.new("RGB", (5, 5)), "BMP"),
    ],
)
def test_what_is_neither_png_nor_jpeg_is_refused(data):
    with pytest.raises(LogoRefused, match="Only PNG and JPEG"):
        logo_image(data)


def test_the_picture_counts_and_not_what_hides_behind_it():
    logo = png(logo_image(written(Image.new("RGB", (5, 5))) + b"<script>alert(1)</script>"))

    assert b"script" not in logo


@pytest.mark.parametrize("extent", [(5_001, 5_000), (20_000, 20_000), (60_000, 60_000), (2_000_000_000, 1)])
def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused(extent):
    with pytest.raises(LogoRefused, match="25 million"):
        logo_image(png_of_extent(*extent))


def test_a_file_over_the_limit_is_refused_unread():
    with pytest.raises(LogoRefused, match="5 MB"):
        logo_image(bytes(SIZE_LIMIT + 1))


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_damaged_file_is_refused_with_a_sentence_or_read(form):
    whole = written(Image.effect_noise((40, 30), 50).convert("RGB"), form)
    outcomes = set()
    for at in range(0, len(whole), 7):
        for damaged in (whole[:at], whole[:at] + b"\xff\x00" + whole[at + 2 :]):
            try:
                logo_image(damaged)
                outcomes.add("read")
            except LogoRefused:
                outcomes.add("refused")
    assert outcomes == {"read", "refused"}
