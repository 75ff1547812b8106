"""An interview's answers in the words of its questionnaire, as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import takewhile
from typing import Any

BANGKOK = timezone(timedelta(hours=7))
_DAY = re.compile(r"\d{4}(-(0?[1-9]|1[0-2])(-\d{1,2})?)?", re.ASCII)
MONTHS = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
]
DECLINED = "ไม่ประสงค์ตอบ"
UNANSWERED = "ยังไม่มีคำตอบ"
BUDDHIST = 543


@dataclass(frozen=True)
class Line:
    """One question and what was answered; `key` is its place in the whole interview."""

    key: str
    text: str
    answer: str


@dataclass(frozen=True)
class Part:
    """A titled group of lines: the cover, a person, a section."""

    key: str
    title: str
    lines: tuple[Line, ...]


def paper_number(key: str) -> str:
    """The number on the paper form of the question at this place; empty where the form has none."""
    return ".".join(takewhile(lambda part: part[:1].isdigit(), key.split(".")))


def thai_date(iso: str) -> str:
    """`2026-11-23` as 23 พ.ย. 2569; a year, or year and month, alone likewise."""
    year, *rest = iso[:10].split("-")
    if not _DAY.fullmatch(iso[:10]):
        return iso
    words = [str(int(year) + BUDDHIST)]
    if rest:
        words.insert(0, MONTHS[int(rest[0]) - 1])
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return " ".join(words)


def thai_moment(moment: datetime | str) -> str:
    """A moment at Thai time: 23 พ.ย. 2569 14:05 น."""
    try:
        at = moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment))
        local = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(BANGKOK)
    except (ValueError, OverflowError):
        return str(moment)
    return f"{thai_date(local.date().isoformat())} {local:%H:%M} น."


def member_names(members: Iterable[dict[str, Any]]) -> dict[str, str]:
    """What each member is called, by the id that answers use."""
    found = {}
    for number, member in enumerate(members, start=1):
        parts = (member.get("first_name"), member.get("last_name"))
        name = member.get("name") or " ".join(str(part) for part in parts if part)
        found[str(member.get("id", number))] = str(name) or f"คนที่ {number}"
    return found


def parts_of(
    definition: dict[str, Any],
    document: dict[str, Any],
    missing: Iterable[str] = (),
    values: Mapping[str, Any] | None = None,
) -> list[Part]:
    """Cover, members and sections: what was answered, declined, computed, or is still missing."""
    unanswered = frozenset(missing)
    cover = _fields("cover", definition["cover"], document.get("cover", {}), unanswered)
    parts = [Part("cover", "ปก", cover), *people_of(definition, document, unanswered)]
    told = document | {"answers": {**(values or {}), **document.get("answers", {})}}
    names = member_names(document.get("members", []))
    questions = {question["id"]: question for question in definition["questions"]}
    for section in definition["sections"]:
        ids = [id for screen in section["screens"] for id in screen["questions"]]
        lines = (_line(questions[id], told, names, unanswered) for id in ids if id in questions)
        found = tuple(line for line in lines if line)
        parts.append(Part(section["id"], section["title_th"], found))
    return [part for part in parts if part.lines]


def people_of(
    definition: dict[str, Any], document: dict[str, Any], missing: frozenset[str] = frozenset()
) -> list[Part]:
    """Each member with what the member table holds; never an ID number."""
    members = document.get("members", [])
    names = member_names(members)
    fields = [field for field in definition["members"] if field["id"] != "national_id"]
    keyed = zip(names, members, strict=True)
    return [
        Part(
            f"members.{id}",
            f"คนที่ {number} {names[id]}",
            _fields(f"members.{id}", fields, member, missing),
        )
        for number, (id, member) in enumerate(keyed, start=1)
    ]


def _fields(
    place: str, fields: list[dict[str, Any]], values: dict[str, Any], missing: frozenset[str]
) -> tuple[Line, ...]:
    told = []
    for field in fields:
        key, value = f"{place}.{field['id']}", values.get(field["id"])
        if value not in (None, ""):
            told.append(Line(key, field["label_th"], answer_words(field, value, {})))
        elif key in missing:
            told.append(Line(key, field["label_th"], UNANSWERED))
    return tuple(told)


def _line(
    question: dict[str, Any],
    document: dict[str, Any],
    names: dict[str, str],
    missing: frozenset[str],
) -> Line | None:
    id, text = question["id"], question["text_th"]
    answer = document.get("answers", {}).get(id)
    if id in document.get("declined", []):
        return Line(id, text, DECLINED)
    if answer is None:
        return Line(id, text, UNANSWERED) if id in missing else None
    return Line(id, text, answer_words(question, answer, names))


def answer_words(asked: dict[str, Any], value: Any, names: dict[str, str]) -> str:
    """One value in words: the option's label, people's names, a number with its unit."""
    if isinstance(value, dict):
        return _people(asked, value, names)
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    if isinstance(value, list):
        return ", ".join(answer_words(asked, one, names) for one in value)
    if isinstance(value, int | float):
        return f"{value:,} {asked.get('unit', '')}".strip()
    if asked.get("kind") in ("birth", "date"):
        return thai_date(str(value))
    return _label(asked.get("options", []), str(value))


def _people(question: dict[str, Any], value: dict[str, Any], names: dict[str, str]) -> str:
    groups = question.get("groups", [])
    if "count" in value:
        told = [f"{_label(groups, g)} {n} คน" for g, n in value["count"].items() if n]
    else:
        told = [
            f"{names.get(member, member)}: "
            + ", ".join(_label(groups, g) for g in _as_list(chosen))
            for member, chosen in value.get("who", {}).items()
        ]
    return "; ".join(told) or str(question.get("everyone_th", "ทุกคน"))


def _as_list(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _label(options: list[dict[str, Any]], name: str) -> str:
    return next((str(one["label_th"]) for one in options if one["name"] == name), name)
