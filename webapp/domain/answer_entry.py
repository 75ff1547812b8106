"""One answer typed at a desk, as the questionnaire wants it: by its kind, within its options."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.domain import merging, thai_dates
from webapp.domain.identifiers import digits_of, to_arabic_digits
from webapp.domain.problems import Problem

LONGEST = 500
CHOICES = ("choice", "choices", "flag", "people")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\- ](\d{4})")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
BUDDHIST_FROM = 2400


@dataclass(frozen=True)
class Typed:
    """What the form says of one answer: texts, ticks, or a group for each person."""

    texts: tuple[str, ...] = ()
    people: Mapping[str, tuple[str, ...]] | None = None
    declined: bool = False


def control_of(asked: Mapping[str, Any], mode: str) -> str:
    """Which control the answer is given with."""
    kind = str(asked.get("kind", "text"))
    if kind == "people":
        return "counts" if mode == "paper" else "people"
    if kind in ("number", "amount", "scale", "derived"):
        return "number"
    return kind


def read(asked: Mapping[str, Any], typed: Typed, mode: str) -> Any:
    """The answer as the document holds it; None where it is taken away.

    Raises:
        Problem: `answer` for what the question cannot be answered with.
    """
    if typed.declined:
        return dict(merging.DECLINED)
    control = control_of(asked, mode)
    if control == "people":
        return {"who": _people(asked, typed.people or {})}
    if control == "counts":
        counted = {group: _whole(told) for group, (told, *_) in (typed.people or {}).items()}
        return {"count": {group: n for group, n in counted.items() if n is not None}}
    texts = [one.strip() for one in typed.texts if one.strip()]
    if not texts:
        return None
    if control == "choices":
        return [_option(asked.get("options", []), one) for one in texts]
    return _single(asked, control, texts[0])


def _single(asked: Mapping[str, Any], control: str, text: str) -> Any:
    if control == "choice":
        return _option(asked.get("options", []), text)
    if control == "flag":
        return True
    if control == "number":
        return _number(asked, text)
    if control == "digits":
        return _digits(asked, text)
    if control == "date":
        return _day(text)
    if control == "birth":
        return _birth(text)
    if len(text) > LONGEST:
        raise Problem("answer")
    return text


def _people(asked: Mapping[str, Any], told: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Only who is in a group; nobody named is everybody fine."""
    groups, found = asked.get("groups", []), {}
    for member, chosen in told.items():
        names = [_option(groups, one) for one in chosen if one]
        if names:
            found[member] = names if asked.get("multiple") else names[0]
    return found


def _option(options: Sequence[Mapping[str, Any]], name: str) -> str:
    if not any(one["name"] == name for one in options):
        raise Problem("answer")
    return name


def _number(asked: Mapping[str, Any], text: str) -> int | float:
    written = to_arabic_digits(text).replace(",", "").strip()
    if not _NUMBER.fullmatch(written) or len(written) > 15:
        raise Problem("answer")
    number = float(written)
    if number < asked.get("min", 0) or number > asked.get("max", 1e12):
        raise Problem("answer")
    return int(number) if number.is_integer() else number


def _whole(text: str) -> int | None:
    written = to_arabic_digits(text).strip()
    if not written:
        return None
    if not written.isdecimal() or len(written) > 3:
        raise Problem("answer")
    return int(written)


def _digits(asked: Mapping[str, Any], text: str) -> str:
    written = digits_of(text)
    length = asked.get("length")
    if not written.isascii() or not written.isdecimal() or (length and len(written) != length):
        raise Problem("answer")
    return written


def _day(text: str) -> str:
    try:
        return thai_dates.read(text).isoformat()
    except thai_dates.NoDay as odd:
        raise Problem("answer") from odd


def _birth(text: str) -> str:
    """A day, a month of a year, or a year alone, as people know it."""
    written = to_arabic_digits(text)
    month = _MONTH_YEAR.fullmatch(written)
    if month and 1 <= int(month[1]) <= 12:
        return f"{_year(month[2])}-{int(month[1]):02}"
    if written.isdecimal() and len(written) == 4:
        return _year(written)
    return _day(text)


def _year(text: str) -> str:
    year = int(text)
    return str(year - thai_dates.BUDDHIST if year >= BUDDHIST_FROM else year)


def written(asked: Mapping[str, Any], told: Any) -> str:
    """An answer as its box shows it; an ID or telephone number is never shown."""
    if told is None or isinstance(told, (dict, list, bool)) or asked.get("id") in merging.NUMBERS:
        return ""
    if asked.get("kind") in ("birth", "date"):
        return _as_written(str(told))
    return str(told)


def _as_written(iso: str) -> str:
    """`1980-05-17` as `17/5/2523`, shorter ones likewise."""
    parts = iso.split("-")
    if not all(part.isdecimal() for part in parts):
        return ""
    year = str(int(parts[0]) + thai_dates.BUDDHIST)
    return "/".join([*(str(int(part)) for part in reversed(parts[1:])), year])
