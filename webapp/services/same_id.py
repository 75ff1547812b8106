"""One ID number works once in a role: two who judge it at the same time wait for each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webapp.domain.problems import Problem
from webapp.models.account import Account
from webapp.models.person import PersonDetails

_ALIKE = text(
    "select 1 from jpt_people_alike(:accounts) where same_id and role = :role "
    "and status in ('active', 'suspended') limit 1"
)
_HOLD = text("select pg_advisory_xact_lock(key) from unnest(cast(:keys as bigint[])) as key")


def refuse_twice(session: Session, person: Account) -> None:
    """Raises Problem `duplicate-person` where somebody of this role works under the same ID.

    Two approvals of one ID, in two districts, wait for each other.
    """
    asked = {"accounts": [person.id], "role": person.role}
    if hold(session, [person.id]) and session.scalar(_ALIKE, asked):
        raise Problem("duplicate-person")


def hold(session: Session, accounts: Iterable[UUID]) -> int:
    """Nobody else judges these people's ID numbers until the transaction ends; how many have one.

    In one order, so that two lists with the same people wait for each other, and never in a ring.
    """
    known = session.scalars(
        select(PersonDetails.national_id_index).where(
            PersonDetails.account_id.in_(accounts), PersonDetails.national_id_index.is_not(None)
        )
    )
    return hold_numbers(session, [index for index in known if index])


def hold_numbers(session: Session, indexes: Iterable[bytes]) -> int:
    """As `hold`, by the numbers' blind indexes: before anything is written of the people.

    Whoever waits for a number must not keep others from the people's counts meanwhile.
    """
    keys = sorted({int.from_bytes(index[:8], signed=True) for index in indexes})
    session.execute(_HOLD, {"keys": keys})
    return len(keys)


def hold_people(session: Session, accounts: Collection[UUID]) -> None:
    """These people, and then their numbers, are held before the first of them is acted on.

    So two officers whose lists cross by one ID in two areas wait for each other, never in a ring.
    """
    rows = select(Account.id).where(Account.id.in_(accounts)).order_by(Account.id)
    session.execute(rows.with_for_update())
    hold(session, accounts)
