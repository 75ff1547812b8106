"""The numbers people and houses have: 13-digit ID numbers and 11-digit house codes."""

from __future__ import annotations

import re

_THAI_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_SEPARATORS = re.compile(r"[\s\-–./]+")


def to_arabic_digits(text: str) -> str:
    """The same text with Thai digits written as Arabic ones."""
    return text.translate(_THAI_TO_ARABIC)


def digits_of(text: str) -> str:
    """A number without the spaces and dashes people write in it, in Arabic digits."""
    return _SEPARATORS.sub("", to_arabic_digits(text))


def check_digit(first_twelve: str) -> str:
    """The last digit of a 13-digit ID number: (11 - sum of digit x (14 - place) mod 11) mod 10."""
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(first_twelve))
    return str((11 - total % 11) % 10)


def thai_id_problem(text: str) -> str | None:
    """What speaks against a 13-digit ID number: `length`, `first_digit`, `checksum`, or nothing.

    A right check digit proves little (an error in the third digit is never found), so every
    problem is a hint. 9 is reserved; 0 is real: people without registration status.
    """
    digits = digits_of(text)
    if not re.fullmatch(r"[0-9]{13}", digits):
        return "length"
    if digits[0] == "9":
        return "first_digit"
    return None if check_digit(digits[:12]) == digits[12] else "checksum"


def house_code_problem(text: str) -> str | None:
    """`length` where a house code has not 11 digits; no rule for its last digit is published."""
    return None if re.fullmatch(r"[0-9]{11}", digits_of(text)) else "length"


def written_house_code(code: str) -> str:
    """An 11-digit house code as the blue house book writes it: XXXX-XXXXXX-X."""
    return f"{code[:4]}-{code[4:10]}-{code[10:]}"
