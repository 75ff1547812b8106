"""The finished interview as the phone sealed it: read with limits, never trusted."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from webapp.domain import legible

OUTCOMES = ("interviewed", "refused", "nobody_home", "empty", "moved", "demolished")
FILES = ("photo", "signature", "signature_strokes", "other_photo")
DEEPEST, MOST_KEYS, LONGEST_TEXT = 12, 2_000, 4_000
MOST_MEMBERS, MOST_FILES = 60, 12
LARGEST = 1e15
_HIDDEN = re.compile("[\0\ud800-\udfff]")
SECRET_MEMBER_FIELDS = ("national_id", "phone")


class Unreadable(Exception):
    """The bytes opened, but they are not an interview; says where, never what was said."""


@dataclass(frozen=True)
class File:
    """One file of the manifest."""

    kind: str
    media_type: str
    sha256: bytes
    sealed_sha256: bytes
    taken_at: str | None


@dataclass(frozen=True)
class Position:
    """Where the phone stood: degrees (EPSG:4326) and metres."""

    latitude: float
    longitude: float
    accuracy: float

    @property
    def ewkt(self) -> str:
        """As PostGIS reads it."""
        return f"SRID=4326;POINT({self.longitude!r} {self.latitude!r})"


@dataclass(frozen=True)
class Document:
    """What the register needs to place an interview; `content` is all of it."""

    interview: UUID
    number: int
    based_on: tuple[bytes, ...]
    round: str
    questionnaire: str
    mode: str
    app: str
    account: UUID
    device: UUID
    household: UUID
    new_household: bool
    village: str
    house_number: str
    outcome: str
    interviewed_on: date
    finished_at: datetime | None
    files: tuple[File, ...]
    position: Position | None
    has_note: bool
    content: dict[str, Any]

    @property
    def members(self) -> list[dict[str, Any]]:
        """The member table."""
        found: list[dict[str, Any]] = self.content["members"]
        return found

    def asked(self) -> dict[str, Any]:
        """What the questionnaire engine looks at."""
        parts = ("date", "mode", "cover", "members", "answers", "declined")
        return {part: self.content[part] for part in parts}

    def without_numbers(self) -> dict[str, Any]:
        """The document as the database may show it: no ID number, no phone number.

        Who left the household since last year is told with what was typed of them.
        """
        told = self.content | {"members": [_without_numbers(one) for one in self.members]}
        roster = told.get("roster")
        if isinstance(roster, list):
            told["roster"] = [
                one | {"said": _without_numbers(one["said"])}
                if isinstance(one, dict) and isinstance(one.get("said"), dict)
                else one
                for one in roster
            ]
        return told


def _without_numbers(member: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in member.items() if name not in SECRET_MEMBER_FIELDS}


def read(content: bytes) -> Document:
    """The interview in these bytes.

    Raises:
        Unreadable: not JSON within our limits, or a part that placing needs is missing or odd.
    """
    return of(parse(content))


def of(found: Any) -> Document:
    """The interview in this JSON. Raises Unreadable as `read`."""
    if not isinstance(found, dict) or found.get("schema") != 1:
        raise Unreadable("schema")
    try:
        return _document(found)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Unreadable(type(error).__name__) from error


def parse(content: bytes, longest: int = LONGEST_TEXT) -> Any:
    """JSON without NaN, repeated names, NUL or lone surrogates, and no deeper than fits."""
    try:
        text = content.decode("utf-8", errors="strict")
        found = json.loads(text, object_pairs_hook=_unrepeated, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise Unreadable("json") from error
    _measure(found, longest, may_hide="\\u" in text)
    return found


def _document(found: dict[str, Any]) -> Document:
    household, evidence = found["household"], _listed(found["evidence"], MOST_FILES + 4)
    for part, kind in (("cover", dict), ("answers", dict), ("members", list), ("declined", list)):
        if not isinstance(found[part], kind):
            raise Unreadable(part)
    for part in ("explanations", "clock", "paradata", "notice"):
        if not isinstance(found.get(part) or {}, dict):
            raise Unreadable(part)
    _members(found["members"])
    files = tuple(_file(one) for one in evidence if one["kind"] in FILES)
    if len(files) > MOST_FILES or len({one.sealed_sha256 for one in files}) < len(files):
        raise Unreadable("files")
    return Document(
        interview=UUID(found["interview"]),
        number=_whole(found["number"], 1, 1_000),
        based_on=tuple(_digest(one) for one in _listed(found["based_on"], 20)),
        round=_text(found["round"], 20),
        questionnaire=_text(found["questionnaire"], 60),
        mode=_one_of(found["mode"], ("doorstep", "paper")),
        app=_text(found["app"], 40),
        account=UUID(found["author"]["account"]),
        device=UUID(found["author"]["device"]),
        household=UUID(household["id"]),
        new_household=household.get("new") is True,
        village=_text(household["village"], 12),
        house_number=_text(household["house_number"], 60, may_be_empty=True),
        outcome=_one_of(found["outcome"], OUTCOMES),
        interviewed_on=_day(found["date"]),
        finished_at=_instant(found.get("finished_at")),
        files=files,
        position=next((_position(one) for one in evidence if one["kind"] == "position"), None),
        has_note=any(one["kind"] == "other" and one.get("note") for one in evidence),
        content=legible.of(found),
    )


def _members(members: list[Any]) -> None:
    if len(members) > MOST_MEMBERS or any(
        not isinstance(one, dict) or not isinstance(one.get("id"), str) for one in members
    ):
        raise Unreadable("members")


def _file(one: dict[str, Any]) -> File:
    taken_at = one.get("taken_at")
    return File(
        kind=one["kind"],
        media_type=_text(one["media_type"], 60),
        sha256=_digest(one["sha256"]),
        sealed_sha256=_digest(one["sealed_sha256"]),
        taken_at=_text(taken_at, 40) if taken_at else None,
    )


def _position(one: dict[str, Any]) -> Position:
    told = (one["latitude"], one["longitude"], one["accuracy"])
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in told):
        raise Unreadable("position")
    latitude, longitude, accuracy = map(float, told)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 <= accuracy <= 1e7):
        raise Unreadable("position")
    return Position(latitude, longitude, accuracy)


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refused(_: str) -> Any:
    raise ValueError("not a number of JSON")


def _measure(found: Any, longest: int, *, may_hide: bool) -> None:
    """Raises Unreadable when the value is deeper, wider or longer than an interview can be.

    Level by level, without a call for each value: an interview has a thousand. NUL and lone
    surrogates can only hide behind an escape, since the bytes are strict UTF-8 and strict JSON.
    """
    level, count = [found], 0
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for value in level:
            kind = type(value)
            if kind is str:
                if len(value) > longest or (may_hide and _HIDDEN.search(value)):
                    raise Unreadable("text")
            elif kind is dict:
                inner += value
                inner += value.values()
            elif kind is list:
                inner += value
            elif kind in (int, float) and abs(value) > LARGEST:
                raise Unreadable("number")
        count += len(inner)
        if count > MOST_KEYS * 4:
            break
        if not inner:
            return
        level = inner
    raise Unreadable("size")


def _listed(found: Any, most: int) -> list[Any]:
    if not isinstance(found, list) or len(found) > most:
        raise Unreadable("list")
    return found


def _text(found: Any, longest: int, *, may_be_empty: bool = False) -> str:
    if not isinstance(found, str) or len(found) > longest or not (found or may_be_empty):
        raise Unreadable("text")
    return found


def _one_of(found: Any, allowed: tuple[str, ...]) -> str:
    if found not in allowed:
        raise Unreadable("choice")
    return str(found)


def _whole(found: Any, least: int, most: int) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
        raise Unreadable("number")
    return found


def _digest(found: Any) -> bytes:
    digest = bytes.fromhex(_text(found, 64))
    if len(digest) != 32:
        raise Unreadable("digest")
    return digest


def _instant(found: Any) -> datetime | None:
    """In UTC: a zone may be further off than a database takes."""
    moment = datetime.fromisoformat(found) if isinstance(found, str) else None
    return moment.astimezone(UTC) if moment and moment.tzinfo else None


def _day(found: Any) -> date:
    """A day as YYYY-MM-DD; Python reads other forms too, the questionnaire does not."""
    day = date.fromisoformat(_text(found, 10))
    if day.isoformat() != found:
        raise Unreadable("date")
    return day


def day_of(told: Any) -> date | None:
    """The day, in Thailand, of an ISO instant; None for anything else."""
    try:
        moment = _instant(told)
        return moment.astimezone(timezone(timedelta(hours=7))).date() if moment else None
    except (ValueError, OverflowError):
        return None
