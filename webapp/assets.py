"""The built client: which hashed file stands for which name, and what the worker keeps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DIST = Path(__file__).parent / "static" / "dist"


@dataclass(frozen=True)
class Assets:
    """One build of the client."""

    names: dict[str, str]
    kept: list[dict[str, Any]]

    def url(self, name: str) -> str:
        """The address of `app.js`, `main.css` … in this build."""
        return f"/static/dist/{self.names[name]}"

    @property
    def fonts(self) -> list[str]:
        """The letters of every page, to be fetched with it: later they would move its lines."""
        return [one["url"] for one in self.kept if one["url"].endswith(".woff2")]


def load(dist: Path = DIST) -> Assets:
    """Read the build; a missing one stops the start with a sentence that says what to do."""
    try:
        names = json.loads((dist / "manifest.json").read_text())
        kept = json.loads((dist / "kept.json").read_text())
    except FileNotFoundError as missing:
        raise RuntimeError("the client is not built: run `node build.mjs`") from missing
    return Assets(names, kept)
