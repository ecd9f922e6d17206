"""A split in plain words, worked out on the law's 333 rupiah."""

from decimal import Decimal

from django.utils.translation import gettext as _

from berdaya.core.money import WHOLE_BP, format_rp
from berdaya.proceeds.calc import SHARE_NAMES, Policy, divide_base, pockets_of

EXAMPLE_RP = 333


def percent(bp: int) -> str:
    """3750 is `37,5 %`."""
    return f"{bp / 100:g} %".replace(".", ",")


def told(policy: Policy, base_rp: int = EXAMPLE_RP) -> list[str]:
    """One sentence a share, the makers' last because it takes the rest, and one for the pockets."""
    labels = {"capital": _("Modal kerja"), "state": "PNBP", "cooperative": _("Koperasi")}
    shares = divide_base(policy, base_rp)
    words = [
        _("%(who)s: %(percent)s dari %(base)s = %(exact)s, dibulatkan ke bawah menjadi %(rp)s.")
        % {
            "who": labels[name],
            "percent": percent(getattr(policy, f"{name}_bp")),
            "base": format_rp(base_rp),
            "exact": _exact(base_rp, getattr(policy, f"{name}_bp")),
            "rp": format_rp(shares[name]),
        }
        for name in SHARE_NAMES
        if name != "makers" and getattr(policy, f"{name}_bp")
    ]
    words.append(
        _("Pembuat: %(percent)s, dan semua pecahan rupiah: sisanya %(rp)s.")
        % {"percent": percent(policy.makers_bp), "rp": format_rp(shares["makers"])}
    )
    return [*words, _pocket_words(policy, shares["makers"])]


def _pocket_words(policy: Policy, pot_rp: int) -> str:
    saved, spendable, family = pockets_of(pot_rp, policy)
    return _(
        "%(rp)s itu masuk: tabungan %(saved)s, dapat dipakai %(spendable)s, untuk keluarga"
        " %(family)s."
    ) % {
        "rp": format_rp(pot_rp),
        "saved": format_rp(saved),
        "spendable": format_rp(spendable),
        "family": format_rp(family),
    }


def _exact(base_rp: int, bp: int) -> str:
    exact = (Decimal(base_rp) * bp / WHOLE_BP).normalize()
    return f"{exact:f}".replace(".", ",")
