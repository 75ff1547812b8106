"""Cells that a spreadsheet shows and never runs."""

from __future__ import annotations

import re

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_NO_XML_HOLDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_cell(value: object) -> str:
    """The value as text; what a spreadsheet would take for a formula gets an apostrophe in front.

    Letters that would make the whole workbook unreadable are left out. A digits-only text with a
    leading zero stays text by itself. Source: OWASP, CSV injection.
    """
    written = "" if value is None else _NO_XML_HOLDS.sub("", str(value))
    return f"'{written}" if written.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else written
