"""Lists of villages and urban communities, with their local administration and their point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import case, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain import areas, coordinates
from webapp.domain.coordinates import CoordinateProblem, Point
from webapp.domain.identifiers import to_arabic_digits
from webapp.models.area import Area, Village
from webapp.services import import_sheet
from webapp.services.area_import import successor_note
from webapp.services.import_report import ImportReport
from webapp.services.import_sheet import Row
from webapp.services.village_context import VillageContext

COLUMNS = {
    "village_code": ("รหัสหมู่บ้าน", "รหัสหมู่บ้าน/ชุมชน", "รหัสชุมชน", "village"),
    "subdistrict_code": ("tambon_code", "รหัสตำบล"),
    "moo": ("หมู่ที่", "หมู่", "village_no"),
    "kind": ("ประเภท",),
    "name_th": ("ชื่อหมู่บ้าน", "ชื่อหมู่บ้าน/ชุมชน", "ชื่อชุมชน", "ชื่อ", "village_name"),
    "local_administration": ("lao_code_or_name", "อปท.", "ชื่อ อปท.", "รหัสหรือชื่อ อปท."),
    "lat": ("latitude", "ละติจูด"),
    "lon": ("longitude", "lng", "long", "ลองจิจูด"),
}
KINDS = {"village": "village", "หมู่บ้าน": "village", "community": "community", "ชุมชน": "community"}
REPEATED = 3
"""So many rows with one and the same wrong point mean a map nobody moved."""
PIECE = 2000


@dataclass(frozen=True)
class Entry:
    """One row found acceptable, ready to be written."""

    code: str
    subdistrict_code: str
    moo: int
    kind: str
    name_th: str
    local_administration_id: int | None
    point: Point | None
    point_problem: str | None


def take(session: Session, path: Path) -> ImportReport:
    """The list's villages are in the register, or nothing is and the report says why.

    A village with a wrong coordinate enters without a point and keeps the problem's name. A village
    the list does not name is left as it is.

    Raises:
        FileRefused: the file cannot be read, or a column is missing.
    """
    sheet = import_sheet.read(path, COLUMNS, ["village_code", "name_th"])
    report = ImportReport(read=len(sheet.rows))
    judge = _Judge(VillageContext.load(session), report, sheet.rows)
    entries = [entry for row in sheet.rows if (entry := judge.entry(row)) is not None]
    unknown = sum(entry.local_administration_id is None for entry in entries)
    if unknown:
        report.note("note", f"ยังไม่ทราบ อปท. {unknown:,} หมู่บ้าน (ตำบลมีหลาย อปท. หรือยังไม่มีในระบบ)")
    if not report.errors:
        for start in range(0, len(entries), PIECE):
            _write(session, entries[start : start + PIECE], report)
    return report


class _Judge:
    """Decides row by row what is wrong, with the register and the other rows at hand."""

    def __init__(self, context: VillageContext, report: ImportReport, rows: Sequence[Row]) -> None:
        self.context = context
        self.report = report
        self.points = Counter((row["lat"], row["lon"]) for row in rows)
        self.seen: dict[str, int] = {}

    def entry(self, row: Row) -> Entry | None:
        before = len(self.report.errors)
        code = to_arabic_digits(row["village_code"])
        subdistrict = to_arabic_digits(row["subdistrict_code"]) or code[:6]
        moo = self._moo(row, code)
        kind = self._kind(row, moo)
        self._check_code(row, code)
        self._check_place(row.number, code, subdistrict, kind)
        administration = self._administration(row, subdistrict)
        if len(self.report.errors) > before:
            return None
        point, problem = self._point(row, code, subdistrict)
        return Entry(code, subdistrict, moo, kind, row["name_th"], administration, point, problem)

    def _check_code(self, row: Row, code: str) -> None:
        if areas.level_of(code) is not areas.AreaLevel.VILLAGE:
            self.report.refuse(row.number, "code", f"รหัสหมู่บ้าน “{code}” ต้องมี 8 หรือ 9 หลัก")
        first = self.seen.setdefault(code, row.number)
        if first != row.number:
            self.report.refuse(row.number, "duplicate", f"รหัส {code} ซ้ำกับแถว {first}")
        if not row["name_th"]:
            self.report.refuse(row.number, "name", f"รหัส {code} ไม่มีชื่อหมู่บ้าน")

    def _moo(self, row: Row, code: str) -> int:
        text = to_arabic_digits(row["moo"]) or code[6:]
        if text.isdecimal() and len(text) < 10 and int(text) < 1000:
            return int(text)
        self.report.refuse(row.number, "moo", f"หมู่ที่ “{text}” ต้องเป็นตัวเลข")
        return 0

    def _kind(self, row: Row, moo: int) -> str:
        text = row["kind"].lower()
        if text and text not in KINDS:
            self.report.refuse(row.number, "kind", f"ประเภท “{text}” ต้องเป็น หมู่บ้าน หรือ ชุมชน")
        return KINDS.get(text) or areas.kind_of(moo)

    def _check_place(self, row: int, code: str, subdistrict: str, kind: str) -> None:
        if subdistrict not in self.context.subdistricts:
            why = successor_note(subdistrict) or "ไม่มีในทะเบียนพื้นที่"
            self.report.refuse(row, "unknown_subdistrict", f"รหัสตำบล {subdistrict}: {why}")
        if not code.startswith(subdistrict):
            text = f"รหัสหมู่บ้าน {code} ไม่ได้ขึ้นต้นด้วยรหัสตำบล {subdistrict}"
            # a municipality may number its communities by its registration office's code
            say = self.report.warn if kind == "community" else self.report.refuse
            say(row, "other_prefix", text)
        before = self.context.placed.get(code, subdistrict)
        if before != subdistrict:
            text = f"หมู่บ้าน {code} อยู่ในตำบล {before} แล้ว จะย้ายตำบลด้วยการนำเข้าไม่ได้"
            self.report.refuse(row, "moved", text)

    def _administration(self, row: Row, subdistrict: str) -> int | None:
        """A split subdistrict cannot be resolved by itself: then it stays unknown."""
        named = row["local_administration"]
        if not named:
            return self.context.only_administration(subdistrict)
        fitting = self.context.named_administrations(named, subdistrict)
        if len(fitting) == 1:
            return fitting[0]
        why = "มีหลายแห่ง กรุณาใส่ประเภทด้วย" if fitting else f"ไม่ครอบคลุมตำบล {subdistrict} หรือไม่มีในระบบ"
        self.report.refuse(row.number, "local_administration", f"อปท. “{named}” {why}")
        return None

    def _point(self, row: Row, code: str, subdistrict: str) -> tuple[Point | None, str | None]:
        found = coordinates.read(row["lat"], row["lon"])
        problem: CoordinateProblem | None = None
        if isinstance(found, CoordinateProblem):
            problem = found
        elif found:
            repeated = self.points[(row["lat"], row["lon"])] >= REPEATED
            box = self.context.box(subdistrict)
            problem = coordinates.problem_of(found, box, repeated=repeated)
            if not problem:
                return found, None
        if not problem:
            return None, None
        text = f"{code} {row['name_th']}: {problem.message_th} [{row['lat']}, {row['lon']}]"
        self.report.warn(row.number, problem.kind, f"{text} นำเข้าโดยไม่มีจุด")
        return None, problem.kind


def _write(session: Session, entries: Sequence[Entry], report: ImportReport) -> None:
    new = insert(Area).values(
        [
            {
                "code": entry.code,
                "level": "village",
                "parent_code": entry.subdistrict_code,
                "path": areas.village_path(entry.subdistrict_code, entry.code),
                "name_th": entry.name_th,
                "is_active": True,
            }
            for entry in entries
        ]
    )
    known = set(session.scalars(select(Village.code).where(Village.code.in_(_codes(entries)))))
    renamed = new.on_conflict_do_update(
        index_elements=[Area.code],
        set_={"name_th": new.excluded.name_th, "is_active": True, "updated_at": func.now()},
        where=or_(Area.name_th != new.excluded.name_th, ~Area.is_active),
    ).returning(Area.code)
    touched = set(session.scalars(renamed)) | _write_villages(session, entries)
    report.added += len(entries) - len(known)
    report.changed += len(touched & known)


def _codes(entries: Sequence[Entry]) -> list[str]:
    return [entry.code for entry in entries]


def _write_villages(session: Session, entries: Sequence[Entry]) -> set[str]:
    """A row without coordinates says nothing of the point; a wrong one says it is not known."""
    left_out = {"name_th", "point"}
    values = [
        {name: value for name, value in asdict(entry).items() if name not in left_out}
        | {"point": _geometry(entry.point)}
        for entry in entries
    ]
    new = insert(Village).values(values)
    excluded = new.excluded
    silent = excluded.point.is_(None) & excluded.point_problem.is_(None)
    wanted = {
        "moo": excluded.moo,
        "kind": excluded.kind,
        "local_administration_id": func.coalesce(
            excluded.local_administration_id, Village.local_administration_id
        ),
        "point": case((silent, Village.point), else_=excluded.point),
        "point_problem": case((silent, Village.point_problem), else_=excluded.point_problem),
    }
    differs = (getattr(Village, name).is_distinct_from(value) for name, value in wanted.items())
    statement = new.on_conflict_do_update(
        index_elements=[Village.code], set_=wanted, where=or_(*differs)
    )
    return set(session.scalars(statement.returning(Village.code)))


def _geometry(point: Point | None) -> str | None:
    return f"SRID=4326;POINT({point.longitude} {point.latitude})" if point else None
