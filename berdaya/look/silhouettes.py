"""The outlines of the drawn goods: what the cloth fills, what stands behind and before it."""

from dataclasses import dataclass

WOOD, WOOD_DARK, WOOD_LIGHT = "#8A5F35", "#63401F", "#B58552"
PAPER, LINE, METAL = "#FFFBF0", "#7A6A55", "#8D8F93"
METAL_DARK, METAL_LIGHT = "#5F6266", "#D5D7DA"


@dataclass(frozen=True)
class Box:
    """Where the cloth lies, in user units."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Shadow:
    """The soft shadow on the ground."""

    x: float
    y: float
    reach: float


@dataclass(frozen=True)
class Silhouette:
    """One kind of good; `outline` is an SVG path, the other parts are SVG elements."""

    outline: str
    box: Box
    shadow: Shadow
    square: float = 2.4
    behind: str = ""
    inside: str = ""
    front: str = ""


def _label(x: float, y: float, width: float, height: float, mark: str = "") -> str:
    lines = (
        f'<path d="M{x + 9} {y + height - 13}h{width - 18}M{x + 15} {y + height - 7}h{width - 30}" '
        f'stroke="{LINE}" stroke-width="1.6" stroke-linecap="round" opacity=".75"/>'
    )
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="3" fill="{PAPER}"/>'
        f'<rect x="{x + 2.5}" y="{y + 2.5}" width="{width - 5}" height="{height - 5}" rx="1.5" '
        f'fill="none" stroke="#C9B48E" stroke-width=".8"/>{lines}{mark}'
    )


def line(path: str, colour: str, width: float, extra: str = "") -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linecap="round" stroke-linejoin="round" {extra}/>'
    )


def cloth() -> Silhouette:
    """A folded shawl with fringe, one corner turned."""
    fringe = "".join(
        f"M{x} 187q{-1 if x % 2 else 1} 7 0 {14 + x * 7 % 4}" for x in range(66, 158, 5)
    )
    knots = "".join(f"M{x} 190h.1" for x in range(66, 158, 5))
    return Silhouette(
        outline="M63 62q0-9 9-9h98q9 0 9 9v103l-21 22H63z",
        box=Box(60, 52, 122, 138),
        shadow=Shadow(121, 195, 78),
        behind=line(fringe, "#8C6A45", 1.5) + line(knots, "#6A4A2B", 3),
        inside='<path d="M63 53h116v19H63z" fill="#fff" opacity=".13"/>'
        '<path d="M63 72h116v3.5H63z" fill="#1B0F08" opacity=".3"/>'
        '<path d="M63 75.5h116v7H63z" fill="#1B0F08" opacity=".08"/>',
        front='<path d="M158 187q2-14 1-18 8 1 20-4z" fill="#EBDDBF"/>'
        '<path d="M158 187q2-14 1-18 8 1 20-4z" fill="#1B0F08" opacity=".16"/>',
    )


def basket() -> Silhouette:
    """A round basket with a bent handle."""
    weaving = "".join(f"M56 {y}q64 14 128 0" for y in range(118, 196, 9))
    return Silhouette(
        outline="M57 108h126l-15 76q-3 13-16 13H88q-13 0-16-13z",
        box=Box(54, 106, 132, 94),
        shadow=Shadow(120, 197, 74),
        square=2.3,
        behind=line("M74 106C74 32 166 32 166 106", WOOD_DARK, 9)
        + line("M74 106C74 32 166 32 166 106", WOOD_LIGHT, 3, 'stroke-dasharray="2 6"'),
        inside=line(weaving, "#1B0F08", 1, 'opacity=".24"'),
        front=f'<rect x="51" y="100" width="138" height="15" rx="7.5" fill="{WOOD}"/>'
        + line(
            "M58 111l7-8m5 8l7-8m5 8l7-8m5 8l7-8m5 8l7-8m5 8l7-8m5 8l7-8m5 8l7-8m5 8l7-8m5 8l7-8",
            WOOD_LIGHT,
            2.2,
        ),
    )


def coffee() -> Silhouette:
    """A folded coffee bag with a bean on its label."""
    bean = (
        '<g transform="rotate(22 120 128)">'
        '<ellipse cx="120" cy="128" rx="9.5" ry="14" fill="#5B3420"/>'
        + line("M121 115q-6 7-1 13t-1 13", "#C79A6C", 1.8)
        + "</g>"
    )
    return Silhouette(
        outline="M80 48h80l9 22-3 118q0 9-9 9H83q-9 0-9-9L71 70z",
        box=Box(70, 46, 100, 154),
        shadow=Shadow(120, 197, 68),
        square=2.3,
        inside='<path d="M70 46h100v24H70z" fill="#1B0F08" opacity=".28"/>'
        '<path d="M70 69h100v2H70z" fill="#fff" opacity=".3"/>'
        '<path d="M71 70l14 127H74zM169 70l-14 127h11z" fill="#1B0F08" opacity=".13"/>',
        front=f'<rect x="96" y="44" width="48" height="9" rx="2" fill="{WOOD_LIGHT}"/>'
        + _label(90, 104, 60, 66, bean),
    )


def jar() -> Silhouette:
    """A jar with a cloth cover tied by a string."""
    return Silhouette(
        outline="M77 96q-9 9-9 22v62q0 17 17 17h70q17 0 17-17v-62q0-13-9-22z",
        box=Box(66, 94, 108, 106),
        shadow=Shadow(120, 197, 70),
        square=2.2,
        behind='<path d="M80 84h80v16H80z" fill="#D8CDB4"/>',
        front=f'<path d="M78 52q42-11 84 0l5 29q-47 9-94 0z" fill="{WOOD}"/>'
        f'<path d="M78 52q42-11 84 0-42 9-84 0z" fill="{WOOD_LIGHT}"/>'
        '<path d="M73 81q47 9 94 0l4 11q-6 5-11 1-6 6-13 1-7 6-14 1'
        '-7 6-13 0-7 6-14 0-7 5-13-1-6 5-12-1-7 3-11-2z" '
        f'fill="{WOOD}"/>'
        + line("M75 81q45 9 90 0", "#E7D6AE", 2.6)
        + line("M152 83q9 4 6 13m-6-13q2 7-3 13", "#E7D6AE", 1.8)
        + _label(86, 126, 68, 44)
        + line("M76 118v50", "#fff", 4, 'opacity=".4"'),
    )


def bottle() -> Silhouette:
    """An oil or syrup bottle with a cork."""
    return Silhouette(
        outline="M107 62h26v26q0 9 9 16 12 9 12 25v58q0 10-10 10H96"
        "q-10 0-10-10v-58q0-16 12-25 9-7 9-16z",
        box=Box(84, 60, 72, 140),
        shadow=Shadow(120, 197, 58),
        square=2,
        front=f'<rect x="109" y="41" width="22" height="18" rx="3" fill="{WOOD_LIGHT}"/>'
        f'<rect x="104" y="56" width="32" height="9" rx="3" fill="{WOOD_DARK}"/>'
        + _label(91, 132, 58, 46)
        + '<path d="M120 138q-7 8-7 12a7 7 0 0 0 14 0q0-4-7-12z" fill="#D9982B"/>'
        + line("M95 122q2-11 11-17", "#fff", 3.5, 'opacity=".45"'),
    )


def soap() -> Silhouette:
    """Two bars of soap, the upper one in a paper sleeve."""
    return Silhouette(
        outline="M82 104l9-9h76l-9 9v54H82z",
        box=Box(80, 94, 90, 66),
        shadow=Shadow(120, 196, 84),
        square=2,
        behind='<rect x="42" y="156" width="156" height="40" rx="13" fill="#E9D3A4"/>'
        '<rect x="42" y="156" width="156" height="13" rx="6.5" fill="#F5E7C5"/>'
        '<path d="M45 185q75 9 150 0-3 11-10 11H55q-7 0-10-11z" fill="#B58552" opacity=".45"/>'
        '<rect x="58" y="104" width="124" height="54" rx="12" fill="#CFDABF"/>'
        '<path d="M68 104l10-9h86q14 0 18 13v2z" fill="#E3EAD7"/>'
        '<path d="M58 146q62 9 124 0-1 12-12 12H70q-11 0-12-12z" fill="#2F4A2C" opacity=".2"/>',
        front=line("M166 88q14-5 14-20-16 2-14 20zm0 0q-11-5-11-17 13 2 11 17z", "#2F4A2C", 2)
        + '<path d="M166 88q14-5 14-20-16 2-14 20z" fill="#5F7F52"/>'
        '<path d="M166 88q-11-5-11-17 13 2 11 17z" fill="#7C9A6C"/>'
        + f'<circle cx="120" cy="131" r="15" fill="{PAPER}"/>'
        + line("M113 131q7-11 14 0-7 11-14 0z", "#2F4A2C", 1.6),
    )


def bracelet() -> Silhouette:
    """A woven bracelet, closed by a button of coconut shell and two cords."""
    return Silhouette(
        outline="M44 118q0-28 76-28t76 28v34q0 38-76 38t-76-38z",
        box=Box(42, 88, 156, 104),
        shadow=Shadow(120, 192, 84),
        square=2,
        inside='<path d="M44 118q0 28 76 28t76-28v4q0 29-76 29t-76-29z" fill="#1B0F08" '
        'opacity=".3"/><path d="M44 150q0 36 76 36t76-36v4q0 38-76 38t-76-38z" fill="#1B0F08" '
        'opacity=".26"/>',
        front=f'<ellipse cx="120" cy="118" rx="76" ry="28" fill="{WOOD_DARK}"/>'
        '<ellipse cx="120" cy="122" rx="70" ry="23" fill="#EFE4CC"/>'
        '<path d="M50 120q4-24 70-24t70 24q-6-14-70-14t-70 14z" fill="#1B0F08" opacity=".42"/>'
        + line("M44 118q0 28 76 28t76-28", "#F3E9D2", 2.2, 'stroke-dasharray="4 4"')
        + line("M46 156q4 33 74 33t74-33", "#F3E9D2", 2.2, 'stroke-dasharray="4 4"')
        + line("M120 170q-16 14-10 34M122 170q16 12 12 36", "#9E3328", 2.6)
        + '<circle cx="110" cy="205" r="4" fill="#D9982B"/>'
        '<circle cx="134" cy="207" r="4" fill="#D9982B"/>'
        f'<circle cx="120" cy="167" r="13" fill="{WOOD_DARK}"/>'
        f'<circle cx="120" cy="165" r="12" fill="{WOOD}"/>'
        '<g fill="#2E1B0D"><circle cx="116" cy="165" r="2"/><circle cx="124" cy="165" r="2"/></g>',
    )


def bowl() -> Silhouette:
    """A wide bowl with fruit, its outside carved."""
    fruit = (
        '<circle cx="93" cy="103" r="19" fill="#D9982B"/>'
        '<circle cx="146" cy="102" r="20" fill="#B4402F"/>'
        '<circle cx="120" cy="93" r="21" fill="#6E8A4A"/>'
        '<path d="M84 94q5-7 12-7M137 92q5-7 12-7M110 82q6-7 13-6" fill="none" stroke="#fff" '
        'stroke-width="3" stroke-linecap="round" opacity=".5"/>'
    )
    return Silhouette(
        outline="M42 116h156q0 44-34 66-6 4-13 4H89q-7 0-13-4-34-22-34-66z",
        box=Box(40, 114, 160, 76),
        shadow=Shadow(120, 198, 76),
        square=2.2,
        behind=f'<path d="M86 182h68l6 15H80z" fill="{WOOD_DARK}"/>'
        f'<ellipse cx="120" cy="114" rx="79" ry="15" fill="#3E2716"/>{fruit}',
        inside='<path d="M42 116q78 22 156 0v8q-78 22-156 0z" fill="#1B0F08" opacity=".16"/>',
        front='<path d="M41 113q79 22 158 0" fill="none" stroke="#B58552" stroke-width="6" '
        'stroke-linecap="round"/>',
    )


def plant() -> Silhouette:
    """Greens of the garden in a woven pot."""
    leaves = (
        ("M120 140C96 128 78 96 84 58c26 14 38 48 36 82z", "#4F7442"),
        ("M120 140c24-12 42-44 36-82-26 14-38 48-36 82z", "#5F8650"),
        ("M120 140C86 138 60 120 54 88c34 0 58 22 66 52z", "#6E965B"),
        ("M120 140c34-2 60-20 66-52-34 0-58 22-66 52z", "#42653A"),
        ("M120 140c-14-24-16-62 0-96 16 34 14 72 0 96z", "#7FA66B"),
    )
    drawn = "".join(f'<path d="{path}" fill="{fill}"/>' for path, fill in leaves)
    veins = line(
        "M120 136V62M117 128C108 108 100 88 92 74M123 128c9-20 17-40 25-54"
        "M112 132C96 122 80 108 68 98M128 132c16-10 32-24 44-34",
        "#E7EDD6",
        1.5,
        'opacity=".55"',
    )
    return Silhouette(
        outline="M74 138h92l-11 50q-2 9-11 9H96q-9 0-11-9z",
        box=Box(72, 136, 96, 64),
        shadow=Shadow(120, 197, 62),
        square=2,
        behind=drawn + veins,
        front=f'<rect x="68" y="131" width="104" height="13" rx="6.5" fill="{WOOD}"/>'
        + line("M76 135h88", WOOD_LIGHT, 1.8),
    )


def snack() -> Silhouette:
    """A sealed snack pouch with a window."""
    teeth = "M76 50" + "l4-5 4 5" * 11
    return Silhouette(
        outline=f"{teeth}l1 15-4 20q-3 48 5 98 1 9-8 9H82q-9 0-8-9 8-50 5-98l-4-20z",
        box=Box(70, 42, 100, 158),
        shadow=Shadow(120, 197, 68),
        square=2.4,
        inside='<path d="M70 42h100v20H70z" fill="#fff" opacity=".24"/>'
        '<path d="M70 62h100v1.5H70zM70 56h100v1H70z" fill="#1B0F08" opacity=".3"/>'
        '<path d="M86 80q-9 50-3 110M154 80q9 50 3 110" fill="none" stroke="#fff" stroke-width="5" '
        'opacity=".14"/>',
        front='<circle cx="120" cy="128" r="31" fill="#FFFBF0"/><circle cx="120" cy="128" r="26" '
        'fill="#F0DDB2"/><g fill="#D9982B"><ellipse cx="110" cy="120" rx="10" ry="6"/>'
        '<ellipse cx="130" cy="118" rx="9" ry="6"/><ellipse cx="121" cy="131" rx="11" ry="6"/>'
        '<ellipse cx="106" cy="137" rx="9" ry="5"/><ellipse cx="135" cy="138" rx="9" ry="6"/></g>'
        '<g fill="none" stroke="#8A5F1B" stroke-width="1.2">'
        '<path d="M103 120q7-4 14 0M123 118q7-4 13 0'
        'M113 131q8-4 16 0M129 138q6-3 12 0M99 137q7-3 13 0"/></g>',
    )


def wood() -> Silhouette:
    """A carved box with a lid, inlaid with the motif."""
    return Silhouette(
        outline="M60 118h120v62H60z",
        box=Box(58, 116, 124, 66),
        shadow=Shadow(120, 196, 84),
        square=2.1,
        behind=f'<path d="M48 108h144v84q0 4-4 4H52q-4 0-4-4z" fill="{WOOD}"/>',
        front=f'<path d="M58 66q62-16 124 0l14 38H44z" fill="{WOOD_LIGHT}"/>'
        f'<path d="M44 104h152v8q0 3-3 3H47q-3 0-3-3z" fill="{WOOD_DARK}"/>'
        + line("M64 76q56-14 112 0M58 88q62-13 124 0M53 98q67-10 134 0", WOOD, 1.6, 'opacity=".6"')
        + '<path d="M120 72l13 11-13 11-13-11z" fill="#F3E9D2"/><path d="M120 77l7 6-7 6-7-6z" '
        'fill="#9E3328"/>'
        + f'<rect x="58" y="116" width="124" height="66" fill="none" stroke="{WOOD_DARK}" '
        'stroke-width="4"/><circle cx="120" cy="115" r="8" fill="#D9982B"/>'
        '<circle cx="120" cy="115" r="3" fill="#63401F"/>',
    )


def bag() -> Silhouette:
    """A shoulder bag with a flap and tassels."""
    tassels = "".join(f"M{x} 186q-1 8 0 13m3-13q2 8 1 13" for x in (76, 92, 108, 128, 144, 160))
    return Silhouette(
        outline="M66 92h108l7 86q1 10-9 10H68q-10 0-9-10z",
        box=Box(56, 90, 128, 100),
        shadow=Shadow(120, 199, 76),
        square=2.2,
        behind=line("M80 94C78 26 162 26 160 94", "#5A2436", 8)
        + line("M80 94C78 26 162 26 160 94", "#D9982B", 1.8, 'stroke-dasharray="3 4"')
        + line(tassels, "#9E3328", 2.4),
        inside='<path d="M66 92h108l3 38q-57 34-114 0z" fill="#1B0F08" opacity=".22"/>',
        front='<path d="M64 90h112l2 34q-58 32-116 0z" fill="#F3E9D2"/>'
        '<path d="M64 90h112l.5 8h-113z" fill="#9E3328"/>'
        + line("M66 121q54 28 108 0", "#1F2A52", 2.4, 'stroke-dasharray="4 3"')
        + '<circle cx="120" cy="131" r="8" fill="#8A5F35"/><circle cx="120" cy="131" r="3.5" '
        'fill="#E7D6AE"/>',
    )


def service() -> Silhouette:
    """Work by hand: scissors and a spool on a folded apron."""
    return Silhouette(
        outline="M52 120q0-8 8-8h120q8 0 8 8v66q0 10-10 10H62q-10 0-10-10z",
        box=Box(50, 110, 140, 88),
        shadow=Shadow(120, 198, 82),
        square=2.3,
        inside='<path d="M52 150h136v3H52z" fill="#1B0F08" opacity=".25"/>'
        '<path d="M52 112h136v9H52z" fill="#fff" opacity=".16"/>',
        front=f'<g fill="{METAL}"><path d="M96 121l52-72q5 8 2 14l-44 64z"/>'
        '<path d="M108 121L66 45q-6 7-4 13l36 70z" fill="#B9BBBE"/></g>'
        + line("M93 128a13 13 0 1 0-4 22 13 13 0 0 0 4-22z", "#9E3328", 6)
        + line("M112 127a13 13 0 1 0 19 12 13 13 0 0 0-19-12z", "#9E3328", 6)
        + '<circle cx="103" cy="119" r="3.5" fill="#4A4B4E"/>'
        + f'<rect x="150" y="84" width="36" height="6" rx="3" fill="{WOOD}"/>'
        '<rect x="154" y="90" width="28" height="34" fill="#1F2A52"/>'
        + line("M154 96h28M154 102h28M154 108h28M154 114h28M154 119h28", "#5B6AA8", 1.2)
        + f'<rect x="150" y="124" width="36" height="7" rx="3" fill="{WOOD}"/>'
        + line("M182 110c16 6 8 30-4 26s-22 14-10 20", "#1F2A52", 1.6),
    )


SPRAY = ((45, 89), (51, 84), (57, 80), (63, 77), (49, 94), (56, 89), (63, 84))


def can() -> Silhouette:
    """A watering can of sheet metal: welded spout with a rose, a bow to carry it by."""
    holes = "".join(f"M{x} {y}h.1" for x, y in SPRAY)
    return Silhouette(
        outline="M92 104q40-10 80 0l8 80q1 12-11 12H95q-12 0-11-12z",
        box=Box(82, 96, 100, 102),
        shadow=Shadow(126, 198, 78),
        square=2.3,
        behind=line("M104 98C108 40 178 44 172 112", METAL_DARK, 8)
        + line("M104 97C108 40 178 44 172 111", METAL_LIGHT, 2)
        + '<path d="M94 150q-22-14-36-62l8-5q12 34 30 42z" fill="#8D8F93"/>'
        + '<path d="M94 150q-22-14-36-62l3-2q14 42 34 56z" fill="#5F6266"/>',
        inside='<path d="M84 178h96v4H84zM90 112h84v2.5H90z" fill="#1B0F08" opacity=".3"/>'
        '<path d="M96 106l-6 88h9l4-89z" fill="#fff" opacity=".3"/>',
        front=line("M92 104q40-10 80 0", METAL_DARK, 6)
        + line("M92 103q40-10 80 0", METAL_LIGHT, 1.8)
        + line("M84 193q48 7 96 0", METAL_DARK, 7)
        + '<path d="M74 72Q48 66 34 94q2 8 8 8 26-4 36-24 0-5-4-6z" fill="#B9BBBE" '
        'transform="rotate(-8 56 86)"/>'
        + line(holes, METAL_DARK, 3)
        + f'<g fill="{METAL_DARK}"><circle cx="104" cy="104" r="3"/>'
        '<circle cx="171" cy="112" r="3"/></g>',
    )
