"""What in a text looks like it belongs to one person: NIK, register number, telephone, code.

Told from shape alone, so that it can be asked of any text before it is kept. Papers of a business
(NIB of 13 digits, P-IRT of 15, halal of 17) are let through.
"""

import re

# In one piece, in fours, or as on the card: region, birth date, serial number.
NIK = re.compile(
    r"(?<!\d)(?:\d{16}|\d{4}(?:[ .\-]\d{4}){3}|\d{6}[ .\-]\d{6}[ .\-]\d{4}"
    r"|\d\d[ .\-]\d\d[ .\-]\d\d[ .\-]\d{6}[ .\-]\d{4})(?!\d)"
)
REGISTER = re.compile(
    r"\b[AB]\s*[.\-]?\s*(?:IIa|IIb|I{1,3}|IV|V)\b[.\s\-/]*(?:N?\s*)?\d{1,5}\s*/", re.IGNORECASE
)
# As in core/logs.py: +62, 62 or 0 in front of an 8.
PHONE = re.compile(r"(?<![\w-])(?:\+?62|0)[ .-]?8\d(?:[ .-]?\d){6,11}(?![\w-])")
SHAPES = (NIK, REGISTER, PHONE)


def looks_personal(text: str) -> bool:
    """Whether a NIK, a register number or a telephone number seems to stand in the text."""
    return any(shape.search(text) for shape in SHAPES)
