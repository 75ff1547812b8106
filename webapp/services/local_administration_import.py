"""Lists of local administrations (อปท.) and the subdistricts each covers."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain import areas
from webapp.models.area import Area, LocalAdministration, LocalAdministrationArea
from webapp.services import import_sheet
from webapp.services.area_import import successor_note
from webapp.services.import_report import ImportReport
from webapp.services.import_sheet import Row

COLUMNS = {
    "code": ("lao_code", "รหัส อปท."),
    "type": ("lao_type", "ประเภท อปท.", "ประเภท"),
    "name_th": ("lao_name", "ชื่อ อปท.", "ชื่อ"),
    "district_code": ("amphoe_code", "รหัสอำเภอ"),
    "subdistrict_code": ("tambon_code", "รหัสตำบล"),
    "coverage": ("coverage", "ครอบคลุม", "ความครอบคลุม"),
}
PROVINCIAL = "องค์การบริหารส่วนจังหวัด"
TYPES = {
    "อบต.": "องค์การบริหารส่วนตำบล",
    "ทต.": "เทศบาลตำบล",
    "ทม.": "เทศบาลเมือง",
    "ทน.": "เทศบาลนคร",
    "อบจ.": PROVINCIAL,
    "เมืองพัทยา": "เมืองพัทยา",
    "กทม.": "กรุงเทพมหานคร",
}
_COVERAGE = {"full": "full", "เต็ม": "full", "ทั้งหมด": "full", "ทั้งตำบล": "full",
             "partial": "partial", "บางส่วน": "partial"}  # fmt: skip

LARGEST = 50_000
"""Rows: the country has 7,850 อปท. in 7,255 subdistricts."""

Identity = tuple[str, str, str]
"""Type, name and district: two อปท. may share a name in one subdistrict."""


def take(
    session: Session, path: Path, within: tuple[str, ...] = (areas.EVERYWHERE,)
) -> ImportReport:
    """The list's อปท. and what they cover are in the register, or nothing is (see the report).

    One row for each pair of อปท. and subdistrict; what the list does not name is left as it is.
    `within` are the paths of the areas that whoever brings the list runs.
    """
    sheet = import_sheet.read(path, COLUMNS, ["type", "name_th", "district_code"], LARGEST)
    report = ImportReport(read=len(sheet.rows))
    known = set(session.scalars(select(Area.code).where(Area.is_active, Area.level != "village")))
    coverage: dict[Identity, dict[str, str]] = {}
    codes: dict[Identity, str] = {}
    for row in sheet.rows:
        if _acceptable(row, known, report) and _is_inside(row, within, report):
            identity = (_type(row), row["name_th"], row["district_code"])
            covered = coverage.setdefault(identity, {})
            codes[identity] = codes.get(identity) or row["code"]
            _cover(row, covered, report)
    _claims(coverage, report)
    if not report.errors:
        for identity, covered in coverage.items():
            _keep(session, identity, codes[identity], covered, report)
        _uncovered(session, report)
    return report


def _type(row: Row) -> str:
    return TYPES.get(row["type"], row["type"])


def _acceptable(row: Row, known: set[str], report: ImportReport) -> bool:
    before = len(report.errors)
    if _type(row) not in TYPES.values():
        report.refuse(row.number, "type", said=row["type"])
    if not row["name_th"]:
        report.refuse(row.number, "name")
    if not row["district_code"]:
        report.refuse(row.number, "district")
    for column, length in (("district_code", 4), ("subdistrict_code", 6)):
        code = row[column]
        if code and (len(code) != length or code not in known):
            report.refuse(row.number, "unknown_code", code=code, why=successor_note(code))
    if row["subdistrict_code"] and _COVERAGE.get(row["coverage"].lower() or "full") is None:
        report.refuse(row.number, "coverage", said=row["coverage"])
    return len(report.errors) == before


def _is_inside(row: Row, within: tuple[str, ...], report: ImportReport) -> bool:
    codes = [code for code in (row["district_code"], row["subdistrict_code"]) if code]
    outside = [code for code in codes if not areas.path_of(code).startswith(within)]
    if outside:
        report.refuse(row.number, "outside", code=outside[0])
    return not outside


def _cover(row: Row, covered: dict[str, str], report: ImportReport) -> None:
    subdistrict = row["subdistrict_code"]
    if not subdistrict:
        return
    if subdistrict in covered:
        report.refuse(row.number, "duplicate", name=row["name_th"], code=subdistrict)
    if not subdistrict.startswith(row["district_code"]):
        report.warn(row.number, "other_district", code=subdistrict, district=row["district_code"])
    covered[subdistrict] = _COVERAGE[row["coverage"].lower() or "full"]


def _claims(coverage: dict[Identity, dict[str, str]], report: ImportReport) -> None:
    """Where one อปท. has the whole subdistrict, no other can have part of it."""
    claimed: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (kind, name, _), covered in coverage.items():
        if kind != PROVINCIAL:
            for subdistrict, how in covered.items():
                claimed[subdistrict].append((how, f"{kind}{name}"))
    for subdistrict, claims in claimed.items():
        if len(claims) > 1 and any(how == "full" for how, _ in claims):
            names = ", ".join(name for _, name in claims)
            report.refuse(None, "overlap", code=subdistrict, names=names)


def _keep(
    session: Session, identity: Identity, code: str, covered: dict[str, str], report: ImportReport
) -> None:
    kind, name, district = identity
    same = select(LocalAdministration).where(
        LocalAdministration.type == kind,
        LocalAdministration.name_th == name,
        LocalAdministration.district_code == district,
    )
    found = session.scalar(same)
    if found is None:
        found = LocalAdministration(type=kind, name_th=name, district_code=district)
        session.add(found)
        report.added += 1
    elif code and found.code != code:
        report.changed += 1
    found.code = code or found.code
    session.flush()
    if covered:
        new = insert(LocalAdministrationArea).values(
            [
                {"local_administration_id": found.id, "subdistrict_code": one, "coverage": how}
                for one, how in covered.items()
            ]
        )
        where = ["local_administration_id", "subdistrict_code"]
        session.execute(
            new.on_conflict_do_update(
                index_elements=where, set_={"coverage": new.excluded.coverage}
            )
        )


def _uncovered(session: Session, report: ImportReport) -> None:
    """Check 1 of the letter: every subdistrict of the province lies in at least one อปท."""
    provinces = select(LocalAdministration.district_code).distinct()
    in_scope = {code[:2] for code in session.scalars(provinces)}
    subdistricts = session.scalars(
        select(Area.code)
        .where(Area.level == "subdistrict", Area.is_active)
        .where(Area.code.not_in(select(LocalAdministrationArea.subdistrict_code)))
    )
    left = [code for code in subdistricts if code[:2] in in_scope]
    if left:
        first = ", ".join(sorted(left)[:10])
        report.note("uncovered", count=f"{len(left):,}", codes=first)
