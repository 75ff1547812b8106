"""Household lists of a round: the dwellings to visit, from the register of houses or last year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain import identifiers
from webapp.models.area import Area
from webapp.models.household import Household
from webapp.models.progress import VillageProgress
from webapp.services import import_sheet
from webapp.services.import_report import ImportReport
from webapp.services.import_sheet import Row

COLUMNS = {
    "village": ("village_code", "รหัสหมู่บ้าน", "รหัสหมู่บ้าน/ชุมชน"),
    "house_number": ("บ้านเลขที่", "เลขที่", "เลขที่บ้าน"),
    "house_code": ("รหัสประจำบ้าน", "เลขรหัสประจำบ้าน"),
    "head_name": ("name", "ชื่อหัวหน้าครัวเรือน", "หัวหน้าครัวเรือน", "ชื่อ-สกุล", "ชื่อ"),
    "people": ("people_registered", "จำนวนคน", "จำนวนสมาชิก", "จำนวนคนในทะเบียนบ้าน"),
}
PIECE = 5000

Key = tuple[str, ...]
"""What tells one household of a list from another; see `Listed.ways_to_know`."""
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Listed:
    """One household as the list names it."""

    village: str
    house_number: str
    house_code: str | None
    head_name: str | None
    people: int | None

    def ways_to_know(self) -> list[Key]:
        """The house code survives a change of number and head; else number and name tell."""
        by_name = ("name", self.village, self.house_number, self.head_name or "")
        return [("code", self.village, self.house_code), by_name] if self.house_code else [by_name]

    def strict_key(self) -> Key:
        """Several households may live in one house: there the head's name tells them apart."""
        return (self.village, self.house_code or "", self.house_number, self.head_name or "")


def take(session: Session, path: Path, round_id: str) -> ImportReport:
    """Every household of the list is to be visited in the round; a second import adds none twice.

    Households already there get the list's number, code, name and people; their state stays.
    Households the list no longer names stay too, and are counted in a note.

    Raises:
        FileRefused: the file cannot be read, or a column is missing.
    """
    sheet = import_sheet.read(path, COLUMNS, ["village", "house_number"])
    report = ImportReport(read=len(sheet.rows))
    paths = _village_paths(session, {row["village"] for row in sheet.rows})
    judge = _Judge(paths, report)
    listed = [one for row in sheet.rows if (one := judge.household(row)) is not None]
    if not report.errors:
        _write(session, round_id, listed, paths, report)
    return report


class _Judge:
    """Decides row by row what is wrong."""

    def __init__(self, paths: Mapping[str, str], report: ImportReport) -> None:
        self.paths = paths
        self.report = report
        self.seen: dict[Key, int] = {}
        self.codes: dict[str, int] = {}

    def household(self, row: Row) -> Listed | None:
        before = len(self.report.errors)
        village = identifiers.to_arabic_digits(row["village"])
        if village not in self.paths:
            self.report.refuse(row.number, "village", f"ไม่พบหมู่บ้าน “{village}” ในระบบ")
        number = identifiers.to_arabic_digits(row["house_number"])
        if not number and not row["head_name"]:
            self.report.refuse(row.number, "empty", "ต้องมีบ้านเลขที่ หรือชื่อหัวหน้าครัวเรือน")
        code, people = self._house_code(row), self._people(row)
        found = Listed(village, number or "ไม่มีเลขที่", code, row["head_name"] or None, people)
        self._check_twice(row, found)
        return found if len(self.report.errors) == before else None

    def _house_code(self, row: Row) -> str | None:
        digits = identifiers.digits_of(row["house_code"])
        if not digits:
            return None
        if identifiers.house_code_problem(digits):
            text = f"รหัสประจำบ้าน “{row['house_code']}” ต้องมี 11 หลัก"
            self.report.refuse(row.number, "house_code", text)
        return digits

    def _people(self, row: Row) -> int | None:
        text = identifiers.to_arabic_digits(row["people"])
        if not text:
            return None
        if text.isdecimal() and len(text) < 10 and int(text) <= 999:
            return int(text)
        self.report.refuse(row.number, "people", f"จำนวนคน “{text}” ต้องเป็นตัวเลข 0-999")
        return None

    def _check_twice(self, row: Row, found: Listed) -> None:
        first = self.seen.setdefault(found.strict_key(), row.number)
        if first != row.number:
            self.report.refuse(row.number, "duplicate", f"ครัวเรือนนี้ซ้ำกับแถว {first}")
        elif found.house_code:
            shared = self.codes.setdefault(found.house_code, row.number)
            if shared != row.number:
                text = f"รหัสประจำบ้านเดียวกับแถว {shared}: ถือเป็นหลายครัวเรือนในบ้านเดียวกัน"
                self.report.warn(row.number, "shared_house", text)


def _village_paths(session: Session, codes: set[str]) -> dict[str, str]:
    wanted = {identifiers.to_arabic_digits(code) for code in codes}
    rows = session.execute(
        select(Area.code, Area.path).where(
            Area.level == "village", Area.is_active, Area.code.in_(wanted)
        )
    )
    return {row.code: row.path for row in rows}


def _write(
    session: Session,
    round_id: str,
    listed: Sequence[Listed],
    paths: Mapping[str, str],
    report: ImportReport,
) -> None:
    known = _known(session, round_id, set(paths))
    matched = _matched(listed, known)
    new = [one for one in listed if one not in matched]
    for start in range(0, len(new), PIECE):
        session.execute(insert(Household), _rows(new[start : start + PIECE], round_id, paths))
    changed = [(id, one) for one, id in matched.items() if known[id] != one]
    if changed:
        session.execute(update(Household), [{"id": id, **_columns(one)} for id, one in changed])
    _count(session, round_id, new, paths)
    report.added, report.changed = len(new), len(changed)
    left = len(known) - len(matched)
    if left:
        report.note("note", f"มีอยู่ในระบบแต่ไม่มีในแฟ้ม {left:,} ครัวเรือน คงไว้ตามเดิม")


def _known(session: Session, round_id: str, villages: set[str]) -> dict[UUID, Listed]:
    rows = session.scalars(
        select(Household).where(
            Household.round_id == round_id, Household.village_code.in_(villages)
        )
    )
    return {
        one.id: Listed(
            one.village_code, one.house_number, one.house_code, one.head_name, one.people_registered
        )
        for one in rows
    }


def _matched(listed: Sequence[Listed], known: Mapping[UUID, Listed]) -> dict[Listed, UUID]:
    """Which household of the register each listed one is; where a house holds several, by name."""
    matched: dict[Listed, UUID] = {}
    exact = {one.strict_key(): id for id, one in known.items()}
    for one in listed:
        if one.strict_key() in exact:
            matched[one] = exact[one.strict_key()]
    taken = set(matched.values())
    free = {id: one for id, one in known.items() if id not in taken}
    by_key = _unique((key, id) for id, one in free.items() for key in one.ways_to_know())
    left = [one for one in listed if one not in matched]
    asked = _unique((key, one) for one in left for key in one.ways_to_know())
    for key, one in asked.items():
        if one not in matched and key in by_key and by_key[key] not in taken:
            matched[one] = by_key[key]
            taken.add(by_key[key])
    return matched


def _unique(pairs: Iterable[tuple[Key, Thing]]) -> dict[Key, Thing]:
    """The keys that only one thing has."""
    found: dict[Key, list[Thing]] = defaultdict(list)
    for key, thing in pairs:
        found[key].append(thing)
    return {key: things[0] for key, things in found.items() if len(things) == 1}


def _rows(
    new: Sequence[Listed], round_id: str, paths: Mapping[str, str]
) -> list[dict[str, object]]:
    return [
        {
            "id": uuid4(),
            "round_id": round_id,
            "village_code": one.village,
            "path": paths[one.village],
            **_columns(one),
        }
        for one in new
    ]


def _columns(one: Listed) -> dict[str, object]:
    return {
        "house_number": one.house_number,
        "house_code": one.house_code,
        "head_name": one.head_name,
        "people_registered": one.people,
    }


def _count(
    session: Session, round_id: str, new: Sequence[Listed], paths: Mapping[str, str]
) -> None:
    """The village's count of households to visit grows with its list."""
    todo = Counter(one.village for one in new)
    if not todo:
        return
    rows = insert(VillageProgress).values(
        [
            {"round_id": round_id, "village_code": village, "path": paths[village], "todo": count}
            for village, count in todo.items()
        ]
    )
    session.execute(
        rows.on_conflict_do_update(
            index_elements=["round_id", "village_code"],
            set_={"todo": VillageProgress.todo + rows.excluded.todo, "updated_at": func.now()},
        )
    )
