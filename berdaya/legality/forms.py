"""Record a permit, renew it, say what it names and who answers for it; revoke it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.verdicts import Reason
from berdaya.goods.models import Product, Variant
from berdaya.institutions.models import Facility, Party
from berdaya.legality.actions.permits import Answerable, answerable_of
from berdaya.legality.models import (
    Competence,
    Kbli,
    Permit,
    PermitKind,
    PermitScope,
    ResponsibleRole,
)
from berdaya.legality.queries.permits import reading_of
from berdaya.legality.rules import papers
from berdaya.look.forms import DayField

# Which field a reason of papers belongs to.
FIELDS = {
    "permit_holder_is_unit": "holder",
    "permit_holder_unfit": "holder",
    "permit_not_for_kitchen": "scope",
    "permit_kitchen_names_goods": "covered",
    "permit_variant_of_other": "covered",
    "permit_kbli_not_named": "kbli",
    "responsible_incomplete": "certificate_no",
}
WHOLE, PART = "p", "v"


class CoveredField(forms.MultipleChoiceField):
    """Products to tick, whole or by their variants; cleaned to {product: [variants]}.

    An empty list is the whole product, which also goes before variants ticked beside it.
    """

    widget = forms.CheckboxSelectMultiple

    def offer(self, products: Iterable[Product]) -> None:
        """Products with their active variants prefetched as `offered`."""
        self.known = {product.pk: product for product in products}
        self.parts = {one.pk: one for row in self.known.values() for one in _offered(row)}
        self.choices = [self._choice(product) for product in self.known.values()]

    def _choice(self, product: Product) -> Any:
        whole = (f"{WHOLE}{product.pk}", product.label)
        variants = _offered(product)
        if len(variants) < 2:
            return whole
        told = [(f"{PART}{one.pk}", one.label) for one in variants]
        return product.label, [(whole[0], _("Semua variannya")), *told]

    def clean(self, value: Any) -> dict[Product, list[Variant]]:
        ticked = super().clean(value)
        whole = [self.known[int(one[1:])] for one in ticked if one.startswith(WHOLE)]
        found: dict[Product, list[Variant]] = {product: [] for product in whole}
        parts: dict[Product, list[Variant]] = defaultdict(list)
        for one in ticked:
            if one.startswith(PART):
                variant = self.parts[int(one[1:])]
                parts[self.known[variant.product_id]].append(variant)
        return {**parts, **found}

    @staticmethod
    def ticks(covered: Mapping[Product, Iterable[Variant]]) -> list[str]:
        """What is ticked for a permit that names these."""
        ticked: list[str] = []
        for product, variants in covered.items():
            ticked += [f"{PART}{one.pk}" for one in variants] or [f"{WHOLE}{product.pk}"]
        return ticked


def _offered(product: Product) -> list[Variant]:
    return list(product.offered)  # type: ignore[attr-defined]


class ResponsibleForm(forms.Form):
    """Who answers for a permit: role, post and certificate; the name stands on the paper alone."""

    responsible_role = forms.ChoiceField(
        label=_lazy("Penanggung jawab"), required=False,
        choices=[("", "–"), *ResponsibleRole.choices],
        help_text=_lazy("Petugas, koperasi, mitra, atau pembuat yang sudah bebas."),
    )  # fmt: skip
    responsible_post = forms.CharField(
        label=_lazy("Jabatannya"), max_length=80, required=False,
        help_text=_lazy("Jabatan saja, tanpa nama. Misalnya: bendahara koperasi."),
    )  # fmt: skip
    competence = forms.ChoiceField(
        label=_lazy("Sertifikatnya"), required=False, choices=[("", "–"), *Competence.choices]
    )
    certificate_no = forms.CharField(
        label=_lazy("Nomor sertifikatnya"), max_length=60, required=False
    )
    certificate_last_day = DayField(
        label=_lazy("Sertifikatnya berlaku sampai"), required=False,
        help_text=_lazy("Hari terakhirnya. Kosong bila tanpa batas."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        who = self.responsible()
        self.refuse(
            papers.may_answer(
                who.responsible_role, who.responsible_post, who.competence, who.certificate_no,
                who.certificate_until is not None,
            ).reasons
        )  # fmt: skip
        return found

    def refuse(self, reasons: Iterable[Reason]) -> None:
        """Each reason at the field it is about."""
        for reason in reasons:
            self.add_error(FIELDS.get(reason.code), f"{reason.text} {reason.next_text}")

    def responsible(self) -> Answerable:
        """What the action takes: the day after the last one."""
        facts = self.cleaned_data
        last = facts.get("certificate_last_day")
        told = ("responsible_role", "responsible_post", "competence", "certificate_no")
        return Answerable(
            **{name: facts.get(name) or "" for name in told},
            certificate_until=last + timedelta(days=1) if last else None,
        )

    @staticmethod
    def of(permit: Permit) -> dict[str, Any]:
        """What the form shows of a permit."""
        who = answerable_of(permit)
        return {
            "responsible_role": who.responsible_role,
            "responsible_post": who.responsible_post,
            "competence": who.competence,
            "certificate_no": who.certificate_no,
            "certificate_last_day": permit.certificate_last_day,
        }


class PaperForm(ResponsibleForm):
    """What a new permit and a renewal share. Dates as on the paper: the last day is inclusive."""

    number = forms.CharField(label=_lazy("Nomor"), max_length=60)
    holder = forms.ModelChoiceField(
        Party.objects.none(),
        label=_lazy("Pemegang"),
        help_text=_lazy("Nama pada sertifikatnya: koperasi, mitra, atau orang; bukan UPT."),
    )
    issued_on = DayField(label=_lazy("Tanggal terbit"))
    valid_from = DayField(
        label=_lazy("Berlaku mulai"), required=False,
        help_text=_lazy("Kosong bila sejak tanggal terbit."),
    )  # fmt: skip
    last_day = DayField(
        label=_lazy("Berlaku sampai"), required=False,
        help_text=_lazy("Hari terakhirnya. Kosong bila tanpa batas."),
    )  # fmt: skip
    covered = CoveredField(
        label=_lazy("Produk yang tercantum"), required=False,
        help_text=_lazy("Centang yang tercetak. Varian hanya bila sertifikatnya menyebutnya."),
    )  # fmt: skip
    kbli = forms.MultipleChoiceField(
        label=_lazy("KBLI yang tercantum"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_lazy("Hanya untuk NIB dan Sertifikat Standar; perhatikan tahun edisinya."),
    )  # fmt: skip
    scan = forms.FileField(
        label=_lazy("Pindaian sertifikatnya"), required=False,
        help_text=_lazy("PDF, JPG, atau PNG; paling besar 10 MB."),
    )  # fmt: skip
    note = forms.CharField(label=_lazy("Catatan"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        facility: Facility,
        products: Iterable[Product],
        names_kbli: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = Party.objects.filter(facility=facility)  # type: ignore
        self.fields["covered"].offer(products)  # type: ignore[attr-defined]
        self.codes: dict[str, Kbli] = {}
        if not names_kbli:
            del self.fields["kbli"]
        else:
            self.codes = {str(one.pk): one for one in Kbli.objects.all()}
            self.fields["kbli"].choices = _editions(self.codes.values())  # type: ignore[attr-defined]

    @property
    def kind(self) -> PermitKind | None:
        """Of which kind the paper is."""
        return self.cleaned_data.get("kind")

    @property
    def scope(self) -> str:
        """What it covers."""
        return self.cleaned_data.get("scope") or PermitScope.GOODS

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if self.kind:
            self._judge(self.kind, found)
        begins = found.get("valid_from") or found.get("issued_on")
        if found.get("last_day") and begins and found["last_day"] < begins:
            self.add_error("last_day", _lazy("Lebih awal daripada tanggal mulainya."))
        return found

    def _judge(self, kind: PermitKind, found: dict[str, Any]) -> None:
        """The number and the paper, each said at its field."""
        if found.get("number"):
            for reason in reading_of(kind, found["number"], found.get("last_day")).faults:
                self.add_error("number", f"{reason.text} {reason.next_text}")
        holder, covered = found.get("holder"), found.get("covered") or {}
        if holder is None:
            return
        facts = papers.PaperFacts(
            kind=kind.label, holder_kind=holder.kind, holder=holder.get_kind_display(),
            holder_kinds=kind.holder_kinds, scope=self.scope,
            may_cover_kitchen=kind.may_cover_kitchen, names_kbli=kind.names_kbli,
            products=frozenset(one.pk for one in covered), kbli=len(found.get("kbli") or ()),
        )  # fmt: skip
        self.refuse(papers.may_record(facts).reasons)

    def facts(self) -> dict[str, Any]:
        """What the actions take beside kind and scope: half-open dates, rows for keys."""
        found = self.cleaned_data
        last, covered = found["last_day"], found["covered"]
        return {
            "number": found["number"],
            "holder": found["holder"],
            "issued_on": found["issued_on"],
            "valid_from": found["valid_from"] or found["issued_on"],
            "valid_until": last + timedelta(days=1) if last else None,
            "covered": covered,
            "responsible": self.responsible(),
            "kbli": [self.codes[pk] for pk in found.get("kbli") or ()],
            "note": found["note"],
        }


def _editions(codes: Iterable[Kbli]) -> list[Any]:
    """Codes below the edition by which they are read, the newest first."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one in codes:
        sure = "" if not one.to_be_confirmed else f" ({_('perlu konfirmasi')})"
        found[one.year].append((str(one.pk), f"{one.code} {one.label}{sure}"))
    return [(f"KBLI {year}", rows) for year, rows in found.items()]


class PermitForm(PaperForm):
    """A permit that is recorded for the first time."""

    kind = forms.ModelChoiceField(PermitKind.objects.all(), label=_lazy("Jenis"))
    scope = forms.ChoiceField(
        label=_lazy("Cakupan"), choices=PermitScope.choices, initial=PermitScope.GOODS,
        help_text=_lazy("Sertifikat dapur tidak pernah berlaku untuk barang yang dijual."),
    )  # fmt: skip
    field_order = ("kind", "number", "holder", "issued_on", "valid_from", "last_day", "scope")


class RenewalForm(PaperForm):
    """The permit that follows: what stays the same is filled in."""

    field_order = ("number", "holder", "issued_on", "valid_from", "last_day")

    def __init__(self, *args: Any, permit: Permit, **kwargs: Any) -> None:
        self.permit = permit
        names_kbli = permit.kind.names_kbli
        super().__init__(*args, facility=permit.place, names_kbli=names_kbli, **kwargs)

    @property
    def kind(self) -> PermitKind | None:
        return self.permit.kind

    @property
    def scope(self) -> str:
        return self.permit.scope


class CoverageForm(forms.Form):
    """What a permit names from now on."""

    covered = CoveredField(
        label=_lazy("Produk yang tercantum"), required=False,
        help_text=_lazy("Centang yang tercetak. Varian hanya bila sertifikatnya menyebutnya."),
    )  # fmt: skip

    def __init__(self, *args: Any, products: Iterable[Product], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["covered"].offer(products)  # type: ignore[attr-defined]


class ScanForm(forms.Form):
    """The paper itself."""

    scan = forms.FileField(
        label=_lazy("Pindaian sertifikatnya"),
        help_text=_lazy("PDF, JPG, atau PNG; paling besar 10 MB."),
    )


class RevokeForm(forms.Form):
    """Since when, and why."""

    revoked_on = DayField(label=_lazy("Dicabut pada"))
    reason = forms.CharField(label=_lazy("Alasan"), max_length=200)
