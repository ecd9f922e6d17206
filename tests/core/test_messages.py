"""The translation tool: finds, keeps, complains, compiles."""

import gettext
from pathlib import Path

import pytest

from tools import messages

MODULE = """
from django.utils.translation import gettext as _, gettext_lazy as _lazy, ngettext, pgettext_lazy
a = _("Simpan")
b = _lazy("Halo %(name)s, "
          "apa kabar?")
c = ngettext("%(n)s lot", "%(n)s lot-lot", n)
d = pgettext_lazy("month", "Mei")
e = _(a)
"""
PAGE = """{% load i18n %}{% translate "Masuk" %} {{ _("Keluar")|upper }} gettext("bukan")
{% blocktranslate trimmed with n=x %}
  Ada {{ n }} lot
  di rak.
{% endblocktranslate %}
{% blocktranslate count n=x %}{{ n }} hari{% plural %}{{ n }} hari-hari{% endblocktranslate %}
{% translate "Mei" context "verb" %}
{# translators are people #}"""
SINGULAR = {
    "Simpan": "Save",
    "Halo %(name)s, apa kabar?": "Hello %(name)s, how are you?",
    "Masuk": "Sign in",
    "Keluar": "Sign out",
    "Ada %(n)s lot di rak.": "%(n)s lots on the shelf.",
    "Mei": "May",
}
PLURAL = {"%(n)s lot": ("one lot", "%(n)s lots"), "%(n)s hari": ("one day", "%(n)s days")}


@pytest.fixture
def room(tmp_path: Path) -> Path:
    room = tmp_path / "berdaya" / "goods"
    page = room / "templates" / "goods" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE)
    (room / "rules.py").write_text(MODULE)
    (room / "migrations").mkdir()
    (room / "migrations" / "0001.py").write_text(MODULE.replace("Simpan", "Migrasi"))
    return room


def tool(room: Path, *options: str) -> int:
    return messages.main(["--root", str(room.parent.parent), *options])


def translate(room: Path) -> None:
    """Fill the catalogue as a person would."""
    po = room / messages.CATALOGUE
    catalog = messages.load(po)
    for message in catalog:
        if isinstance(message.id, tuple):
            message.string = PLURAL[message.id[0]]
        elif message.id:
            message.string = SINGULAR[message.id]
    po.write_bytes(messages.rendered(catalog))


def ids(room: Path) -> list[object]:
    return [message.id for message in messages.load(room / messages.CATALOGUE) if message.id]


def test_extract_finds_modules_and_templates_once_and_sorted(room: Path) -> None:
    assert tool(room) == 0

    assert ids(room) == [
        ("%(n)s hari", "%(n)s hari-hari"),
        ("%(n)s lot", "%(n)s lot-lot"),
        "Ada %(n)s lot di rak.",
        "Halo %(name)s, apa kabar?",
        "Keluar",
        "Masuk",
        "Mei",
        "Mei",
        "Simpan",
    ]


def test_extract_again_changes_no_byte(room: Path) -> None:
    tool(room)
    translate(room)
    tool(room)
    before = (room / messages.CATALOGUE).read_bytes()

    tool(room)

    assert (room / messages.CATALOGUE).read_bytes() == before
    assert b"Save" in before
    assert b"Date" not in before


def test_extract_keeps_translations_and_drops_the_unused(room: Path) -> None:
    tool(room)
    translate(room)
    (room / "rules.py").write_text(MODULE.replace('"Simpan"', '"Batal"'))

    tool(room)

    catalog = messages.load(room / messages.CATALOGUE)
    assert catalog.get("Simpan") is None
    assert catalog.get("Batal").string == ""
    assert catalog.get("Masuk").string == "Sign in"
    assert catalog.get("%(n)s lot").string == ("one lot", "%(n)s lots")


def test_check_complete_passes(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tool(room)
    translate(room)
    capsys.readouterr()

    assert tool(room, "--check") == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"Save"', '""', "untranslated: 'Simpan'"),
        ('"Hello %(name)s,', '"Hello %(nama)s,', "other placeholders: 'Halo"),
        ('"%(n)s days"', '"days"', "other placeholders: '%(n)s hari'"),
        ('"one day"', '"%(x)s day"', "other placeholders: '%(n)s hari'"),
        ('msgid "Simpan"', '#, fuzzy\nmsgid "Simpan"', "fuzzy: 'Simpan'"),
        ('msgid "Simpan"', 'msgid "Lama"', "no longer used, run tools/messages.py: 'Lama'"),
        ('msgid "Simpan"', 'msgid "Lama"', "not extracted, run tools/messages.py: 'Simpan'"),
    ],
)
def test_check_names_what_is_wrong_and_changes_nothing(
    room: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, complaint: str
) -> None:
    tool(room)
    translate(room)
    po = room / messages.CATALOGUE
    spoilt = po.read_text().replace(old, new, 1)
    po.write_text(spoilt)
    capsys.readouterr()

    code = tool(room, "--check")

    assert code == 1
    assert complaint in capsys.readouterr().out
    assert po.read_text() == spoilt


def test_check_names_a_word_that_two_rooms_translate_otherwise(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tool(room)
    translate(room)
    other = room.parent / "stock"
    other.mkdir()
    (other / "rules.py").write_text(
        "from django.utils.translation import gettext as _, pgettext\n"
        'a = _("Masuk"), pgettext("stock", "Simpan")\n'
    )
    tool(room)
    catalog = messages.load(other / messages.CATALOGUE)
    catalog.get("Masuk").string = "Came in"
    catalog.get("Simpan", "stock").string = "Keep"
    (other / messages.CATALOGUE).write_bytes(messages.rendered(catalog))
    capsys.readouterr()

    assert tool(room, "--check") == 1
    assert capsys.readouterr().out == (
        "two translations of 'Masuk': goods: 'Sign in', stock: 'Came in'\n"
    )


def test_check_without_a_catalogue_names_every_text(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool(room, "--check") == 1
    assert capsys.readouterr().out.count("not extracted") == 9


def test_compile_writes_once_and_gettext_reads_it(room: Path) -> None:
    tool(room)
    translate(room)
    mo = (room / messages.CATALOGUE).with_suffix(".mo")

    tool(room, "--compile")
    first = mo.stat()
    tool(room, "--compile")

    assert mo.stat().st_ino == first.st_ino
    with mo.open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("Simpan") == "Save"
    assert english.ngettext("%(n)s lot", "%(n)s lot-lot", 3) == "%(n)s lots"
    assert english.pgettext("month", "Mei") == "May"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rules.py", 'from x import gettext as _\n_(f"Halo {n}")\n'),
        ("actions.py", "gettext = (\n"),
        ("templates/goods/bad.html", "{% load i18n %}{% blocktranslate %}{% if a %}"),
    ],
)
def test_unreadable_file_is_named_and_its_room_left_alone(
    room: Path, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    tool(room)
    before = (room / messages.CATALOGUE).read_bytes()
    (room / name).write_text(text)

    assert tool(room) == 1
    assert str(room / name) in capsys.readouterr().out
    assert (room / messages.CATALOGUE).read_bytes() == before


def test_unknown_room_is_refused(room: Path) -> None:
    with pytest.raises(SystemExit, match="no such room: godos"):
        tool(room, "godos")


def test_placeholders_leave_percent_signs_alone() -> None:
    assert messages.placeholders("50%% siap, %(n)s dari {total}, 5%%s") == {"n", "{total}"}
