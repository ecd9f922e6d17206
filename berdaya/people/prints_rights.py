"""Papers about one's own data: receipt, copy, request form, and letters after a failure.

The words are read inside the scope, the paper is drawn after it and kept nowhere.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from berdaya.core import clock
from berdaya.institutions.models import Facility
from berdaya.institutions.queries import is_demo
from berdaya.look.paper import Paper, render_pdf
from berdaya.papers.queries import letterhead, signer_for
from berdaya.people.models import Breach, NoticeTo, Placement, ReceivedHow, RightsCase, RightsKind

Words = dict[str, Any]


def _size(asked: str) -> Paper:
    return "f4" if asked == "f4" else "a4"


def _head(facility: Facility, title: str, number: str, lang: str) -> Words:
    return {
        "title": title,
        "number": number,
        "footer": number,
        "facility": letterhead(facility),
        "seed": facility.code,
        "is_sample": is_demo(),
        "lang": lang,
    }


def _work_number(case: RightsCase) -> str:
    rows = Placement.objects.filter(participant=case.participant_id, facility=case.facility_id)
    last = rows.order_by("-valid_from").first()
    return last.work_number if last else "–"


def receipt_words(case: RightsCase) -> Words:
    """Number, request and the time by which the person hears; no name stands on it."""
    zone = case.facility.timezone
    with override("id"):
        return {
            **_head(case.facility, "Tanda Terima Permohonan atas Data Pribadi", case.code, "id"),
            "facts": [
                ["Nomor kerja", _work_number(case)],
                ["Hak yang dipakai", str(case.get_kind_display())],
                ["Pokok permohonan", case.subject],
                ["Disampaikan", str(case.get_how_display())],
                ["Diterima", clock.format_instant(case.received_at, zone)],
                ["Dijawab paling lambat", clock.format_instant(case.due_at, zone)],
            ],
            "paragraphs": RECEIPT,
            "signers": [
                {"role": "Petugas yang menerima", "name": case.recorded_by.display_name,
                 "nip": case.recorded_by.nip},
            ],
        }  # fmt: skip


RECEIPT = (
    "Permohonan ini dicatat menurut Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data"
    " Pribadi. Jawaban diberikan paling lambat 3 × 24 jam sesudah diterima, langsung kepada"
    " pemohon dan tanpa didengar orang lain.",
    "Permohonan ini tidak dipungut biaya dan tidak memengaruhi pembinaan, pekerjaan, premi, atau"
    " remisi. Bila belum dijawab pada waktunya, tunjukkan lembar ini kepada Kepala UPT, pembimbing"
    " kemasyarakatan, atau Kantor Wilayah.",
)


def receipt_pdf(words: Words, paper: str = "") -> bytes:
    """The receipt that the person keeps."""
    return render_pdf("letter.typ", words, _size(paper))


def copy_words(case: RightsCase, told: Words, lang: str) -> Words:
    """The whole copy; `told` comes from `open_copy` and is forgotten after the print."""
    with override(lang):
        return {
            **_head(case.facility, _("Salinan Data Pribadi"), case.code, lang),
            **told,
            "facts": [
                [_("Kode"), case.participant.code],
                [_("Nama samaran"), case.participant.pseudonym],
                [_("Permohonan diterima"),
                 clock.format_instant(case.received_at, case.facility.timezone, lang)],
                [_("Dicetak"), clock.format_instant(clock.now(), case.facility.timezone, lang)],
            ],
            "intro": _("Inilah semua yang tersimpan tentang Anda. Serahkan tanpa orang lain."),
            "identity_title": _("Data diri yang tersegel"),
            "nothing": _("Tidak ada yang tersimpan."),
            "closing": _(
                "Dicetak sekali untuk pemiliknya, tidak disimpan. Bila ada yang keliru, Anda"
                " berhak meminta perbaikan, pembatasan, atau penghapusan."
            ),
        }  # fmt: skip


def copy_pdf(words: Words, paper: str = "") -> bytes:
    """The copy in the language of its words."""
    return render_pdf("people/copy.typ", words, _size(paper))


def form_words(facility: Facility | None, lang: str) -> Words:
    """An empty request form; without a unit its head is left for the pen."""
    with override(lang):
        place = letterhead(facility) if facility else {"name": "UPT ………………………………………"}
        return {
            "title": _("Permohonan atas Data Pribadi"),
            "facility": place,
            "seed": facility.code if facility else "berdaya",
            "is_sample": is_demo(),
            "lang": lang,
            "footer": "UU 27/2022",
            "kinds": [str(label) for _kind, label in RightsKind.choices],
            "ways": [str(label) for _way, label in ReceivedHow.choices],
        }


def form_pdf(words: Words) -> bytes:
    """The request form in large type, for reading aloud."""
    return render_pdf("people/request.typ", words, "a4")


def letter_words(breach: Breach, told: str) -> Words:
    """The draft of article 46: what data, when and how, what was done; the number by pen."""
    zone = breach.facility.timezone
    to_persons = told != NoticeTo.AUTHORITY
    with override("id"):
        return {
            **_head(breach.facility, "Pemberitahuan Kegagalan Pelindungan Data Pribadi", "", "id"),
            "footer": breach.code,
            "facts": [
                ["Nomor", "………………………………"],
                ["Kepada", str(NoticeTo(told).label)],
                ["Kejadian", breach.code],
                ["Diketahui", clock.format_instant(breach.noticed_at, zone)],
                ["Data yang terungkap", "; ".join(breach.kinds_told)],
                ["Jumlah orang", str(breach.people_count)],
            ],
            "paragraphs": _told(breach, to_persons),
            "signers": [_signer(breach)],
        }


def _told(breach: Breach, to_persons: bool) -> list[str]:
    opening = (
        "Kami memberitahukan bahwa data pribadi Anda terkena kejadian berikut."
        if to_persons
        else "Bersama ini kami sampaikan pemberitahuan tertulis menurut Pasal 46 Undang-Undang"
        " Nomor 27 Tahun 2022."
    )
    ending = (
        "Anda berhak bertanya, meminta salinan, perbaikan, atau pembatasan data Anda kepada"
        " petugas, tanpa biaya dan tanpa akibat apa pun."
        if to_persons
        else "Daftar orang yang terkena disimpan di unit kami dan ditunjukkan bila diminta."
    )
    return [
        opening,
        f"Kapan dan bagaimana: {breach.happened}",
        f"Penanganan dan pemulihan: {breach.measures}",
        ending,
    ]


def _signer(breach: Breach) -> dict[str, str]:
    today = clock.today(breach.facility.timezone)
    signer = signer_for(breach.facility, "head", today)
    place = f"{breach.facility.town}, {clock.format_date(today)}"
    return {**signer, "role": signer["post"], "place": place}


def letter_pdf(words: Words, paper: str = "") -> bytes:
    """The letter to sign."""
    return render_pdf("letter.typ", words, _size(paper))
