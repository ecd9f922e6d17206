"""A form field for telephone numbers, typed the way people write them here."""

from typing import Any

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _lazy

HOME = "ID"


class PhoneField(forms.CharField):
    """A telephone number as written in Indonesia, or abroad with its country code; E.164 inside."""

    default_error_messages = {
        "required": _lazy("Tulis nomor teleponnya."),
        "letters": _lazy("Nomor telepon hanya berisi angka, misalnya 0812 3456 7890."),
        "unknown": _lazy(
            "Nomor ini tidak dikenali. Periksa angkanya, misalnya 0812 3456 7890;"
            " nomor luar negeri diawali + dan kode negaranya."
        ),
        "short": _lazy("Nomor ini kurang panjang. Periksa apakah ada angka yang tertinggal."),
        "long": _lazy("Nomor ini terlalu panjang. Periksa apakah ada angka yang berlebih."),
    }

    def clean(self, value: Any) -> str:
        """E.164, or one sentence that says what is wrong with what was typed."""
        text = super().clean(value)
        if not text:
            return ""
        if any(char.isalpha() for char in text):
            raise self._error("letters")
        try:
            number = phonenumbers.parse(text, HOME)
        except phonenumbers.NumberParseException as error:
            raise self._error("unknown") from error
        reason = phonenumbers.is_possible_number_with_reason(number)
        if reason == phonenumbers.ValidationResult.TOO_SHORT:
            raise self._error("short")
        if reason == phonenumbers.ValidationResult.TOO_LONG:
            raise self._error("long")
        if not phonenumbers.is_valid_number(number):
            raise self._error("unknown")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def _error(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code)
