"""Every check of tools/check.py is seen failing on a bad sample, and passing on a good one."""

import shutil
from pathlib import Path

import pytest

from tools import check, checks_code

SETTINGS = '"""Settings."""\nROOMS = ["goods", "core"]\n'
CONTRACT = """
[[tool.importlinter.contracts]]
type = "layers"
layers = ["goods", "core"]
"""
GOOD = {
    "berdaya/settings.py": SETTINGS,
    "pyproject.toml": CONTRACT,
    "tools/terms.txt": "premi\n",
    "docs/map.md": "`goods/` `core/` `README.md` `walls.py`\n",
    "docs/glossary.md": (
        "| id | en | code |\n|---|---|---|\n| Premi | premi | `premi` |\n| Lot | lot | `lot` |\n"
    ),
    "docs/decisions/README.md": "none yet\n",
    "tools/asvs.txt": "1.1.1-1.1.2 1.2.1\n",
    "docs/security.md": (
        "| 1.1.1–1.1.2 | ask | met: `docs/map.md` |\n| 1.2.1 | ask | not met: later |\n"
    ),
    "README.md": "[map](docs/map.md) [elsewhere](https://example.org/)\n",
    "requirements.txt": "django==5.2\n",
    **{f"berdaya/{room}/README.md": f"{room}\n" for room in ("goods", "core")},
    **{f"berdaya/{room}/walls.py": '"""Walls."""\n' for room in ("goods", "core")},
    **{f"berdaya/{room}/__init__.py": "" for room in ("goods", "core")},
    "berdaya/goods/models/lots.py": (
        '"""Lots."""\nclass Lot(models.Model):\n    code = models.CharField()\n'
    ),
    "berdaya/goods/templates/goods/page.html": (
        '<script src="{{ a }}"></script>\n{# <style> #}'
        "<option{% if one == two %} selected{% endif %}>"
    ),
    "berdaya/goods/rules.py": '"""Rules."""\nlate = declare_reason("lot_late", "Lot")\n',
}

# What is written where, which check must name it, and at which line.
BAD = [
    ("clocks", "berdaya/goods/calc.py", '"""Sums."""\nfrom time import time\nnow = time()\n', 3),
    ("inline", "berdaya/goods/templates/goods/bad.html", "<p>\n<script>alert(1)</script>", 2),
    ("inline", "berdaya/goods/templates/goods/bad.html", "{#\n#}<p style='color: red'>", 2),
    ("inline", "berdaya/goods/templates/goods/bad.html", '<button\n onclick="go()">', 2),
    ("inline", "berdaya/goods/templates/goods/bad.html", "<style>p {}</style>", 1),
    ("inline", "berdaya/goods/templates/goods/bad.html", '<a href="javascript:go()">', 1),
    ("inline", "berdaya/goods/parts.py", '"""Parts."""\nP = "<p style=\'color: red\'>"\n', 2),
    ("registries", "requirements.txt", "--index-url https://mirror.example/simple\n", 1),
    ("registries", "docs/more.md", "from\n" + "https" + "://files.pythonhosted.org/x\n", 2),
    (
        "identities",
        "berdaya/goods/models/makers.py",
        '"""Makers."""\nclass Maker(models.Model):\n    nik = models.CharField()\n',
        3,
    ),
    (
        "identities",
        "berdaya/people/models/people.py",
        '"""People."""\nclass Participant(models.Model):\n    last_name = models.CharField()\n',
        3,
    ),
    (
        "identities",
        "berdaya/goods/migrations/0001_initial.py",
        "CreateModel(name='Maker', fields=[\n('register_number', models.TextField())])\n",
        2,
    ),
    (
        "identities",
        "berdaya/goods/migrations/0002_more.py",
        "migrations.AddField(model_name='maker', name='full_name', field=models.TextField())\n",
        1,
    ),
    ("codes", "berdaya/core/rules.py", '"""R."""\nx = declare_reason("lot_late", "Again")\n', None),
    ("codes", "berdaya/core/rules.py", '"""R."""\nx = declare_reason("Lot Late", "Odd")\n', 2),
    ("openings", "berdaya/goods/calc.py", "x = 1\n", 1),
    ("rooms", "berdaya/settings.py", SETTINGS.replace('"core"', '"core", "till"'), 0),
    ("rooms", "pyproject.toml", CONTRACT.replace('"goods", "core"', '"core", "goods"'), 0),
    ("map", "docs/map.md", "`core/` `README.md` `walls.py`\n", 0),
    ("map", "docs/map.md", "`core/` `goods/` `README.md`\n", 0),
    ("glossary", "tools/terms.txt", "premi nota\n", 0),
    ("glossary", "docs/glossary.md", GOOD["docs/glossary.md"] + "| Nota | `sales_receipt` |\n", 5),
    ("glossary", "berdaya/goods/models/sets.py", '"""S."""\nclass GoodSet(models.Model): ...\n', 2),
    ("links", "README.md", "one\n[gone](docs/gone.md)\n", 2),
    ("decisions", "docs/decisions/0007-more.md", "# More\n", 0),
    ("security", "tools/asvs.txt", "1.1.1-1.1.2 1.2.1-1.2.2\n", 0),
    ("security", "docs/security.md", "| 1.1.1–1.1.2, 1.2.1 | ask | met: `docs/gone.md` |\n", 1),
    ("security", "docs/security.md", "| 1.1.1 | ask | met: `settings.GONE` |\n", 1),
    ("security", "docs/security.md", "| 1.1.1 | ask | met: by heart |\n", 1),
    ("security", "docs/security.md", "| 1.1.1 | ask | `docs/map.md` |\n", 1),
    ("security", "docs/security.md", "| 1.1.1 | ask | met: `docs/map.md::test_gone` |\n", 1),
    ("paths", "docs/more.md", "lies in /" + "tmp/x\n", 1),
]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small house in which every check passes."""
    for name, text in GOOD.items():
        put(tmp_path, name, text)
    return tmp_path


def put(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


def test_small_house_passes(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = check.main(["--root", str(house)])

    assert capsys.readouterr().out == ""
    assert code == 0


@pytest.mark.parametrize(("name", "file", "text", "line"), BAD)
def test_bad_sample_is_named(house: Path, name: str, file: str, text: str, line: int) -> None:
    put(house, file, text)

    found = list(check.CHECKS[name](house))

    assert found
    assert line is None or line in {problem.line for problem in found}


def test_every_check_has_a_bad_sample() -> None:
    assert {name for name, *_ in BAD} == set(check.CHECKS)


def test_problem_ends_the_run_with_its_place(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(house, "README.md", "one\n[gone](docs/gone.md)\n")

    code = check.main(["links", "--root", str(house)])

    assert code == 1
    assert capsys.readouterr().out == "README.md:2: docs/gone.md is not there\n"


def test_long_file_is_only_a_warning(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(house, "berdaya/goods/calc.py", '"""Sums."""\n' + "x = 1\n" * checks_code.LONGEST)

    code = check.main(["--root", str(house)])

    assert code == 0
    assert "berdaya/goods/calc.py:401: warning:" in capsys.readouterr().out


@pytest.mark.parametrize("room", ["goods", "core"])
def test_room_without_its_page_is_named(house: Path, room: str) -> None:
    (house / "berdaya" / room / "README.md").unlink()

    found = [problem.file for problem in check.CHECKS["rooms"](house)]

    assert found == [house / "berdaya" / room / "README.md"]


def test_empty_room_says_all_it_lacks(house: Path) -> None:
    shutil.rmtree(house / "berdaya" / "goods")

    assert len(list(check.CHECKS["rooms"](house))) == 3
