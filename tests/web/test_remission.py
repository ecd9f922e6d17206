"""No screen computes or suggests an effect on remission: the word only ever denies one."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from berdaya.people.models import ConsentText

ROOT = Path(__file__).resolve().parents[2]
# What shortens or eases a sentence, in both languages; remisi is the word people use for all of it.
WORDS = re.compile(
    r"\b(remisi|remission|amnesti|amnesty|pembebasan bersyarat|parole|cuti bersyarat"
    r"|pengurangan (masa )?(pidana|hukuman)|reduced sentence|berkelakuan baik|good conduct)\b",
    re.IGNORECASE,
)
DENIALS = ("juga tidak untuk remisi", "also not for remission")
# How somebody came to be outside, on the page of a client: a name, no promise.
NAMES = ("Pembebasan bersyarat (PB)", "Cuti bersyarat (CB)")
SHOWN = ("*.html", "*.typ", "*.js", "*.txt")


def spoken() -> Iterator[tuple[str, str]]:
    """Every text of templates, papers, scripts and catalogues, sentence by sentence."""
    for pattern in SHOWN:
        for file in sorted((ROOT / "berdaya").rglob(pattern)):
            yield from ((str(file), one) for one in sentences(file.read_text("utf-8")))
    for file in sorted((ROOT / "berdaya").rglob("*.po")):
        for message in read_po(BytesIO(file.read_bytes())):
            said = [message.id, message.string]
            flat = [one for many in said for one in ([many] if isinstance(many, str) else many)]
            yield from ((str(file), one) for text in flat for one in sentences(text))


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s|\n", text)


def offends(sentence: str) -> bool:
    """Whether a word of remission stands in a sentence that denies nothing."""
    is_allowed = sentence in NAMES or any(one in sentence for one in DENIALS)
    return bool(WORDS.search(sentence)) and not is_allowed


def test_remission_is_named_only_where_an_effect_is_denied() -> None:
    assert [(file, one[:90]) for file, one in spoken() if offends(one)] == []


def test_texts_of_consent_name_it_only_to_deny_it(db: None) -> None:
    said = [one for text in ConsentText.objects.all() for one in sentences(text.body)]

    assert [one for one in said if offends(one)] == []
    assert sum("remis" in one for one in said) == 10


@pytest.mark.parametrize(
    ("sentence", "is_bad"),
    [
        ("Ikut bekerja menambah remisi Anda.", True),
        ("This counts toward parole.", True),
        ("Tidak ada untung, juga tidak untuk remisi.", False),
        ("No advantage, also not for remission.", False),
        ("Premi dibayarkan bulan ini.", False),
    ],
)
def test_a_suggestion_would_be_found(sentence: str, is_bad: bool) -> None:
    assert offends(sentence) is is_bad
