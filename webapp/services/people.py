"""What officers do to people: approve, refuse, suspend, resume, close; with reason and history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select, text, update
from sqlalchemy.orm import Session

from webapp.domain import people
from webapp.domain.actors import Actor, Role
from webapp.domain.people import Act, Status
from webapp.domain.problems import Problem
from webapp.models.account import Account, Grant
from webapp.models.area import Area
from webapp.models.person import PersonDetails
from webapp.services import assignments, audit, details, same_id

LONGEST_REASON = 500
CLOSED = "ปิดบัญชีแล้ว"
"""Why the assignments of somebody who was closed have ended."""
AUDITED = {
    Act.APPROVE: "person.approved",
    Act.REFUSE: "person.refused",
    Act.RECONSIDER: "person.reconsidered",
    Act.WITHDRAW: "person.withdrawn",
    Act.SUSPEND: "person.suspended",
    Act.RESUME: "person.resumed",
    Act.CLOSE: "person.closed",
}
ANY_TIME = frozenset({Act.SUSPEND})
"""Done whatever the service plan says: whoever must be stopped is stopped."""
_LAST = text("select act, actor_id, after from jpt_person_history(:account, null, 1)")


@dataclass(frozen=True)
class Outcome:
    """What came of an act on one of many."""

    account: UUID
    name_th: str
    problem: str | None = None


def act(
    session: Session,
    actor: Actor,
    account: UUID,
    wanted: Act,
    *,
    reason: str = "",
    closed: Collection[Role] = (),
) -> Account:
    """The person's state is what the act leads to, from their next request on.

    `closed` are the roles whose service window is not open now. The same act sent twice, by a
    double tap or after a lost answer, is the one already done.

    Raises:
        Problem: `not-found` (outside the areas or not below), `moved-on` (their state does not
            allow it any more), `service-closed`, `reason`, `duplicate-person`, `has-begun`.
    """
    person = locked(session, account)
    if _is_done_already(session, actor, person, wanted, reason):
        return person
    if not people.may_act_on(Status(person.status), wanted):
        raise Problem("moved-on")
    if Role(person.role) in closed and wanted not in ANY_TIME:
        raise Problem("service-closed")
    reason = checked_reason(reason, wanted)
    _PREPARE.get(wanted, _nothing)(session, actor, person)
    before = {"status": person.status}
    person.status = people.LEADS_TO[wanted].value
    person.status_reason = reason or None
    person.status_at = func.now()
    person.revision += 1
    session.flush()
    _note(session, actor, person, AUDITED[wanted], before, reason)
    return person


def act_on_many(
    session: Session,
    actor: Actor,
    accounts: Iterable[UUID],
    wanted: Act,
    *,
    reason: str = "",
    closed: Collection[Role] = (),
) -> list[Outcome]:
    """Done to each whose state allows it; what came of it for every one, by name."""
    found = []
    each = _in_order(session, accounts)
    if _PREPARE.get(wanted) is _approve:
        same_id.hold_people(session, each)
    for account in each:
        try:
            done = act(session, actor, account, wanted, reason=reason, closed=closed)
            found.append(Outcome(account, done.name_th))
        except Problem as problem:
            known = session.get(Account, account)
            found.append(Outcome(account, known.name_th if known else "", problem.code))
    return found


def _in_order(session: Session, accounts: Iterable[UUID]) -> list[UUID]:
    """By area: two officers whose people overlap then wait for each other, and never in a ring."""
    wanted = set(accounts)
    known = session.execute(
        select(Account.id, Account.path, Account.role).where(Account.id.in_(wanted))
    )
    places = {account: (path, role) for account, path, role in known}
    return sorted(wanted, key=lambda one: (places.get(one, ("", "")), one))


def locked(session: Session, account: UUID, revision: int | None = None) -> Account:
    """The person, held until the transaction ends; `revision` is the one that was looked at.

    Raises Problem `not-found`; `stale` where somebody has changed them since.
    """
    person = session.scalars(
        select(Account)
        .where(Account.id == account, Account.role != Role.ANONYMOUS.value)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if person is None:
        raise Problem("not-found")
    if revision is not None and person.revision != revision:
        raise Problem("stale", said="stale-person")
    return person


def erase(
    session: Session, actor: Actor, account: UUID, reason: str, closed: Collection[Role] = ()
) -> bool:
    """Somebody who has done nothing is gone from the register; False where they have, and stay.

    Raises Problem `not-found`, `reason`, `service-closed`.
    """
    person = locked(session, account)
    if Role(person.role) in closed:
        raise Problem("service-closed")
    reason = checked_reason(reason, Act.CLOSE)
    path, role = person.path, person.role
    session.expunge(person)
    if not session.scalar(select(func.jpt_erase_person(account))):
        return False
    after = {"reason": reason, "role": role}
    audit.note(session, "person.erased", actor.account, path, after=after, account=str(account))
    return True


def may_erase(session: Session, account: UUID) -> bool:
    """Whether nothing was ever done by, or given to, this person."""
    return bool(session.scalar(select(func.jpt_may_erase(account))))


def unmask(
    session: Session, actor: Actor, account: UUID, reason: str, secrets: Mapping[str, bytes]
) -> dict[str, str | None]:
    """The whole ID and telephone number, for one who says why; the log knows that they looked.

    Raises Problem `not-found`, `moved-on`, `reason`.
    """
    person = locked(session, account)
    if not people.may_act_on(Status(person.status), Act.UNMASK):
        raise Problem("moved-on")
    reason = checked_reason(reason, Act.UNMASK)
    kept = session.get(PersonDetails, account)
    after = {"reason": reason}
    audit.note(
        session, "person.unmasked", actor.account, person.path, after=after, account=str(account)
    )
    return {
        name: details.opened(secrets, account, name, getattr(kept, name) if kept else None)
        for name in details.NUMBERS
    }


def checked_reason(reason: str, wanted: Act) -> str:
    """The reason on one line. Raises Problem `reason` where the act needs one and there is none."""
    reason = people.tidy(reason)[:LONGEST_REASON]
    if wanted in people.NEEDS_REASON and len(reason) < 3:
        raise Problem("reason")
    return reason


def grant(session: Session, account: UUID, path: str) -> None:
    """The person's rights hold in that area, and in no other any more."""
    live = (Grant.account_id == account, Grant.ended_at.is_(None))
    session.execute(update(Grant).where(*live, Grant.path != path).values(ended_at=func.now()))
    if not session.scalar(select(exists().where(*live, Grant.path == path))):
        code = session.scalars(select(Area.code).where(Area.path == path)).one()
        session.add(Grant(account_id=account, area_code=code, path=path))
        session.flush()


def _approve(session: Session, actor: Actor, person: Account) -> None:
    """A volunteer's rights are assignments, which come later; an inspector's are the area's."""
    same_id.refuse_twice(session, person)
    live = select(exists().where(Grant.account_id == person.id, Grant.ended_at.is_(None)))
    if person.role != Role.VOLUNTEER.value and not session.scalar(live):
        grant(session, person.id, person.path)


def _withdraw(session: Session, actor: Actor, person: Account) -> None:
    """An approval can be undone until the person has begun."""
    if person.password_hash is not None or not may_erase(session, person.id):
        raise Problem("has-begun")


def _end(session: Session, actor: Actor, person: Account) -> None:
    session.execute(select(func.jpt_end_sessions(person.id)))


def _close(session: Session, actor: Actor, person: Account) -> None:
    """Numbers are gone for good; their index stays, so that history and orders still match.

    Their work is free to be given to somebody else.
    """
    _end(session, actor, person)
    assignments.end_all(session, actor, person.id, CLOSED)
    session.execute(
        update(PersonDetails)
        .where(PersonDetails.account_id == person.id)
        .values(national_id=None, phone=None)
    )
    live = (Grant.account_id == person.id, Grant.ended_at.is_(None))
    session.execute(update(Grant).where(*live).values(ended_at=func.now()))


def _is_done_already(
    session: Session, actor: Actor, person: Account, wanted: Act, reason: str
) -> bool:
    """Whether the last that was done to the person is this very act, by this very officer."""
    if person.status != people.LEADS_TO[wanted].value:
        return False
    last = session.execute(_LAST, {"account": person.id}).first()
    if last is None or (last.act, last.actor_id) != (AUDITED[wanted], actor.account):
        return False
    said: str = (last.after or {}).get("reason", "")
    return said == people.tidy(reason)[:LONGEST_REASON]


def _nothing(session: Session, actor: Actor, person: Account) -> None:
    pass


_PREPARE = {
    Act.APPROVE: _approve,
    Act.RESUME: _approve,
    Act.WITHDRAW: _withdraw,
    Act.SUSPEND: _end,
    Act.CLOSE: _close,
}


def _note(
    session: Session,
    actor: Actor,
    person: Account,
    name: str,
    before: dict[str, Any],
    reason: str,
) -> None:
    after = {"status": person.status} | ({"reason": reason} if reason else {})
    audit.note(
        session,
        name,
        actor.account,
        person.path,
        before=before,
        after=after,
        account=str(person.id),
    )
