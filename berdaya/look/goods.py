"""Drawn goods: a silhouette for each kind, filled with the motif of its own batch or facility."""

from collections.abc import Callable
from functools import lru_cache

from berdaya.look import furniture
from berdaya.look import silhouettes as draw
from berdaya.look.motif import dice, weave

GROUNDS = (("#F4EBD8", "#EADBC0"), ("#F2E6D6", "#E8D7BF"), ("#EBEBDD", "#DDDFCD"))

KINDS: dict[str, Callable[[], draw.Silhouette]] = {
    "cloth": draw.cloth,
    "basket": draw.basket,
    "coffee": draw.coffee,
    "jar": draw.jar,
    "bottle": draw.bottle,
    "soap": draw.soap,
    "chair": furniture.chair,
    "sofa": furniture.sofa,
    "bowl": draw.bowl,
    "plant": draw.plant,
    "snack": draw.snack,
    "wood": draw.wood,
    "bag": draw.bag,
    "service": draw.service,
    "can": draw.can,
    "bracelet": draw.bracelet,
    "table": furniture.table,
    "bench": furniture.bench,
    "frame": furniture.frame,
    "holder": furniture.holder,
}
# How a product's name begins, where its category's drawing would show something else.
NAMED = {
    "meja": "table",
    "sofa": "sofa",
    "mangkuk": "bowl",
    "tas": "bag",
    "bangku": "bench",
    "gelang": "bracelet",
    "bingkai": "frame",
    "pigura": "frame",
    "tempat pensil": "holder",
    "tempat alat tulis": "holder",
}

SHADE = (
    '<linearGradient id="v"><stop stop-color="#fff" stop-opacity=".22"/>'
    '<stop offset=".35" stop-color="#fff" stop-opacity="0"/>'
    '<stop offset="1" stop-color="#1B0F08" stop-opacity=".34"/></linearGradient>'
)
THREADS = (
    '<pattern id="t" width="1.6" height="1.6" patternUnits="userSpaceOnUse">'
    '<path d="M0 .4h1.6" stroke="#1B0F08" stroke-width=".35" opacity=".16"/></pattern>'
)


def kind_of(name: str, otherwise: str) -> str:
    """The kind that a good's name begins with in whole words, or its category's."""
    words = f"{' '.join(name.lower().split())} "
    return next((kind for start, kind in NAMED.items() if words.startswith(f"{start} ")), otherwise)


@lru_cache(maxsize=2048)
def good_svg(kind: str, seed: str) -> str:
    """The drawing of a good, 240 × 240, under 12 kB; KeyError for an unknown kind."""
    shape = KINDS[kind]()
    light, deep = GROUNDS[dice(seed, "ground").randrange(len(GROUNDS))]
    box = shape.box
    cloth = weave(seed, box.width, box.height, shape.square, box.left)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240">'
        f'<defs><radialGradient id="k" cy=".42" r=".75"><stop stop-color="{light}"/>'
        f'<stop offset="1" stop-color="{deep}"/></radialGradient>'
        '<radialGradient id="s"><stop stop-color="#4A3720" stop-opacity=".42"/>'
        '<stop offset=".55" stop-color="#4A3720" stop-opacity=".2"/>'
        '<stop offset="1" stop-color="#4A3720" stop-opacity="0"/></radialGradient>'
        f"{SHADE}{THREADS}{cloth.defs}"
        f'<clipPath id="c"><path d="{shape.outline}"/></clipPath></defs>'
        '<rect width="240" height="240" fill="url(#k)"/>'
        f'<ellipse cx="{shape.shadow.x}" cy="{shape.shadow.y}" rx="{shape.shadow.reach}" '
        'ry="11" fill="url(#s)"/>'
        f'{shape.behind}<g clip-path="url(#c)">'
        f'<g transform="translate(0 {box.top})">{cloth.body}</g>'
        f'<path d="{shape.outline}" fill="url(#t)"/><path d="{shape.outline}" fill="url(#v)"/>'
        f"{shape.inside}</g>{shape.front}</svg>"
    )
