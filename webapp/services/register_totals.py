"""The civil registration's totals: houses and people of each village, for quality check 4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain.areas import AreaLevel, without_prefix
from webapp.domain.identifiers import to_arabic_digits
from webapp.models.area import Area
from webapp.models.quality import RegisterTotal
from webapp.services import import_sheet
from webapp.services.import_report import ImportReport
from webapp.services.import_sheet import Row

COLUMNS = {
    "village_code": ("รหัสหมู่บ้าน", "รหัสหมู่บ้าน/ชุมชน", "village"),
    "houses": ("จำนวนบ้าน", "บ้าน", "หลังคาเรือน", "จำนวนครัวเรือน"),
    "people": ("จำนวนประชากร", "ประชากร", "จำนวนคน", "คน"),
}
MOST = 1_000_000
PIECE = 2_000


@dataclass(frozen=True)
class Total:
    """One row found acceptable."""

    village_code: str
    path: str
    houses: int
    people: int


def take(session: Session, path: Path, round_id: str, source: str) -> ImportReport:
    """Each village of the list has these totals in the round, or nothing is changed.

    Raises:
        FileRefused: the file cannot be read, or a column is missing.
    """
    sheet = import_sheet.read(path, COLUMNS, list(COLUMNS))
    report = ImportReport(read=len(sheet.rows))
    known = {
        row.code: row.path
        for row in session.execute(
            select(Area.code, Area.path).where(Area.level == AreaLevel.VILLAGE)
        )
    }
    found: dict[str, Total] = {}
    for row in sheet.rows:
        total = _read(row, known, report)
        if total is not None and total.village_code in found:
            report.refuse(row.number, "twice", f"หมู่บ้าน {total.village_code} มีมากกว่าหนึ่งแถว")
        elif total is not None:
            found[total.village_code] = total
    if not report.errors:
        _write(session, round_id, source, list(found.values()), report)
    return report


def _read(row: Row, known: Mapping[str, str], report: ImportReport) -> Total | None:
    code = without_prefix(to_arabic_digits(row["village_code"]))
    if code not in known:
        report.refuse(row.number, "village", f"ไม่พบหมู่บ้านรหัส {row['village_code']}")
        return None
    counts = [_count(row[name]) for name in ("houses", "people")]
    if None in counts:
        report.refuse(row.number, "count", "จำนวนบ้านและจำนวนคนต้องเป็นตัวเลข 0 ขึ้นไป")
        return None
    houses, people = (count or 0 for count in counts)
    return Total(code, known[code], houses, people)


def _count(written: str) -> int | None:
    digits = to_arabic_digits(written).replace(",", "").strip()
    is_number = digits.isdecimal() and len(digits) < 18
    return int(digits) if is_number and int(digits) <= MOST else None


def _write(
    session: Session, round_id: str, source: str, totals: list[Total], report: ImportReport
) -> None:
    there = set(
        session.scalars(
            select(RegisterTotal.village_code).where(RegisterTotal.round_id == round_id)
        )
    )
    for start in range(0, len(totals), PIECE):
        rows = [
            {"round_id": round_id, "source": source, **vars(one)}
            for one in totals[start : start + PIECE]
        ]
        new = insert(RegisterTotal).values(rows)
        fresh = {name: new.excluded[name] for name in ("path", "houses", "people", "source")}
        session.execute(
            new.on_conflict_do_update(
                index_elements=["round_id", "village_code"],
                set_=fresh | {"imported_at": func.now()},
            )
        )
    report.changed = sum(one.village_code in there for one in totals)
    report.added = len(totals) - report.changed
