"""Somebody registers to work in the survey: one waiting person, known again by a code."""

from __future__ import annotations

import hmac
import secrets as chance
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain import people
from webapp.domain.actors import Role
from webapp.domain.identifiers import digits_of
from webapp.domain.people import Status
from webapp.domain.registration import Wish, problems
from webapp.models.account import Account
from webapp.models.area import Area
from webapp.models.person import OfferedVillage, PersonDetails
from webapp.services import audit, details

CODE_DIGITS = 12
_EASY_TO_READ = "abcdefghjkmnpqrstuvwxyz23456789"
Secrets = Mapping[str, bytes]


def account_of(request: UUID, secrets: Secrets) -> UUID:
    """The id of the person a request registers: always the same, and not to be guessed from it."""
    return UUID(bytes=_derived(request, b"account", secrets)[:16], version=4)


def code_of(request: UUID, secrets: Secrets) -> str:
    """The request's status code: 12 digits, always the same, kept nowhere."""
    number = int.from_bytes(_derived(request, b"code", secrets)) % 10**CODE_DIGITS
    return f"{number:0{CODE_DIGITS}}"


def written_code(code: str) -> str:
    """The code as people copy it: 1234 5678 9012."""
    return " ".join(code[start : start + 4] for start in range(0, CODE_DIGITS, 4))


def code_index(code: str, secrets: Secrets) -> bytes:
    """What the register keeps of a code, however it is written."""
    return hmac.digest(secrets["blind_index"], b"status " + digits_of(code).encode(), "sha256")


def new_username() -> str:
    """A name to sign in with that says nothing about the person: 40 bits, no look-alikes."""
    made = "".join(chance.choice(_EASY_TO_READ) for _ in range(8))
    return f"{made[:4]}-{made[4:]}"


def area_problems(session: Session, wish: Wish) -> dict[str, str]:
    """What is wrong with the places chosen: not there any more, or not of the level asked for."""
    found = {}
    if wish.area_code and _path(session, wish.role, wish.area_code) is None:
        found["area_code"] = f"register.{wish.role.value}_area_missing"
    if wish.offered:
        there = select(Area.code).where(
            Area.code.in_(wish.offered), Area.level == "village", Area.is_active
        )
        if set(session.scalars(there)) != set(wish.offered):
            found["offered"] = "register.offered_unknown"
    return found


def register(session: Session, wish: Wish, secrets: Secrets, now: datetime) -> bool:
    """The person waits for approval; whether they are new. Nobody learns who else is registered.

    The scope is `actors.registration(account_of(wish.request))`. The same request sent again is the
    same registration, with what was last written while nobody has decided. A person who is there
    already is added all the same: officers see the likeness, strangers learn nothing of it.

    Raises:
        ValueError: the wish has problems that should have been shown.
    """
    found = problems(wish)
    wish = wish.tidied()
    path = _path(session, wish.role, wish.area_code)
    if found or path is None:
        raise ValueError("a registration with problems")
    account = account_of(wish.request, secrets)
    is_new = _add_account(session, account, wish, path)
    if not is_new and not _change_account(session, account, wish, path):
        return False
    _write_details(session, account, wish, secrets, now)
    _write_offers(session, account, wish.offered)
    if is_new:
        audit.note(
            session, "person.registered", None, path, account=str(account), role=wish.role.value
        )
    return is_new


def _path(session: Session, role: Role, code: str) -> str | None:
    """Where the person would belong; a volunteer says their village, not only the subdistrict."""
    fits = len(code) >= 8 if role is Role.VOLUNTEER else True
    if not fits or not people.belongs_at(role, None, code):
        return None
    return session.scalar(select(Area.path).where(Area.code == code, Area.is_active))


def _add_account(session: Session, account: UUID, wish: Wish, path: str) -> bool:
    """Two that arrive at once: the second waits for the first, and then is not new."""
    fresh = insert(Account).values(
        id=account,
        role=wish.role.value,
        username=new_username(),
        name_th=wish.name_th,
        path=path,
        status=Status.WAITING.value,
    )
    fresh = fresh.on_conflict_do_nothing(index_elements=[Account.id])
    return session.scalar(fresh.returning(Account.id)) is not None


def _change_account(session: Session, account: UUID, wish: Wish, path: str) -> bool:
    """Whether nobody has decided yet, so that what was written last counts."""
    changed = session.scalar(
        update(Account)
        .where(Account.id == account, Account.status == Status.WAITING.value)
        .values(role=wish.role.value, name_th=wish.name_th, path=path)
        .returning(Account.id)
    )
    return changed is not None


def _write_details(
    session: Session, account: UUID, wish: Wish, secrets: Secrets, now: datetime
) -> None:
    numbers = {"national_id": wish.national_id, "phone": wish.phone}
    values: dict[str, Any] = {
        "title_th": wish.title_th,
        "home_village_code": wish.area_code if wish.role is Role.VOLUNTEER else None,
        "agency_th": wish.agency_th or None,
        "position_th": wish.position_th or None,
        "consent_version": wish.agreed_to,
        **details.sealed(secrets, account, numbers),
    }
    first = {
        "account_id": account,
        "consent_at": now,
        "registered_at": now,
        "status_code_index": code_index(code_of(wish.request, secrets), secrets),
    }
    session.execute(
        insert(PersonDetails)
        .values(**first, **values)
        .on_conflict_do_update(index_elements=[PersonDetails.account_id], set_=values)
    )


def _write_offers(session: Session, account: UUID, villages: tuple[str, ...]) -> None:
    session.execute(delete(OfferedVillage).where(OfferedVillage.account_id == account))
    session.add_all(OfferedVillage(account_id=account, village_code=one) for one in villages)
    session.flush()


def _derived(request: UUID, what: bytes, secrets: Secrets) -> bytes:
    return hmac.digest(secrets["blind_index"], b"registration " + what + request.bytes, "sha256")
