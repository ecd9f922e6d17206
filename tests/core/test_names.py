"""Of two columns the name in the reader's language."""

import pytest
from django.utils.translation import override

from berdaya.core.names import named

NAMES = [
    ("id", "Kursi", "Chair", "Kursi"),
    ("en", "Kursi", "Chair", "Chair"),
    ("en", "Kursi", "", "Kursi"),
    ("en", "Kursi", None, "Kursi"),
    ("en", None, None, ""),
]


@pytest.mark.parametrize(("language", "name", "name_en", "shown"), NAMES)
def test_named_in_a_language(
    language: str, name: str | None, name_en: str | None, shown: str
) -> None:
    with override(language):
        said = named(name, name_en)

    assert said == shown
