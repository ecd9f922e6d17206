"""A pack's words in English, with the Indonesian terms: for the PDF and for nothing else."""

from typing import Any

Json = dict[str, Any]
SUBJECTS = {"lot": "Lot (kode produksi)", "order": "Order (pesanan)"}
OUTCOMES = {
    "allowed": "may enter",
    "overridden": "barred by law, lifted by an exception (izin khusus)",
    "refused": "may not enter as it stands",
}
SHARES = {
    "all": "yes, for all", "not_all": "not for all", "none": "for none",
    "more_than_half": "for more than half", "half_or_less": "for half or less",
    "unknown": "not known",
}  # fmt: skip
OWN_REQUESTS = {
    "all": "all asked for it themselves", "not_all": "not for all",
    "none": "no untried person worked", "unknown": "not known",
}  # fmt: skip
HOURS = {
    **{f"up_to_{n}": f"up to {n} hours" for n in (4, 6, 7, 8)},
    "over_8": "over 8 hours",
    "unknown": "not told (fewer than five makers, or no hours)",
}
PARTS = {"more_than_half": "more than half", "half_or_less": "half or less", "unknown": "not told"}
SEVERITIES = {
    "": "–", "none": "nobody hurt", "light": "light", "medium": "medium", "heavy": "heavy",
    "fatal": "fatal",
}  # fmt: skip


def yes(value: bool | None) -> str:
    """yes, no, or not known."""
    return {True: "yes", False: "no", None: "not known"}[value]


def made_of(one: Json) -> str:
    """How goods were made, said the same way wherever they go."""
    hands = (
        "made wholly or in part by people in custody"
        if one["is_prison_made"]
        else "made without any step by people in custody"
    )
    place = "inside a prison" if one["is_made_in_prison"] else "outside any prison"
    return f"{one['lot']}: {hands}; made {place}."


def lot_told(one: Json) -> Json:
    """A lot's tables: label and value, or rows."""
    return {
        "code": one["code"],
        "facts": [
            ["Goods (barang)", f"{one['goods']} · {one['goods_id']}"],
            ["Quantity", f"{one['quantity']} {one['measure']}"],
            ["Made (dibuat)", f"{one['started_on'] or '–'} to {one['made_on']}"],
            ["Best before", one["expires_on"] or "–"],
            ["Public page", one["origin_url"]],
        ],
        "permits": [_permit(row) for row in one["permits"]],
        "required": [[row["what"], yes(row["is_met"])] for row in one["requirements"]],
        "labour": _labour(one["labour"]),
        "steps": [row for step in one["labour"]["steps"] for row in _step(step)],
        "work": _work(one["work"]),
        "pay": _pay(one["pay"]),
        "safety": _safety(one["safety"]),
        "materials": [_material(row) for row in one["materials"]],
        "eudr": _eudr(one["eudr"]),
    }


def _permit(row: Json) -> list[str]:
    last = row["last_day"] or "no end"
    return [row["kind"], row["number"], f"{row['valid_from']} to {last}",
            yes(row["in_force_when_made"]), yes(row["in_force_now"])]  # fmt: skip


def _labour(told: Json) -> list[list[str]]:
    return [
        ["Any step in custody or SAE", yes(told["is_prison_made"])],
        ["Made inside a prison", yes(told["is_made_in_prison"])],
        ["Work sheets (daftar hadir)", "yes" if told["is_known"] else "none: counted as custody"],
    ]


def _step(step: Json) -> list[list[str]]:
    return [[step["step"], one["label"], _part(one["share"])] for one in step["shares"]]


def _part(share: str) -> str:
    return f"{share} %" if share.isdigit() else PARTS[share]


def _work(told: Json) -> list[list[str]]:
    makers = f"about {told['makers']}" if told["makers"] else "fewer than five, or not known"
    return [
        ["Makers (pembuat), rounded to five", makers],
        ["Consent to work in force (kesediaan bekerja)", SHARES[told["consent"]]],
        ["Fit for work by certificate (surat sehat)", SHARES[told["fitness"]]],
        ["Untried people (tahanan)", OWN_REQUESTS[told["own_request"]]],
        ["Covered for accidents (JKK)", SHARES[told["insured"]]],
        ["Within lawful hours", SHARES[told["hours_lawful"]]],
        ["Longest day", HOURS[told["longest_day"]]],
        ["Mean day", HOURS[told["mean_day"]]],
    ]


def _pay(told: Json) -> list[list[str]]:
    return [
        ["Policy when made", _policy(told["policy_when_made"])],
        ["Policy now", _policy(told["policy_now"])],
        ["Monthly floor (batas bawah)", f"Rp{told['monthly_floor_rp']:,}".replace(",", ".")],
        ["Makers reached the floor in months of sale", _if_sold(told, "floor_reached")],
        ["Premi of this lot paid out", _if_sold(told, "paid_out")],
    ]


def _if_sold(told: Json, name: str) -> str:
    if not told["makes_premi"]:
        return "made before the unit kept its books here"
    return SHARES[told[name]] if told["is_sold"] else "not sold yet"


def _policy(told: Json | None) -> str:
    if told is None:
        return "not recorded"
    parts = ("makers", "working_capital", "state", "cooperative")
    shares = [(name.replace("_", " "), told[f"{name}_bp"]) for name in parts]
    said = ", ".join(f"{name} {bp / 100:g} %" for name, bp in shares if bp)
    since = f"since {told['since']}"
    return (
        f"{told['base']} ({since})" if told["is_gross"] else f"{said} of {told['base']} ({since})"
    )


def _safety(told: Json) -> list[list[str]]:
    asked = ", ".join(told["skills_asked"])
    incidents = {"none": "none", "some": f"recorded; gravest: {SEVERITIES[told['gravest']]}"}
    return [
        ["Incidents in the workshop meanwhile", incidents.get(told["incidents"], "not known")],
        ["Workshop was stopped for safety", yes(told["was_stopped"])],
        ["Last safety check (K3) before", told["last_check_on"] or "none"],
        ["Skills asked for", asked or "none"],
        ["Makers had them or learned under supervision",
         SHARES[told["skills_held"]] if asked else "–"],
        ["Courses in this line of work, two years before", str(told["courses_before"])],
    ]  # fmt: skip


def _material(row: Json) -> list[str]:
    source = f"{row['source']}: {row['supplier']}" if row["supplier"] else row["source"]
    return [f"{row['code']} {row['material']}", source, row["receipt"] or "–",
            f"{row['taken']} {row['measure']}", ", ".join(row["plots"]) or "–"]  # fmt: skip


def _eudr(told: Json) -> list[str]:
    if not told["applies"]:
        return []
    ready = "All plots of its material are known." if told["is_ready"] else "Not ready for the EU."
    return [f"Commodity: {told['commodity']}. {ready}", *(one["text"] for one in told["reasons"])]


def destination_told(one: Json) -> Json:
    """A country's answer with what it says."""
    lifted = one["override"]
    conditions = one["conditions"] if one["answer"] != "refused" else []
    return {
        "name": f"{one['name']} ({one['country']})",
        "answer": OUTCOMES[one["answer"]],
        "lines": [
            *(reason["text"] for reason in one["reasons"]),
            *(f"Condition, as recorded: {words}" for words in conditions),
            *([f"Lifted by {lifted['office']}: {lifted['legal_basis']}"] if lifted else []),
        ],
    }


def plot_row(one: Json) -> list[str]:
    """A plot in the table; its corners stand in plots.geojson."""
    stated = f"stated {one['stated_on']}" if one["stated_on"] else "no statement"
    return [one["code"], f"{one['group']} ({one['kind']})",
            f"{one['region']}; {one['hectares']} ha, {one['shape']}", one["legal_basis"],
            f"since {one['producing_since']}; {stated}"]  # fmt: skip
