"""The outlines of what the joiners make: seats, tables, frames, holders."""

from berdaya.look.silhouettes import (
    LINE,
    PAPER,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
    Box,
    Shadow,
    Silhouette,
    line,
)


def chair() -> Silhouette:
    """A carved chair with a woven seat and back."""
    legs = "M78 150v46M162 150v46"
    back = "M78 152V48M162 152V48"
    return Silhouette(
        outline="M86 66h68v48H86zM72 136h96l7 17H65z",
        box=Box(64, 62, 112, 94),
        shadow=Shadow(120, 197, 72),
        square=1.9,
        behind=line("M90 150v34M150 150v34", WOOD_DARK, 6) + line("M90 172h60", WOOD_DARK, 4),
        front=line(back, WOOD, 8)
        + f'<path d="M72 54q48-22 96 0v11q-48-20-96 0z" fill="{WOOD}"/>'
        + f'<rect x="80" y="113" width="80" height="7" rx="3" fill="{WOOD}"/>'
        + f'<rect x="63" y="152" width="114" height="9" rx="4" fill="{WOOD}"/>'
        + line(legs, WOOD, 9)
        + line("M76 56v92M160 56v92M75 164v30M159 164v30", WOOD_LIGHT, 1.6, 'opacity=".8"')
        + line("M82 181h76", WOOD, 5),
    )


def sofa() -> Silhouette:
    """A two-seat sofa with rounded arms."""
    return Silhouette(
        outline="M52 92q0-18 18-18h100q18 0 18 18v30H52zM54 124h66v24H54zM120 124h66v24h-66z"
        "M34 112q0-10 10-10t10 10v66H34zM186 112q0-10 10-10t10 10v66h-20zM54 148h132v30H54z",
        box=Box(32, 72, 176, 108),
        shadow=Shadow(120, 193, 98),
        square=2.4,
        behind=line("M48 178v13M192 178v13", WOOD_DARK, 9),
        inside='<path d="M54 146h132v3H54zM118.5 78h3v70h-3zM53 108h2v70h-2zM185 108h2v70h-2z" '
        'fill="#1B0F08" opacity=".42"/><path d="M54 118h132v6H54z" fill="#1B0F08" opacity=".28"/>'
        '<path d="M54 124h132v4H54z" fill="#fff" opacity=".2"/>',
        front='<path d="M62 104l22-8 9 24-22 7z" fill="#F3E9D2" transform="translate(4 3)"/>'
        + line("M74 112l10 11m2-17l-14 15", "#9E3328", 2),
    )


def table() -> Silhouette:
    """A desk with one drawer and a woven runner over its top."""
    knots = "".join(f"M{x} 128v9" for x in range(97, 146, 5))
    return Silhouette(
        outline="M92 84h56v44H92z",
        box=Box(90, 82, 60, 48),
        shadow=Shadow(120, 198, 92),
        square=1.9,
        behind=line("M58 108v70M182 108v70", WOOD_DARK, 7)
        + line("M58 162h124", WOOD_DARK, 5)
        + f'<path d="M40 106h160v28H40z" fill="{WOOD}"/>'
        f'<path d="M48 76h144l16 30H32z" fill="{WOOD_LIGHT}"/>'
        f'<path d="M32 105h176v8H32z" fill="{WOOD_DARK}"/>'
        f'<path d="M42 113h14v83H42zM184 113h14v83h-14z" fill="{WOOD}"/>'
        + line("M45 116v78M187 116v78", WOOD_LIGHT, 1.6, 'opacity=".8"')
        + line("M52 84h136M45 95h150", WOOD, 1.4, 'opacity=".6"')
        + '<path d="M92 76h56v10H92z" fill="#1B0F08" opacity=".5"/>',
        inside='<path d="M92 104h56v3H92z" fill="#1B0F08" opacity=".34"/>'
        '<path d="M92 84h56v20H92z" fill="#fff" opacity=".1"/>',
        front=line(knots, "#8C6A45", 1.6)
        + f'<path d="M152 118h28v13h-28z" fill="{WOOD_LIGHT}" stroke="{WOOD_DARK}"/>'
        f'<circle cx="166" cy="124.5" r="3" fill="{WOOD_DARK}"/>'
        '<path d="M56 70h30l3 12H53z" fill="#9E3328"/><path d="M53 82h36v4H53z" fill="#FFFBF0"/>'
        '<path d="M58 62h26l2 8H56z" fill="#1F2A52"/>',
    )


def bench() -> Silhouette:
    """A garden bench for two: slats, arms, a woven cushion on the seat."""
    slats = "".join(f"M40 {y}h160" for y in (76, 92, 108))
    return Silhouette(
        outline="M44 128h152q6 0 8 6l4 12q1 6-6 6H38q-7 0-6-6l4-12q2-6 8-6z",
        box=Box(30, 126, 180, 28),
        shadow=Shadow(120, 199, 98),
        square=2,
        behind=line("M52 152v36M188 152v36", WOOD_DARK, 7)
        + line("M38 66v84M202 66v84", WOOD_DARK, 9)
        + line(slats, WOOD, 10)
        + line("".join(f"M42 {y}h156" for y in (73, 89, 105)), WOOD_LIGHT, 1.8, 'opacity=".8"')
        + f'<path d="M34 64q86-24 172 0v8q-86-22-172 0z" fill="{WOOD}"/>',
        inside='<path d="M30 144h180v9H30z" fill="#1B0F08" opacity=".26"/>'
        '<path d="M119 126h2v28h-2z" fill="#1B0F08" opacity=".4"/>',
        front=f'<path d="M28 150h184v11H28z" fill="{WOOD}"/>'
        + line("M31 153h178", WOOD_LIGHT, 1.8)
        + line("M36 158v38M204 158v38M120 160v32", WOOD, 9)
        + line("M33 162v32M201 162v32", WOOD_LIGHT, 1.6, 'opacity=".8"')
        + line("M38 180h164", WOOD, 5)
        + line("M24 118h26M190 118h26", WOOD, 9)
        + line("M30 120v34M210 120v34", WOOD, 8)
        + line("M24 115h24M190 115h24", WOOD_LIGHT, 1.8),
    )


def frame() -> Silhouette:
    """A picture frame of bamboo, bound at its corners, the motif under glass."""
    knots = "M72 48v7M120 48v7M168 48v7M72 181v7M120 181v7M168 181v7"
    sides = "M57 78h7M57 118h7M57 158h7M176 78h7M176 118h7M176 158h7"
    binding = "M54 45l14 14M68 45l-14 14M172 45l14 14M186 45l-14 14M54 178l14 14M68 178l-14 14"
    return Silhouette(
        outline="M84 76h72v84H84z",
        box=Box(82, 74, 76, 88),
        shadow=Shadow(120, 199, 76),
        square=2.2,
        behind=line("M96 178l-14 20M144 178l14 20", WOOD_DARK, 6)
        + f'<path d="M58 48h124v140H58z" fill="{PAPER}"/>'
        '<path d="M80 72h80v92H80z" fill="#E4D8BE"/>',
        inside='<path d="M84 76h72v4H84z" fill="#1B0F08" opacity=".3"/>',
        front='<path d="M100 76h22l-38 62v-36zM130 76h10l-56 84v-14z" fill="#fff" opacity=".18"/>'
        + line("M46 51.5h148M46 184.5h148M60.5 40v156M179.5 40v156", WOOD, 10)
        + line("M46 49h148M46 182h148M58 40v156M177 40v156", "#D9B77F", 2.6)
        + line(knots + sides, WOOD_DARK, 1.8, 'opacity=".7"')
        + line(binding + "M172 178l14 14M186 178l-14 14", "#F3E9D2", 3)
        + line("M108 42q12-18 24 0", LINE, 2),
    )


def holder() -> Silhouette:
    """A wooden holder with pencils, a brush and a ruler standing in it."""
    pencils = (
        ("M90 112L82 54l5-14 7 13 6 59z", "#D9982B", "M82 54l5-14 7 13z"),
        ("M106 112V48l6-14 6 14v64z", "#9E3328", "M106 48l6-14 6 14z"),
        ("M138 112l8-58 7-12 4 14-7 56z", "#1F2A52", "M146 54l7-12 4 14z"),
    )
    drawn = "".join(
        f'<path d="{body}" fill="{colour}"/><path d="{tip}" fill="#EAD9B5"/>'
        for body, colour, tip in pencils
    )
    return Silhouette(
        outline="M80 128h80v44H80z",
        box=Box(78, 126, 84, 48),
        shadow=Shadow(120, 198, 62),
        square=2,
        behind=f'<ellipse cx="120" cy="110" rx="46" ry="10" fill="#2E1B0D"/>{drawn}'
        + '<path d="M122 112V60h12v52z" fill="#E7D6AE"/>'
        + line("M122 68h5M122 76h7M122 84h5M122 92h7", LINE, 1.2)
        + f'<path d="M74 110q46 18 92 0v82q0 5-5 5H79q-5 0-5-5z" fill="{WOOD}"/>'
        + line("M78 122v70M162 122v70", WOOD_LIGHT, 1.6, 'opacity=".7"'),
        front=f'<path d="M80 128h80v44H80z" fill="none" stroke="{WOOD_DARK}" stroke-width="3"/>'
        + line("M75 111q45 18 90 0", WOOD_LIGHT, 4)
        + line("M76 188h88", WOOD_DARK, 3, 'opacity=".6"'),
    )
