"""Form fields for money, quantities and days, typed the way people write them here."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from berdaya.core import money


class RupiahInput(forms.TextInput):
    """Digits with thousands dots behind an Rp."""

    before, after = "Rp", ""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {"inputmode": "numeric", "autocomplete": "off", "class": "is-number"}
        super().__init__({**usual, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """1250000 is shown as 1.250.000; what was typed wrongly stays as typed."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class QtyInput(forms.TextInput):
    """A decimal number with a comma, perhaps followed by its unit."""

    before = ""

    def __init__(self, attrs: dict[str, Any] | None = None, unit: str = "") -> None:
        usual = {"inputmode": "decimal", "autocomplete": "off", "class": "is-number"}
        super().__init__({**usual, **(attrs or {})})
        self.after = unit

    def format_value(self, value: Any) -> str | None:
        """Decimal("24.500") is shown as 24,5."""
        return money.format_qty(value) if isinstance(value, Decimal) else value


class PercentInput(forms.TextInput):
    """A share of the whole in per cent, with a comma."""

    before, after = "", "%"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {"inputmode": "decimal", "autocomplete": "off", "class": "is-number"}
        super().__init__({**usual, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """3750 basis points are shown as 37,5; what was typed wrongly stays as typed."""
        return f"{value / 100:g}".replace(".", ",") if isinstance(value, int) else value


class DayInput(forms.DateInput):
    """The browser's own calendar; ISO inside, local spelling on the screen."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class RupiahField(forms.Field):
    """Whole rupiah as int; takes `1.250.000`, `Rp 1.250.000,-` and `1250000`."""

    widget = RupiahInput
    default_error_messages = {
        "invalid": _("Tulis rupiah utuh, misalnya 1.250.000."),
        "min_value": _("Paling sedikit %(least)s."),
    }

    def __init__(self, *, min_value: int = 0, **kwargs: Any) -> None:
        self.min_value = min_value
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        """None for nothing; ValidationError for what is no whole amount."""
        if value in self.empty_values:
            return None
        text = re.sub(r"^(Rp\.?)|(,-|,00)$|\s", "", str(value).strip(), flags=re.I).strip()
        if not re.fullmatch(r"-?(\d{1,15}|\d{1,3}(\.\d{3}){1,4})", text, re.A):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text.replace(".", ""))

    def validate(self, value: Any) -> None:
        """Nothing under the least amount."""
        super().validate(value)
        if value is not None and value < self.min_value:
            least = money.format_rp(self.min_value)
            raise forms.ValidationError(
                self.error_messages["min_value"], code="min_value", params={"least": least}
            )


class QtyField(forms.Field):
    """A quantity as Decimal with up to three places; takes `24,5`, `1.024,5` and `24.5`."""

    widget = QtyInput
    default_error_messages = {
        "invalid": _("Tulis angka dengan koma, misalnya 24,5."),
        "min_value": _("Tidak boleh di bawah nol."),
    }

    def __init__(self, *, unit: str = "", min_value: Decimal | int = 0, **kwargs: Any) -> None:
        self.min_value = Decimal(min_value)
        kwargs.setdefault("widget", QtyInput(unit=unit))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        """None for nothing; ValidationError for what is no number of at most three places."""
        if value in self.empty_values:
            return None
        text = str(value).strip().replace(" ", "")
        if "," in text or re.fullmatch(r"-?\d{1,3}(\.\d{3})+", text):
            text = text.replace(".", "").replace(",", ".")
        if not re.fullmatch(r"-?\d{1,11}(\.\d{1,3})?", text, re.A):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return Decimal(text)
        except InvalidOperation as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: Any) -> None:
        """Nothing under the least quantity."""
        super().validate(value)
        if value is not None and value < self.min_value:
            raise forms.ValidationError(self.error_messages["min_value"], code="min_value")


class PercentField(forms.Field):
    """A share in basis points; takes `37,5`, `37.5` and `37,5 %`, at most two places."""

    widget = PercentInput
    default_error_messages = {"invalid": _("Tulis persen antara 0 dan 100, misalnya 37,5.")}

    def to_python(self, value: Any) -> int | None:
        """None for nothing; ValidationError for what is no share of the whole."""
        if value in self.empty_values:
            return None
        text = str(value).replace("%", "").strip().replace(",", ".")
        if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", text, re.A) or Decimal(text) > 100:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(Decimal(text) * 100)


class DayField(forms.DateField):
    """A business date; takes the calendar's ISO form and 23/11/2026 or 23-11-2026."""

    widget = DayInput
    input_formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]


class HourInput(forms.TimeInput):
    """The browser's own clock face; hours and minutes."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class HourField(forms.TimeField):
    """An hour of the wall clock; takes 13:30 and 13.30."""

    widget = HourInput
    input_formats = ["%H:%M", "%H.%M", "%H:%M:%S"]
