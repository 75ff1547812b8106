"""One-time codes for a first sign-in: digits only, easy on a phone and by telephone."""

from __future__ import annotations

from datetime import timedelta

from webapp.domain.identifiers import digits_of

DIGITS = 20
"""66 bits, above the 64 that keep it from being guessed (NIST SP 800-63B-4, look-up secrets)."""

LIFETIME = timedelta(hours=72)
GROUP = 4


def grouped(code: str) -> str:
    """The code as people read it out: `1234 5678 9012 3456 7890`."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def typed(written: str) -> str | None:
    """The digits however they were typed, Thai digits and gaps included; None if incomplete."""
    digits = digits_of(written)
    return digits if len(digits) == DIGITS else None
