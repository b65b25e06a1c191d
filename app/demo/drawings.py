"""Pictures for the demo, drawn with plain shapes: nobody can be seen on them."""

import io

from PIL import Image, ImageDraw

SIZE = (1000, 640)
WOOD, LEAVES, IRON, SKY, GROUND, WATER = "#963c0d", "#00606b", "#51605f", "#e1f1f2", "#cfd8d7", "#7fb3b8"


def bench_under_a_tree() -> bytes:
    """For what a club contributed."""
    image = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 480, 1000, 640), fill=GROUND)
    draw.rectangle((735, 260, 785, 500), fill=WOOD)
    draw.ellipse((560, 40, 960, 330), fill=LEAVES)
    _bench(draw)
    return _png(image)


def bench_at_the_lake() -> bytes:
    """For an example of good practice."""
    image = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 260, 1000, 480), fill=WATER)
    draw.rectangle((0, 480, 1000, 640), fill=GROUND)
    draw.polygon([(800, 330), (800, 130), (920, 330)], fill="white")
    draw.polygon([(700, 340), (960, 340), (920, 390), (740, 390)], fill=WOOD)
    _bench(draw)
    return _png(image)


def _bench(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((160, 330, 600, 365), fill=WOOD)
    draw.rectangle((140, 410, 620, 445), fill=WOOD)
    for left in (190, 550):
        draw.rectangle((left, 330, left + 24, 540), fill=IRON)


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
