"""A subdistrict's working group: members entered, corrected, ended; minutes attached, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.areas import AreaLevel
from webapp.domain.problems import Problem
from webapp.domain.working_group import ENDINGS, SECTORS, Seat
from webapp.models.area import Area
from webapp.models.survey_round import Round
from webapp.models.working_group import WorkingGroupMember, WorkingGroupMinutes
from webapp.services import audit, made_once, sealed_documents


@dataclass(frozen=True)
class NewMinutes:
    """A paper of a meeting as an officer attaches it: a whole PDF or photo."""

    met_on: date
    content: bytes
    name: str
    id: UUID = field(default_factory=uuid4)


def enter(
    session: Session,
    actor: Actor,
    subdistrict: str,
    seat: Seat,
    replaces: UUID | None = None,
    new: UUID | None = None,
) -> UUID:
    """The person sits in the subdistrict's working group of this round; `new` is their id.

    The same sent twice, with the same id, is one member.

    Raises:
        Problem: `not-found` for a subdistrict that is not the officer's; `malformed` for a sector
            that is none, or an id that is taken.
    """
    path = _path(session, actor, subdistrict)
    if seat.sector not in SECTORS:
        raise Problem("malformed")
    seat, new = seat.tidy(), new or uuid4()
    author = select(WorkingGroupMember.made_by).where(WorkingGroupMember.id == new)
    if made_once.is_made(session, actor, new, author):
        return new
    member = WorkingGroupMember(
        id=new,
        round_id=_current(session),
        subdistrict_code=subdistrict,
        path=path,
        name_th=seat.name_th,
        position_th=seat.position_th,
        agency_th=seat.agency_th,
        agency_key=seat.agency_key,
        sector=seat.sector,
        replaces=replaces,
        made_by=actor.account,
    )
    made_once.add(session, member)
    if replaces is None:
        said = {"agency": seat.agency_th, "sector": seat.sector}
        audit.note(session, "group.entered", actor.account, path, after=said, member=str(member.id))
    return member.id


def correct(session: Session, actor: Actor, member: UUID, seat: Seat) -> UUID:
    """What was entered is as it should be; how it was stays in the history.

    Raises:
        Problem: `not-found` out of the officer's areas, `moved-on` where it was ended meanwhile.
    """
    before = _serving(session, member)
    _end(session, actor, member, "replaced", None)
    new = enter(session, actor, before.subdistrict_code, seat, replaces=member)
    was = {"agency": before.agency_th, "sector": before.sector}
    said = {"agency": seat.agency_th, "sector": seat.sector}
    changed = audit.changes(was, said)
    audit.note(
        session,
        "group.corrected",
        actor.account,
        before.path,
        before=changed[0],
        after=changed[1],
        member=str(new),
    )
    return new


def end(session: Session, actor: Actor, member: UUID, how: str, reason: str) -> str:
    """The person has left the group, or was entered by mistake; the subdistrict it was.

    Raises:
        Problem: `reason` without one, `not-found`, or `moved-on` where it was ended meanwhile.
    """
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Problem("reason")
    if how not in ENDINGS:
        raise Problem("malformed")
    found = _serving(session, member)
    _end(session, actor, member, how, reason)
    audit.note(
        session, f"group.{how}", actor.account, found.path, member=str(member), reason=reason
    )
    return found.subdistrict_code


def attach(
    session: Session,
    actor: Actor,
    folder: Path,
    secrets: Mapping[str, bytes],
    subdistrict: str,
    new: NewMinutes,
) -> UUID:
    """The paper belongs to the subdistrict's minutes; it is on disk before its row exists.

    The same sent twice, with the same id, is one paper.

    Raises:
        Problem: `not-found`, `too-large`, `unsupported`, `malformed` for an id that is taken.
    """
    path = _path(session, actor, subdistrict)
    author = select(WorkingGroupMinutes.made_by).where(WorkingGroupMinutes.id == new.id)
    if made_once.is_made(session, actor, new.id, author):
        return new.id
    sealed = sealed_documents.keep(folder, secrets["copies"], _about(new.id), new.content, new.name)
    paper = WorkingGroupMinutes(
        id=new.id,
        round_id=_current(session),
        subdistrict_code=subdistrict,
        path=path,
        met_on=new.met_on,
        document_sha256=sealed.sha256,
        document_type=sealed.kind,
        document_name=sealed.name,
        made_by=actor.account,
    )
    made_once.add(session, paper)
    said = {"met_on": new.met_on}
    audit.note(session, "group.minutes", actor.account, path, after=said, minutes=str(new.id))
    return new.id


def withdraw(session: Session, actor: Actor, minutes: UUID, reason: str) -> str:
    """The paper counts no more; it stays, with the reason. The subdistrict it was of.

    Raises:
        Problem: `reason` without one, `not-found` out of sight or withdrawn already.
    """
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Problem("reason")
    gone = session.execute(
        update(WorkingGroupMinutes)
        .where(WorkingGroupMinutes.id == minutes, WorkingGroupMinutes.withdrawn_at.is_(None))
        .values(withdrawn_at=func.now(), withdrawn_by=actor.account, withdrawal_reason=reason)
        .returning(WorkingGroupMinutes.path, WorkingGroupMinutes.subdistrict_code)
    ).one_or_none()
    if gone is None:
        raise Problem("not-found")
    audit.note(
        session,
        "group.minutes_withdrawn",
        actor.account,
        gone.path,
        minutes=str(minutes),
        reason=reason,
    )
    return str(gone.subdistrict_code)


def document(folder: Path, key: bytes, minutes: WorkingGroupMinutes) -> bytes:
    """The paper, opened. Raises Problem `not-found` where it is lost."""
    return sealed_documents.read(folder, key, _about(minutes.id), minutes.document_sha256)


def _serving(session: Session, member: UUID) -> WorkingGroupMember:
    found = session.get(WorkingGroupMember, member)
    if found is None:
        raise Problem("not-found")
    if found.ended_at is not None:
        raise Problem("moved-on")
    return found


def _end(session: Session, actor: Actor, member: UUID, how: str, reason: str | None) -> None:
    """Whoever comes second finds it ended."""
    gone = session.execute(
        update(WorkingGroupMember)
        .where(WorkingGroupMember.id == member, WorkingGroupMember.ended_at.is_(None))
        .values(ended_at=func.now(), ended_by=actor.account, ended_as=how, end_reason=reason)
        .returning(WorkingGroupMember.id)
    ).scalar_one_or_none()
    if gone is None:
        raise Problem("moved-on")


def _path(session: Session, actor: Actor, subdistrict: str) -> str:
    path = session.scalar(
        select(Area.path).where(Area.code == subdistrict, Area.level == AreaLevel.SUBDISTRICT)
    )
    if path is None or not actor.works_in(path):
        raise Problem("not-found")
    return path


def _current(session: Session) -> str:
    return session.scalars(select(Round.id).where(Round.is_current)).one()


def _about(minutes: UUID) -> bytes:
    return b"working group minutes " + minutes.bytes
