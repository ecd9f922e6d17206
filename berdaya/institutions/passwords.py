"""Words of our own that make a password easy to guess."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from berdaya.institutions.models import Facility

# What must be left of a password once the words everybody here would try are taken out of it.
LEAST = 8
OURS = (
    *("berdaya", "lapas", "rutan", "bapas", "lpka", "kemenimipas", "pemasyarakatan"),
    *("warga binaan", "warga", "binaan", "password", "katasandi", "indonesia", "merdeka"),
)


class OwnWordsValidator:
    """Berdaya, the units' names and towns and one's own sign-in name count for nothing."""

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError where fewer than LEAST characters are left."""
        left = password.lower()
        for word in sorted({*OURS, *_of_units(), *_of(user)}, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LEAST:
            raise ValidationError(self.get_help_text(), code="password_own_words")

    def get_help_text(self) -> str:
        return _(
            "Nama Berdaya, nama UPT, dan nama masuk Anda tidak dihitung: tambahkan kata lain,"
            " misalnya tiga kata yang tidak berhubungan."
        )


def _of_units() -> set[str]:
    rows = Facility.objects.values_list("code", "town")
    words = {word for row in rows for text in row for word in re.split(r"[\s\-]+", text.lower())}
    return {word for word in words if len(word) > 3}


def _of(user: Any) -> set[str]:
    if user is None:
        return set()
    words = re.split(r"[\s.\-@]+", f"{user.username} {user.display_name}".lower())
    return {word for word in words if len(word) > 2}
