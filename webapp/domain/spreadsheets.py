"""Cells that a spreadsheet shows and never runs."""

from __future__ import annotations

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe_cell(value: object) -> str:
    """The value as text; what a spreadsheet would take for a formula gets an apostrophe in front.

    Source: OWASP, CSV injection. A digits-only text with a leading zero stays text by itself.
    """
    written = "" if value is None else str(value)
    return f"'{written}" if written.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else written
