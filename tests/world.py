"""A small world for tests: two districts, three villages, a round, and people of fixed rights.

Mali works in Ban Nam Sai, Chai in Ban Don; Nida inspects Mali's district, Anan another one.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.domain.service_plan import SERVICES
from webapp.models.account import Account, Grant
from webapp.models.area import Area, LocalAdministration, Village
from webapp.models.household import Assignment, Household
from webapp.models.survey_round import Round, ServiceWindow
from webapp.services import passwords, progress
from webapp.services.progress import Tally

ROUND = "2569"
PASSWORD = "นั่งเรือข้ามโขง-2569"
MALI, CHAI, NIDA, ANAN, OFFICER, VIEWER = (UUID(int=one) for one in range(1, 7))
NAM_SAI, DON, FAR = "43010101", "43010201", "43020101"
HOUSE, SECOND_HOUSE, CHAIS_HOUSE, FAR_HOUSE = (UUID(int=one) for one in range(101, 105))
BOUNDARY = "SRID=4326;MULTIPOLYGON(((102.6 17.8,102.8 17.8,102.8 17.9,102.6 17.9,102.6 17.8)))"
AREAS = [
    ("43", "province", "TH", "TH.43.", "หนองตัวอย่าง"),
    ("4301", "district", "43", "TH.43.4301.", "เมืองตัวอย่าง"),
    ("4302", "district", "43", "TH.43.4302.", "ท่าตัวอย่าง"),
    ("430101", "subdistrict", "4301", "TH.43.4301.430101.", "ในเมือง"),
    ("430102", "subdistrict", "4301", "TH.43.4301.430102.", "นอกเมือง"),
    ("430201", "subdistrict", "4302", "TH.43.4302.430201.", "ริมน้ำ"),
    (NAM_SAI, "village", "430101", f"TH.43.4301.430101.{NAM_SAI}.", "บ้านน้ำใส"),
    (DON, "village", "430102", f"TH.43.4301.430102.{DON}.", "บ้านดอน"),
    (FAR, "village", "430201", f"TH.43.4302.430201.{FAR}.", "บ้านไกล"),
]
PATHS = {code: path for code, _, _, path, _ in AREAS}
PEOPLE = [
    (MALI, "mali", "volunteer", None, NAM_SAI),
    (CHAI, "chai", "volunteer", None, DON),
    (NIDA, "nida", "inspector", None, "4301"),
    (ANAN, "anan", "inspector", None, "4302"),
    (OFFICER, "orathai", "officer", "province", "43"),
    (VIEWER, "wichai", "viewer", None, "43"),
]
HOUSES = [
    (HOUSE, NAM_SAI, "1"),
    (SECOND_HOUSE, NAM_SAI, "2/1"),
    (CHAIS_HOUSE, DON, "9"),
    (FAR_HOUSE, FAR, "77"),
]


hashed_once = cache(passwords.hash_password)
"""A real hash takes its time: made once for all tests of a process."""


def build(session: Session, pepper: bytes, *, closed: bool = False) -> None:
    """The world is in the register afterwards."""
    _areas(session)
    today = date.today()
    session.add(Round(id=ROUND, name_th="รอบทดสอบ", questionnaire_id="bmn-31", is_current=True))
    session.flush()
    for service in SERVICES:
        over = closed and service == "recording"
        session.add(
            ServiceWindow(
                round_id=ROUND,
                service=service,
                opens_on=today - timedelta(days=30),
                closes_on=today - timedelta(days=2) if over else today + timedelta(days=30),
            )
        )
    _people(session, hashed_once(PASSWORD, pepper))
    households(session)
    session.commit()


def _areas(session: Session) -> None:
    for code, level, parent, path, name in AREAS:
        boundary = BOUNDARY if code == "430101" else None
        session.merge(  # the areas stay from test to test, as a country does
            Area(
                code=code,
                level=level,
                parent_code=parent,
                path=path,
                name_th=name,
                boundary=boundary,
                boundary_simple=boundary,
            )
        )
        session.flush()
    office = LocalAdministration(type="อบต.", name_th="ในเมือง", district_code="4301")
    session.add(office)
    session.flush()
    for code, subdistrict in ((NAM_SAI, "430101"), (DON, "430102"), (FAR, "430201")):
        session.add(
            Village(
                code=code,
                subdistrict_code=subdistrict,
                moo=1,
                kind="village",
                local_administration_id=office.id if code == NAM_SAI else None,
                point="SRID=4326;POINT(102.7 17.85)" if code == NAM_SAI else None,
            )
        )
    session.flush()


def _people(session: Session, hashed: str) -> None:
    for key, username, role, level, area in PEOPLE:
        session.add(
            Account(
                id=key,
                role=role,
                level=level,
                username=username,
                name_th=f"คุณ{username}",
                path=PATHS[area],
                password_hash=hashed,
            )
        )
        session.flush()
        session.add(Grant(account_id=key, area_code=area, path=PATHS[area]))
        if role == "volunteer":
            session.add(
                Assignment(round_id=ROUND, account_id=key, village_code=area, path=PATHS[area])
            )
    session.flush()


def households(session: Session) -> None:
    """The four houses are on the list, nobody has visited them, and their villages count them."""
    for key, village, number in HOUSES:
        session.add(
            Household(
                id=key,
                round_id=ROUND,
                village_code=village,
                path=PATHS[village],
                house_number=number,
                head_name="หัวหน้า ตัวอย่าง",
            )
        )
        progress.shift(session, ROUND, village, PATHS[village], None, Tally("todo"))
    session.flush()


def counts(session: Session, village: str) -> dict[str, int]:
    """The village's rollup as it stands."""
    session.rollback()
    row = session.execute(
        text("select * from village_progress where village_code = :v"), {"v": village}
    ).mappings()
    return dict(row.one())
