"""Lists of people that an officer brings: all are added, or none and the report says why."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from webapp.domain import people
from webapp.domain.actors import Actor, Role
from webapp.domain.identifiers import digits_of, thai_id_problem, to_arabic_digits
from webapp.domain.people import Status
from webapp.domain.problems import Problem
from webapp.models.account import Account
from webapp.models.area import Area
from webapp.services import import_sheet, people_changes, same_id
from webapp.services.import_report import ImportReport
from webapp.services.import_sheet import Row
from webapp.services.people_changes import New, Secrets, Written

COLUMNS = {
    "role": ("บทบาท", "ประเภท"),
    "title_th": ("คำนำหน้า", "title"),
    "given": ("ชื่อ", "first_name"),
    "family": ("นามสกุล", "สกุล", "last_name"),
    "national_id": ("เลขประจำตัวประชาชน", "เลขบัตรประชาชน", "เลขประจำตัว", "id"),
    "phone": ("เบอร์โทรศัพท์", "โทรศัพท์", "เบอร์โทร", "tel"),
    "area_code": ("รหัสพื้นที่", "รหัสหมู่บ้าน", "village_code", "หมู่บ้าน"),
    "offered": ("รหัสหมู่บ้านที่จะจัดเก็บ", "หมู่บ้านที่จะจัดเก็บ"),
    "agency_th": ("สังกัด", "หน่วยงาน", "agency"),
    "position_th": ("ตำแหน่ง", "position"),
}
REQUIRED = ("given", "family", "area_code")
ROLES = {
    "": Role.VOLUNTEER,
    "อาสาสมัคร": Role.VOLUNTEER,
    "อาสาสมัครจัดเก็บ": Role.VOLUNTEER,
    "volunteer": Role.VOLUNTEER,
    "ผู้ตรวจสอบ": Role.INSPECTOR,
    "ผู้ตรวจสอบข้อมูล": Role.INSPECTOR,
    "inspector": Role.INSPECTOR,
    "ผู้ดูรายงาน": Role.VIEWER,
    "viewer": Role.VIEWER,
}
LARGEST = 2_000
_TWICE = text(
    "select a.account, a.status, a.other from jpt_people_alike(:accounts) a "
    "join accounts b on b.id = a.account where a.same_id and a.role = b.role "
    "and a.status not in ('closed', 'refused')"
)


@dataclass(frozen=True)
class Found:
    """A row that is sound: whom it adds."""

    row: int
    new: New


def take(
    session: Session,
    actor: Actor,
    name: str,
    content: bytes,
    secrets: Secrets,
    *,
    write: bool,
    closed: Collection[Role] = (),
    key: bytes = b"",
) -> ImportReport:
    """Everybody on the list may work in their area, or nobody is added and the report says why.

    Without `write` the same is done and undone, so that the report tells what would come. What is
    sent again under the same `key` (32 bytes), after a lost answer, is the list taken already.

    Raises:
        FileRefused: the file cannot be read, a column is missing, or it has over 2,000 rows.
    """
    sheet = import_sheet.read_content(name, content, COLUMNS, REQUIRED, LARGEST)
    report = ImportReport(read=len(sheet.rows))
    judge = _Judge(session, actor, report, closed, key)
    found = [one for row in sheet.rows if (one := judge.sound(row)) is not None]
    if report.errors:
        return report
    if key and _is_taken(session, key, found):
        report.added, report.written = len(found), True
        return report
    with session.begin_nested() as trial:
        _add_all(session, actor, found, secrets, report)
        report.written = write and not report.errors
        if not report.written:
            trial.rollback()
    return report


def _is_taken(session: Session, key: bytes, found: list[Found]) -> bool:
    """Whether this very list was taken; of two that arrive at once the second waits."""
    session.execute(select(func.pg_advisory_xact_lock(int.from_bytes(key[:8], signed=True))))
    first = found[0].new.id if found else None
    return session.scalar(select(Account.id).where(Account.id == first)) is not None


class _Judge:
    """Decides row by row what is wrong, with the registry and the rows before at hand."""

    def __init__(
        self,
        session: Session,
        actor: Actor,
        report: ImportReport,
        closed: Collection[Role],
        key: bytes,
    ) -> None:
        self.report, self.actor, self.closed, self.key = report, actor, closed, key
        known = session.execute(select(Area.code, Area.path).where(Area.is_active))
        self.paths = {code: path for code, path in known}  # noqa: C416 - rows, not pairs
        self.seen: dict[tuple[Role, str], int] = {}

    def sound(self, row: Row) -> Found | None:
        before = len(self.report.errors)
        role = ROLES.get(people.tidy(row["role"]).lower())
        if role is None:
            self.report.refuse(row.number, "role")
            return None
        if role in self.closed:
            self.report.refuse(row.number, "closed")
        written = self._written(row, role)
        code = to_arabic_digits(row["area_code"])
        self._check_place(row.number, role, code)
        offered = self._offered(row, code, role)
        if len(self.report.errors) > before:
            return None
        self._look_twice(row.number, written)
        return Found(row.number, New(role, None, code, written, offered, self._id(row.number)))

    def _id(self, row: int) -> UUID:
        """Of a list that is taken, always the same; it cannot be chosen."""
        if not self.key:
            return uuid4()
        made = hmac.digest(self.key, f"row {row}".encode(), "sha256")
        return UUID(bytes=made[:16], version=4)

    def _written(self, row: Row, role: Role) -> Written:
        names = ("title_th", "given", "family", "national_id", "phone", "agency_th", "position_th")
        written = Written(**{name: row[name] for name in names}, home_village_code="")
        needed = ("national_id",) if role is Role.VOLUNTEER else ()
        for key in people_changes.problems(written, needed=needed).values():
            self.report.refuse(row.number, key)
        digits = digits_of(written.national_id)
        first = self.seen.setdefault((role, digits), row.number) if digits else row.number
        if first != row.number:
            self.report.refuse(row.number, "twice", first=first)
        if role is not Role.VOLUNTEER:
            return written
        return Written(**vars(written) | {"home_village_code": to_arabic_digits(row["area_code"])})

    def _check_place(self, row: int, role: Role, code: str) -> None:
        path = self.paths.get(code)
        if path is None:
            self.report.refuse(row, "area", code=code)
        elif not self.actor.works_in(path):
            self.report.refuse(row, "outside", code=code)
        elif not people.belongs_at(role, None, code) or (role is Role.VOLUNTEER and len(code) < 8):
            wanted = "level_village" if role is Role.VOLUNTEER else "level_district"
            self.report.refuse(row, wanted, code=code)

    def _offered(self, row: Row, home: str, role: Role) -> tuple[str, ...]:
        if role is not Role.VOLUNTEER:
            return ()
        codes = to_arabic_digits(row["offered"]).replace(",", " ").replace(";", " ").split()
        for code in codes:
            if code not in self.paths or len(code) < 8:
                self.report.refuse(row.number, "offered", code=code)
        return tuple(dict.fromkeys(codes)) or (home,)

    def _look_twice(self, row: int, written: Written) -> None:
        if written.national_id and thai_id_problem(written.national_id):
            self.report.warn(row, "checksum")
        if not written.phone:
            self.report.warn(row, "phone")


def _add_all(
    session: Session, actor: Actor, found: list[Found], secrets: Secrets, report: ImportReport
) -> None:
    """Everybody is added; whoever works under the same ID already is told by row."""
    rows: dict[UUID, int] = {}
    people = [one.new for one in found]
    same_id.hold_numbers(session, people_changes.indexes(secrets, people))
    for one in sorted(found, key=lambda one: (one.new.area_code, one.new.role.value)):
        try:
            rows[people_changes.add(session, actor, one.new, secrets).id] = one.row
        except Problem as problem:
            report.refuse(one.row, f"problems.{problem.code}")
    for account, status, other in session.execute(_TWICE, {"accounts": list(rows)}):
        if status == Status.WAITING.value:
            report.warn(rows[account], "waiting")
        elif other not in rows:
            report.refuse(rows[account], "problems.duplicate-person")
    report.added = len(rows)
