"""What a thing is called in the reader's language."""

from django.utils.translation import get_language


def named(name: str | None, name_en: str | None) -> str:
    """Of two columns the one in the active language; the Indonesian where English is empty."""
    return (name_en if name_en and get_language() == "en" else name) or ""
