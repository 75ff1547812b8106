"""Officers make people's accounts, put their details right, and move them to another area."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain import people
from webapp.domain.actors import Actor, Level, Role
from webapp.domain.identifiers import digits_of
from webapp.domain.people import Act, Status
from webapp.domain.problems import Problem
from webapp.domain.registration import name_problems, number_problems
from webapp.models.account import Account
from webapp.models.area import Area
from webapp.models.person import OfferedVillage, PersonDetails
from webapp.services import audit, details, made_once, registration, same_id
from webapp.services import people as acts

Secrets = Mapping[str, bytes]
_LOGGED = (
    ("title", "title_th"),
    ("home_village", "home_village_code"),
    ("agency", "agency_th"),
    ("position", "position_th"),
)
"""What the log calls the columns of a person's details."""
_AUTHOR = text("""
    select (select h.actor_id from jpt_person_history(a.id, null, 1000) h
        where h.act = 'person.created')
    from accounts a where a.id = :account
""")
"""Which officer added the person: nobody where they registered themselves."""
CHANGED = "เปลี่ยน"
"""What the log keeps of a number that was changed."""


@dataclass(frozen=True)
class Written:
    """What an officer writes about a person; an empty number stays as it is."""

    title_th: str = ""
    given: str = ""
    family: str = ""
    national_id: str = ""
    phone: str = ""
    home_village_code: str = ""
    agency_th: str = ""
    position_th: str = ""

    @property
    def name_th(self) -> str:
        """The name as accounts keep it."""
        return people.full_name(self.given, self.family)

    def numbers(self) -> dict[str, str]:
        """The numbers written, as digits."""
        written = {
            "national_id": digits_of(self.national_id),
            "phone": people.phone_of(self.phone) or "",
        }
        return {name: digits for name, digits in written.items() if digits}


@dataclass(frozen=True)
class New:
    """Whom an officer adds: as what, where, and what is known of them."""

    role: Role
    level: Level | None
    area_code: str
    written: Written
    offered: tuple[str, ...] = ()
    id: UUID = field(default_factory=uuid4)


def problems(written: Written, *, needed: Collection[str] = ()) -> dict[str, str]:
    """What must be put right, field by field; numbers only where written or needed."""
    numbers = number_problems(written.national_id, written.phone)
    found = name_problems(written.title_th, written.given, written.family)
    return found | {
        name: key for name, key in numbers.items() if getattr(written, name) or name in needed
    }


def create(session: Session, actor: Actor, new: New, secrets: Secrets) -> Account:
    """The person may work at once in their area; they sign in after the first-sign-in code.

    The same sent twice, with the same id, is one person.

    Raises:
        Problem: `forbidden` (not of a level this officer makes), `not-found` (an area that is not
            theirs or does not fit the role), `duplicate-person`, `malformed` (an id that is taken).
    """
    author = _AUTHOR.bindparams(account=new.id)
    if made_once.is_made(session, actor, new.id, author):
        return session.get_one(Account, new.id)
    same_id.hold_numbers(session, indexes(secrets, [new]))
    person = add(session, actor, new, secrets)
    same_id.refuse_twice(session, person)
    return person


def indexes(secrets: Secrets, people: Iterable[New]) -> list[bytes]:
    """The blind indexes of the ID numbers of those who have one."""
    numbers = [one.written.numbers().get("national_id") for one in people]
    return [details.index(secrets, "national_id", digits) for digits in numbers if digits]


def add(session: Session, actor: Actor, new: New, secrets: Secrets) -> Account:
    """As `create`, for whoever looks by themselves whether somebody is there twice.

    Raises Problem `forbidden`, `not-found`, `malformed`.
    """
    if not people.may_create(actor.level, new.role, new.level):
        raise Problem("forbidden")
    path = own_area(session, actor, new.role, new.level, new.area_code)
    person = Account(
        id=new.id,
        role=new.role.value,
        level=new.level.value if new.level else None,
        username=registration.new_username(),
        name_th=new.written.name_th,
        path=path,
        status=Status.ACTIVE.value,
    )
    made_once.add(session, person)
    _write_details(session, person.id, new.written, secrets)
    session.add_all(OfferedVillage(account_id=person.id, village_code=one) for one in new.offered)
    if new.role is not Role.VOLUNTEER:
        acts.grant(session, person.id, path)
    after = {"role": person.role, "level": person.level, "name_th": person.name_th}
    audit.note(session, "person.created", actor.account, path, after=after, account=str(person.id))
    return person


def edit(
    session: Session,
    actor: Actor,
    account: UUID,
    written: Written,
    revision: int,
    secrets: Secrets,
    closed: Collection[Role] = (),
) -> Account:
    """The person's details are as written; nothing happens where nothing differs.

    Raises:
        Problem: `not-found`, `stale` (somebody changed them since `revision`), `moved-on`,
            `service-closed`, `duplicate-person`.
    """
    person = _open(session, account, revision, Act.EDIT, closed)
    before, after = _differences(session, person, written, secrets)
    if not after:
        return person
    person.name_th = written.name_th
    person.revision += 1
    session.flush()
    _write_details(session, account, written, secrets)
    if "national_id" in after and person.status == Status.ACTIVE.value:
        same_id.refuse_twice(session, person)
    audit.note(
        session,
        "person.edited",
        actor.account,
        person.path,
        before=before,
        after=after,
        account=str(account),
    )
    return person


def transfer(
    session: Session,
    actor: Actor,
    account: UUID,
    area_code: str,
    revision: int,
    reason: str = "",
    closed: Collection[Role] = (),
) -> Account:
    """The person belongs to another area; the rights of an inspector or viewer move along.

    A volunteer's assignments stay until somebody hands them over. The officers of the former area
    see the move in their log.

    Raises:
        Problem: `not-found` (also for an area outside one's own), `stale`, `moved-on`,
            `service-closed`.
    """
    person = _open(session, account, revision, Act.TRANSFER, closed)
    level = Level(person.level) if person.level else None
    path = own_area(session, actor, Role(person.role), level, area_code)
    if path == person.path:
        return person
    before, person.path = person.path, path
    person.revision += 1
    session.flush()
    if person.role != Role.VOLUNTEER.value:
        acts.grant(session, person.id, path)
    after = {"path": path} | ({"reason": people.tidy(reason)} if reason.strip() else {})
    for seen_in in dict.fromkeys((before, path)):
        audit.note(
            session,
            "person.transferred",
            actor.account,
            seen_in,
            before={"path": before},
            after=after,
            account=str(account),
        )
    return person


def own_area(
    session: Session, actor: Actor, role: Role, level: Level | None, area_code: str
) -> str:
    """The path of an area inside the officer's own that such a person can belong to.

    Raises Problem `not-found` where it is not one.
    """
    path = session.scalar(select(Area.path).where(Area.code == area_code, Area.is_active))
    if path is None or not actor.works_in(path) or not people.belongs_at(role, level, area_code):
        raise Problem("not-found")
    return path


def _open(
    session: Session, account: UUID, revision: int, wanted: Act, closed: Collection[Role]
) -> Account:
    person = acts.locked(session, account, revision)
    if not people.may_act_on(Status(person.status), wanted):
        raise Problem("moved-on")
    if Role(person.role) in closed:
        raise Problem("service-closed")
    return person


def _differences(
    session: Session, person: Account, written: Written, secrets: Secrets
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The changed fields before and after; of numbers only that they changed."""
    kept = session.get(PersonDetails, person.id)
    was = {name: (getattr(kept, column) if kept else None) or "" for name, column in _LOGGED}
    now = {name: people.tidy(getattr(written, column)) for name, column in _LOGGED}
    before, after = audit.changes(
        was | {"name_th": person.name_th}, now | {"name_th": written.name_th}
    )
    for name, digits in written.numbers().items():
        if kept is None or details.index(secrets, name, digits) != getattr(kept, f"{name}_index"):
            before[name], after[name] = None, CHANGED
    return before, after


def _write_details(session: Session, account: UUID, written: Written, secrets: Secrets) -> None:
    values: dict[str, Any] = {
        "title_th": people.tidy(written.title_th),
        "home_village_code": written.home_village_code or None,
        "agency_th": people.tidy(written.agency_th) or None,
        "position_th": people.tidy(written.position_th) or None,
        **details.sealed(secrets, account, written.numbers()),
    }
    session.execute(
        insert(PersonDetails)
        .values(account_id=account, **values)
        .on_conflict_do_update(index_elements=[PersonDetails.account_id], set_=values)
    )


def offer(session: Session, account: UUID, villages: Collection[str]) -> None:
    """The villages offered are these."""
    session.execute(delete(OfferedVillage).where(OfferedVillage.account_id == account))
    session.add_all(OfferedVillage(account_id=account, village_code=one) for one in villages)
    session.flush()
