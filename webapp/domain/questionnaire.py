"""The instrument of a round as versioned data: read, merged and known by its digest."""

from __future__ import annotations

import hashlib
import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent.parent / "questionnaires"
PUBLISHED = HOME / "published.json"
PARTS = ("version", "cover", "members", "questions", "indicators", "rules")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")


def folders() -> list[Path]:
    """Where versions are looked for: our own, then the folders of JPT_QUESTIONNAIRES_EXTRA."""
    extra = os.environ.get("JPT_QUESTIONNAIRES_EXTRA", "")
    return [HOME, *(Path(one) for one in extra.split(os.pathsep) if one)]


def versions() -> list[str]:
    """The ids of all versions, in order."""
    return sorted(path.parent.name for home in folders() for path in home.glob("*/version.json"))


def exists(version: str) -> bool:
    """Whether a version of this id can be loaded."""
    return _folder(version) is not None


@cache
def load(version: str) -> dict[str, Any]:
    """One version as a single definition; nobody may change what is returned.

    Raises:
        KeyError: no version has this id.
    """
    folder = _folder(version)
    if folder is None:
        raise KeyError(version)
    definition: dict[str, Any] = {}
    for part in PARTS:
        path = folder / f"{part}.json"
        if path.exists():
            found = json.loads(path.read_text(encoding="utf-8"))
            definition |= found if isinstance(found, dict) else {part: found}
    return definition


@cache
def content(version: str) -> bytes:
    """The definition's exact bytes as phones receive them: sorted keys, no blanks, UTF-8."""
    text = json.dumps(load(version), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


@cache
def digest(version: str) -> str:
    """SHA-256 of the content; a published version keeps it for ever."""
    return hashlib.sha256(content(version)).hexdigest()


@cache
def edit_rules(version: str) -> dict[str, dict[str, Any]]:
    """The edit rules by their ids; none of a version that cannot be loaded."""
    return {one["id"]: one for one in load(version).get("rules", [])} if exists(version) else {}


@cache
def indicator_numbers(version: str) -> tuple[int, ...]:
    """The numbers of the indicators, in the order in which rollups count them."""
    return tuple(one["no"] for one in load(version)["indicators"])


def published() -> dict[str, str]:
    """The digests of the versions that may never change again."""
    if not PUBLISHED.exists():
        return {}
    found: dict[str, str] = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    return found


class ChangedAfterPublication(Exception):
    """A published version that is no longer what was published."""


def is_unchanged(version: str) -> bool:
    """Whether a version is still what was published; true for one not yet published."""
    return published().get(version, digest(version)) == digest(version)


def publish(version: str) -> str:
    """The version's digest is on record from now on (GSBPM 2.8), and given back.

    Raises:
        KeyError: no version has this id.
        ChangedAfterPublication: it was published before, with another content.
    """
    if not is_unchanged(version):
        raise ChangedAfterPublication(version)
    record = published() | {version: digest(version)}
    text = json.dumps(record, indent=2, sort_keys=True)
    PUBLISHED.write_text(f"{text}\n", encoding="utf-8")
    return digest(version)


def _folder(version: str) -> Path | None:
    if not NAME.fullmatch(version):
        return None
    return next((home / version for home in folders() if (home / version).is_dir()), None)
