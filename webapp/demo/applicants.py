"""People in every state for the back office: registered, approved, refused, suspended, closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp import db
from webapp.demo import cast, names, province
from webapp.demo.chance import source, uuid4
from webapp.demo.people import national_id
from webapp.domain import actors
from webapp.domain.actors import Actor, Role
from webapp.domain.people import Act, Status, may_act_on
from webapp.domain.registration import NOTICE_VERSION, Wish
from webapp.models.account import Account
from webapp.models.audit import AuditEntry
from webapp.models.person import PersonDetails
from webapp.services import audit, details, registration
from webapp.services import people as acts

SETTLED = "demo.applicants"
HOME_UNSAID = "prasert"
Secrets = Mapping[str, bytes]


@dataclass(frozen=True)
class Fate:
    """So many people of a kind, and what an officer did to them, with which reason."""

    count: int
    role: Role
    acts: tuple[tuple[Act, str], ...] = ()


APPROVED = (Act.APPROVE, "")
FATES = (
    Fate(24, Role.VOLUNTEER),
    Fate(2, Role.INSPECTOR),
    Fate(8, Role.VOLUNTEER, (APPROVED,)),
    Fate(2, Role.INSPECTOR, (APPROVED,)),
    Fate(2, Role.VOLUNTEER, ((Act.REFUSE, "อยู่นอกพื้นที่จัดเก็บ กรุณาลงทะเบียนที่อำเภอที่ท่านอยู่"),)),
    Fate(1, Role.VOLUNTEER, ((Act.REFUSE, "ลงทะเบียนไว้แล้ว ใช้ใบเดิม"),)),
    Fate(2, Role.VOLUNTEER, (APPROVED, (Act.SUSPEND, "ลาป่วย"))),
    Fate(1, Role.INSPECTOR, (APPROVED, (Act.SUSPEND, "ย้ายหน่วยงาน"))),
    Fate(2, Role.VOLUNTEER, (APPROVED, (Act.CLOSE, "ย้ายไปต่างจังหวัด"))),
)
OFFICES = (("4301", "เมืองหนองคาย"), ("4302", "ท่าบ่อ"))


def settle(session: Session, secrets: Secrets, today: date) -> None:
    """The back office has something to do; a second time nothing is added.

    `session` is the loader's. They register as anybody would, and the district officers decide: all
    of it as the application's own role. The areas, the round and the cast must be committed.
    """
    if session.scalar(select(AuditEntry.id).where(AuditEntry.act == SETTLED)):
        return
    for person in cast.CAST:
        _complete(session, person, secrets)
    session.commit()
    fates = [fate for fate in FATES for _ in range(fate.count)]
    for number, fate in enumerate(fates):
        _register(number, fate, secrets, today)
    _liken(session, secrets)
    audit.note(session, SETTLED, None, None)
    session.commit()


def _complete(session: Session, person: cast.Person, secrets: Secrets) -> None:
    """Somebody of the cast has a number, a telephone and, where they visit, a home village.

    One of the volunteers has not said where they live.
    """
    chance = source(0, "details", person.username)
    numbers = {"national_id": national_id(chance), "phone": _phone(chance)}
    is_known = person.role is Role.VOLUNTEER and person.username != HOME_UNSAID
    home = person.areas[0] if is_known else None
    sealed = details.sealed(secrets, person.id, numbers)
    values = {"account_id": person.id, "home_village_code": home, **sealed}
    session.execute(insert(PersonDetails).values(values).on_conflict_do_nothing())


def _register(number: int, fate: Fate, secrets: Secrets, today: date) -> None:
    """One of them registers on a day of the last weeks, and an officer decides."""
    chance = source(0, "applicant", number)
    wish = _wish(chance, number, fate.role)
    moment = datetime.combine(today, time(2), UTC) - timedelta(hours=chance.randint(1, 600))
    account = registration.account_of(wish.request, secrets)
    with db.transaction(actors.registration(account)) as session:
        registration.register(session, wish, secrets, moment)
    suda = cast.BY_NAME["suda" if wish.area_code.startswith("4301") else "ratana"]
    officer = Actor(suda.id, suda.role, suda.name_th, suda.username, suda.level, _paths(suda.areas))
    with db.transaction(officer) as session:
        for wanted, reason in fate.acts:
            standing = Status(session.get_one(Account, account).status)
            if may_act_on(standing, wanted):  # loading that was broken off is taken up again
                acts.act(session, officer, account, wanted, reason=reason)


def _wish(chance: Random, number: int, role: Role) -> Wish:
    sex = chance.choice(("male", "female", "female"))
    years = chance.randint(28, 66)
    village = province.village_codes()[number * 5 % len(province.village_codes())]
    district, office = OFFICES[number % 4 == 3]
    is_volunteer = role is Role.VOLUNTEER
    return Wish(
        request=uuid4(source(0, "request", number)),
        role=role,
        title_th="นาย" if sex == "male" else chance.choice(("นาง", "นางสาว")),
        given=names.first_name(chance, sex, years),
        family=names.surname(chance),
        national_id=national_id(chance),
        phone=_phone(chance),
        area_code=village if is_volunteer else district,
        offered=_offered(chance, village) if is_volunteer else (),
        agency_th="" if is_volunteer else f"สำนักงานพัฒนาชุมชนอำเภอ{office}",
        position_th="" if is_volunteer else "นักวิชาการพัฒนาชุมชน",
        agreed_to=NOTICE_VERSION,
    )


def _offered(chance: Random, home: str) -> tuple[str, ...]:
    """The home village, and often another of the same subdistrict."""
    near = [one for one in province.village_codes() if one[:6] == home[:6] and one != home]
    return (home, *chance.sample(near, min(len(near), chance.randint(0, 1))))


def _phone(chance: Random) -> str:
    """A number of a range that is given to nobody: 099 999 …"""
    return f"099999{chance.randint(0, 9999):04}"


def _paths(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"TH.{code[:2]}.{code}." for code in codes)


def _liken(session: Session, secrets: Secrets) -> None:
    """A couple shares a telephone, and one person has registered twice."""
    waiting = session.scalars(
        select(Account.id)
        .where(Account.status == "waiting", Account.role == "volunteer")
        .order_by(Account.name_th)
    ).all()
    shared = details.sealed(secrets, waiting[1], {"phone": "0999990001"})
    _change(session, waiting[1], shared)
    _change(session, waiting[2], details.sealed(secrets, waiting[2], {"phone": "0999990001"}))
    mali = cast.BY_NAME["mali"]
    number = national_id(source(0, "details", mali.username))
    _change(session, waiting[5], details.sealed(secrets, waiting[5], {"national_id": number}))


def _change(session: Session, account: UUID, values: dict[str, bytes | None]) -> None:
    changed = update(PersonDetails).where(PersonDetails.account_id == account)
    session.execute(changed.values(**values))
