"""The demo's eight checks: a village that is ready, one nearly, and every state of every check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.db import transaction
from webapp.demo import cast
from webapp.demo.fates import NEARLY, READY
from webapp.demo.sending import Register
from webapp.domain.actors import Actor, Level, Role, Scope
from webapp.domain.working_group import SECTORS, Seat
from webapp.models.household import Household
from webapp.models.interview import Interview
from webapp.models.quality import QualityException, Reconciliation, RegisterTotal
from webapp.models.survey_round import Round
from webapp.models.working_group import WorkingGroupMember
from webapp.services import clearing, reckoning, reconciling, working_group

DISTRICT = ("TH.43.4301.",)
INSPECTOR = Actor(
    cast.BY_NAME["orawan"].id, Role.INSPECTOR, "อรวรรณ แบบเจริญ", "orawan", areas=DISTRICT
)
OFFICER = Actor(
    cast.BY_NAME["suda"].id, Role.OFFICER, "สุดา สมมุติพัฒนา", "suda", Level.DISTRICT, DISTRICT
)
AGENCIES = {
    "state": ("องค์การบริหารส่วนตำบลสมมุติ", "รพ.สต.สมมุติ", "โรงเรียนบ้านสมมุติ", "กศน.ตำบลสมมุติ"),
    "private": ("ร้านค้าตัวอย่าง", "สหกรณ์การเกษตรสมมุติ", "โรงสีชุมชนตัวอย่าง"),
    "people": ("กลุ่ม อสม. ตำบล", "กองทุนหมู่บ้านสมมุติ", "กลุ่มแม่บ้านตัวอย่าง", "ชมรมผู้สูงอายุสมมุติ"),
}
GROUPS = {"430105": (11, True), "430106": (10, False), "430104": (6, False)}
"""Members of each subdistrict's working group, and whether it has minutes."""

FEWER = {NEARLY: 1.2}
"""The civil registration has so many times the people whom the list has."""

PAPER = b"%PDF-1.4\n% made-up minutes of a made-up meeting\n"
WHY = "สอบถามแล้ว ขายที่ดินในปีนี้ (ตัวอย่าง)"
SETTLED = ("empty", "moved", "demolished")
NOTED = "สอบถามผู้ใหญ่บ้านแล้ว (ตัวอย่าง)"
ONE_HOUSE: dict[tuple[str, ...], dict[str, str]] = {
    ("empty",): {"outcome": "empty"},
    ("demolished",): {"outcome": "demolished"},
    ("refused",): {"outcome": "refused"},
    ("new",): {"origin": "volunteer", "outcome": "interviewed"},
    ("merged",): {"state": "todo"},
    ("moved", "open"): {"outcome": "nobody_home"},
}
"""Reasons given to a house of each such kind, one after the other."""

EXPLAINED = {"houses": "43010401", "population": "43010402"}
"""Figures of two villages that an officer has explained."""

WHY_OFF = "มีครัวเรือนที่ยังไม่ได้สำรวจและบ้านเช่าที่คนย้ายเข้าออก (ตัวอย่าง)"


def settle(session: Session, register: Register, today: date) -> None:
    """Working groups, totals and decisions are there, and every village is judged."""
    if session.scalar(select(WorkingGroupMember.id).limit(1)):
        return
    round_id = session.scalars(select(Round.id).where(Round.is_current)).one()
    _totals(session, round_id, today)
    session.commit()
    _groups(register, today)
    _settle_houses(session)
    reckon()
    _look_at(session)
    for subject, village in EXPLAINED.items():
        with transaction(OFFICER) as acting:
            clearing.explain(acting, OFFICER, village, subject, WHY_OFF)
    reckon()


def reckon() -> None:
    """Every village that was marked is judged, as the reckoner would."""
    while True:
        with transaction(Scope("reckoner")) as session:
            if not reckoning.step(session):
                return


def _totals(session: Session, round_id: str, today: date) -> None:
    """What the civil registration has of two subdistricts."""
    rows = session.execute(
        text("""
            select village_code, path, count(*) as houses, sum(people_registered) as people
            from households where round_id = :round and origin = 'list'
                and substr(village_code, 1, 6) in ('430104', '430105')
            group by village_code, path
        """),
        {"round": round_id},
    )
    for row in rows:
        people = int(row.people * FEWER.get(row.village_code, 1))
        session.execute(
            insert(RegisterTotal)
            .values(
                round_id=round_id,
                village_code=row.village_code,
                path=row.path,
                houses=row.houses,
                people=people,
                source="ทะเบียนราษฎร (ตัวอย่าง)",
                as_of=today - timedelta(days=120),
            )
            .on_conflict_do_nothing()
        )


def _groups(register: Register, today: date) -> None:
    for subdistrict, (members, has_minutes) in GROUPS.items():
        with transaction(OFFICER) as session:
            for seat in list(_seats(members > len(AGENCIES["state"]) * 2))[:members]:
                working_group.enter(session, OFFICER, subdistrict, seat)
            if has_minutes:
                paper = working_group.NewMinutes(
                    today - timedelta(days=50), PAPER, "รายงานการประชุม (ตัวอย่าง).pdf"
                )
                secrets = register.keys.secrets
                working_group.attach(
                    session, OFFICER, register.documents, secrets, subdistrict, paper
                )


def _seats(every_sector: bool) -> Iterator[Seat]:
    """A member from each agency; a small group has nobody of the private sector."""
    for sector in SECTORS:
        if sector == "private" and not every_sector:
            continue
        for number, agency in enumerate(AGENCIES[sector], start=1):
            yield Seat(f"ผู้แทน{agency} (ตัวอย่าง)", agency, sector, "กรรมการ" if number > 1 else "")


def _settle_houses(session: Session) -> None:
    """In Mali's villages what she reported of closed houses has been confirmed.

    Elsewhere a house of each kind has its reason, and one reason was taken back.
    """
    for village in cast.BY_NAME["mali"].areas:
        closed = session.scalars(
            select(Household.id).where(
                Household.village_code == village, Household.outcome.in_(SETTLED)
            )
        ).all()
        with transaction(OFFICER) as acting:
            reconciling.confirm(acting, OFFICER, village, closed)
    for reasons, such in ONE_HOUSE.items():
        _settle_one(session, reasons, such)


def _settle_one(session: Session, reasons: tuple[str, ...], such: dict[str, str]) -> None:
    house = session.scalar(
        select(Household.id)
        .filter_by(**such)
        .where(
            Household.path.startswith(DISTRICT[0]),
            Household.village_code.not_in((READY, NEARLY)),
            Household.id.not_in(select(Reconciliation.household_id)),
        )
        .order_by(Household.id)
        .limit(1)
    )
    if house is None:
        return
    for reason in reasons:
        with transaction(OFFICER) as acting:
            reconciling.settle(acting, OFFICER, house, reason, NOTED)


def _look_at(session: Session) -> None:
    """In the village that is ready every exception was looked at and every explanation read."""
    session.expire_all()
    session.rollback()
    found = session.execute(
        select(QualityException.interview_id, QualityException.check_no).where(
            QualityException.village_code == READY
        )
    ).all()
    for interview, check in {(UUID(str(one)), int(no)) for one, no in found if one}:
        with transaction(INSPECTOR) as acting:
            if check in clearing.CLEARED:
                clearing.clear(acting, INSPECTOR, interview, check, WHY)
            elif check == 5:
                clearing.read(acting, INSPECTOR, interview)
    _clear_one_position(session)


def _clear_one_position(session: Session) -> None:
    """Elsewhere one of the positions outside has been looked at; the others have not."""
    outside = session.scalar(
        select(Interview.id)
        .where(Interview.position_inside.is_(False), Interview.path.startswith(DISTRICT[0]))
        .order_by(Interview.id)
        .limit(1)
    )
    if outside is not None:
        with transaction(INSPECTOR) as acting:
            clearing.clear(acting, INSPECTOR, outside, 1, "บ้านอยู่ริมเขตตำบล (ตัวอย่าง)")
