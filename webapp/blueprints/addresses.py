"""Addresses of ours: where a page may send somebody on to."""

from __future__ import annotations

import re

_OURS = re.compile(r"/(?:[A-Za-z0-9_.~-][A-Za-z0-9/_.~-]*)?(?:\?[A-Za-z0-9_=&.~%+-]*)?")


def is_ours(address: str) -> bool:
    """A path of ours: no second slash, no backslash, nothing that names another host."""
    return bool(_OURS.fullmatch(address)) and "//" not in address and ".." not in address
