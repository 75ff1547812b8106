"""Appointment orders: entered with their document, matched to accounts, withdrawn."""

from __future__ import annotations

import hashlib
import secrets as chance
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from webapp import files
from webapp.domain import media
from webapp.domain.actors import Actor
from webapp.domain.appointments import MOST_NAMES, Named, key_of
from webapp.domain.problems import Problem
from webapp.models.appointment import AppointedPerson, AppointmentOrder
from webapp.models.area import Area
from webapp.models.survey_round import Round
from webapp.services import audit, details, made_once, personal_numbers

LARGEST_DOCUMENT = 10 * 1024 * 1024
NONCE = 12

# By ID number first, else by a name that only one volunteer in sight has.
_MATCH = text("""
    with open as (
        select p.id, p.national_id_index, p.name_key from appointed_people p
        where p.order_id = :order and p.account_id is null),
    by_id as (
        select open.id, min(d.account_id::text)::uuid as account, 'id' as how
        from open join person_details d on d.national_id_index = open.national_id_index
        join accounts a on a.id = d.account_id and a.role = 'volunteer'
            and a.status in ('active', 'suspended')
        group by open.id having count(*) = 1),
    by_name as (
        select open.id, min(a.id::text)::uuid as account, 'name' as how
        from open join accounts a on a.name_th = open.name_key and a.role = 'volunteer'
            and a.status in ('active', 'suspended')
        where open.id not in (select id from by_id)
        group by open.id having count(*) = 1)
    update appointed_people p set account_id = m.account, matched_by = m.how
    from (select * from by_id union all select * from by_name) m
    where p.id = m.id returning p.id
""")


@dataclass(frozen=True)
class NewOrder:
    """An order as an officer enters it; `document` is the whole PDF or photo, or nothing."""

    area_code: str
    number: str
    issued_on: date
    names: Sequence[Named]
    document: bytes = b""
    document_name: str = ""
    id: UUID = field(default_factory=uuid4)


def enter(
    session: Session, actor: Actor, folder: Path, secrets: Mapping[str, bytes], new: NewOrder
) -> UUID:
    """The order names these people in that area; each is matched to an account where one fits.

    The document is on disk, sealed and flushed, before the order exists. Number, date and names
    are what the letter's quality check 3 compares with. The same sent twice is one order.

    Raises:
        Problem: `not-found` for an area that is not the officer's, `too-large`, `unsupported` for
            a document that is neither PDF nor photo, `malformed` for an id that is taken.
    """
    path = session.scalar(select(Area.path).where(Area.code == new.area_code))
    if path is None or not actor.works_in(path):
        raise Problem("not-found")
    if len(new.names) > MOST_NAMES or len(new.document) > LARGEST_DOCUMENT:
        raise Problem("too-large")
    author = select(AppointmentOrder.made_by).where(AppointmentOrder.id == new.id)
    if made_once.is_made(session, actor, new.id, author):
        return new.id
    order = AppointmentOrder(
        id=new.id,
        round_id=session.scalars(select(Round.id).where(Round.is_current)).one(),
        area_code=new.area_code,
        path=path,
        number=new.number,
        issued_on=new.issued_on,
        made_by=actor.account,
    )
    if new.document:
        _keep(order, folder, secrets["copies"], new)
    made_once.add(session, order)
    session.add_all(_people(order.id, secrets, new.names))
    session.flush()
    match(session, order.id)
    said = {"number": new.number, "issued_on": new.issued_on, "names": len(new.names)}
    audit.note(session, "order.entered", actor.account, path, after=said, order=order.id)
    return order.id


def match(session: Session, order: UUID) -> int:
    """Names without an account get the one that fits; how many did. Doubtful ones stay open."""
    return len(session.execute(_MATCH, {"order": order}).all())


def match_by_hand(
    session: Session, actor: Actor, order: UUID, person: int, account: UUID | None
) -> None:
    """The officer says whose name it is, or that it is nobody's after all.

    Raises:
        Problem: `not-found` for a name or a volunteer that is not in sight.
    """
    found = session.scalar(
        select(AppointedPerson).where(
            AppointedPerson.id == person, AppointedPerson.order_id == order
        )
    )
    if found is None:
        raise Problem("not-found")
    if account is not None and not session.scalar(select(func.jpt_assignable(account))):
        raise Problem("not-found")
    before = {"account": found.account_id}
    found.account_id, found.matched_by = account, "hand" if account else None
    session.flush()
    path = session.scalar(select(AppointmentOrder.path).where(AppointmentOrder.id == order))
    after = {"account": account}
    audit.note(
        session, "order.matched", actor.account, path, before=before, after=after, order=order
    )


def withdraw(session: Session, actor: Actor, order: UUID, reason: str) -> None:
    """The order counts no more; it stays readable, with the reason.

    Raises:
        Problem: `reason` without one, `not-found` where it is not in sight or withdrawn already.
    """
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Problem("reason")
    gone = session.execute(
        update(AppointmentOrder)
        .where(AppointmentOrder.id == order, AppointmentOrder.withdrawn_at.is_(None))
        .values(withdrawn_at=func.now(), withdrawn_by=actor.account, withdrawal_reason=reason)
        .returning(AppointmentOrder.path)
    ).scalar_one_or_none()
    if gone is None:
        raise Problem("not-found")
    audit.note(session, "order.withdrawn", actor.account, gone, order=order, reason=reason)


def document(folder: Path, key: bytes, order: AppointmentOrder) -> bytes:
    """The order's document, opened. Raises Problem `not-found` where it has none, or it is lost."""
    if order.document_sha256 is None or not files.holds(folder, order.document_sha256):
        raise Problem("not-found")
    sealed = files.read(folder, order.document_sha256)
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], _about(order.id))


def _keep(order: AppointmentOrder, folder: Path, key: bytes, new: NewOrder) -> None:
    kind = media.kind_of(new.document[:16])
    if kind is None:
        raise Problem("unsupported")
    nonce = chance.token_bytes(NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, new.document, _about(order.id))
    digest = hashlib.sha256(sealed).digest()
    files.keep(folder, iter([sealed]), digest, len(sealed))
    order.document_sha256, order.document_type = digest, kind
    order.document_name = media.safe_name(new.document_name, kind)


def _people(
    order: UUID, secrets: Mapping[str, bytes], names: Sequence[Named]
) -> list[AppointedPerson]:
    people = []
    for place, one in enumerate(names, start=1):
        person = AppointedPerson(
            order_id=order, place=place, name_th=one.name_th, name_key=key_of(one.name_th)
        )
        if one.national_id:
            about = f"appointed_people.national_id.{order}.{place}"
            person.national_id = personal_numbers.seal(secrets["fields"], one.national_id, about)
            person.national_id_index = details.index(secrets, "national_id", one.national_id)
        people.append(person)
    return people


def _about(order: UUID) -> bytes:
    return b"appointment order " + order.bytes
