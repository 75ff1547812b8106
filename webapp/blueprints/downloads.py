"""Files that people save: what the browser is told of their name."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote


def to_save(name: str) -> str:
    """A Content-Disposition in plain letters only, as a header must be: servers refuse Thai in it.

    RFC 6266: a plain name for old browsers, and the true one.
    """
    plain = f"document{PurePath(name).suffix}".encode("ascii", "ignore").decode()
    return f"attachment; filename={plain}; filename*=UTF-8''{quote(name, safe='')}"
