"""Drawn heads for a few people of the demo: nobody's face, and plainly a drawing."""

from io import BytesIO

from PIL import Image, ImageDraw

from berdaya.people.portraits import accepted_portrait

# Indigo, madder, turmeric, leaf: ground and figure, as cloth is dyed.
DYES = (
    ("#e8dcc4", "#1f2a52"),
    ("#f0e2cf", "#8f2f24"),
    ("#ece4d2", "#9a6a12"),
    ("#e6e1d0", "#3f5b3a"),
)
SIDE = 180


def drawn_portrait(number: int) -> bytes:
    """Head and shoulders in one of four dyes, through the door that photos come by."""
    ground, figure = DYES[number % len(DYES)]
    image = Image.new("RGB", (SIDE, SIDE * 4 // 3), ground)
    pen = ImageDraw.Draw(image)
    pen.ellipse((55, 50, 125, 130), fill=figure)
    pen.ellipse((20, 145, 160, 330), fill=figure)
    for left in range(12, SIDE, 24):
        pen.polygon([(left, 12), (left + 8, 22), (left, 32), (left - 8, 22)], fill=figure)
    out = BytesIO()
    image.save(out, "PNG")
    out.seek(0)
    return accepted_portrait(out)
