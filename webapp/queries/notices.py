"""Notices as their readers see them, newest first, with what is still unread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.models.area import Area
from webapp.models.notice import Notice, NoticeFile, NoticeRead

PAGE = 50
_READERS = text("select notice, readers from jpt_notice_readers(:notices)")


@dataclass(frozen=True)
class File:
    """A document of a notice."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: bytes


@dataclass(frozen=True)
class Shown:
    """A notice with its documents, whether the asker has read it, and how many others have.

    `readers` is None for those who do not manage its area.
    """

    id: int
    title_th: str
    text_th: str
    area_th: str
    roles: tuple[str, ...]
    held_on: date | None
    video_url: str | None
    published_at: datetime
    is_withdrawn: bool
    is_mine: bool
    is_read: bool
    readers: int | None
    files: tuple[File, ...]


@dataclass(frozen=True)
class Page:
    """Notices and the cursor of those after them; None at the end."""

    notices: list[Shown]
    after: int | None


def listed(session: Session, actor: Actor, before: int | None = None, most: int = PAGE) -> Page:
    """The notices that reach the asker or that they manage, older than the cursor `before`."""
    query = _query(actor).order_by(Notice.id.desc()).limit(most + 1)
    rows = session.execute(query.where(Notice.id < before) if before else query).all()
    shown = _with_files(session, actor, rows[:most])
    return Page(shown, shown[-1].id if len(rows) > most else None)


def read(session: Session, actor: Actor, notice: int) -> Shown:
    """One notice. Raises Problem `not-found` where it does not reach the asker."""
    found = _with_files(
        session, actor, session.execute(_query(actor).where(Notice.id == notice)).all()
    )
    if not found:
        raise Problem("not-found")
    return found[0]


def file(session: Session, file_id: int) -> File:
    """A document of a notice that reaches the asker. Raises Problem `not-found`."""
    found = session.get(NoticeFile, file_id)
    if found is None:
        raise Problem("not-found")
    return File(found.id, found.name, found.media_type, found.size, found.sha256)


def unread(session: Session, actor: Actor) -> int:
    """How many notices the asker has not read."""
    read_by_me = select(NoticeRead.notice_id).where(NoticeRead.account_id == actor.account)
    waiting = (
        select(func.count())
        .select_from(Notice)
        .where(Notice.withdrawn_at.is_(None), Notice.author_id != actor.account)
        .where(Notice.id.not_in(read_by_me), _addresses(actor))
    )
    return session.scalar(waiting) or 0


def _addresses(actor: Actor) -> Any:
    """Officers see what they manage too; only what is addressed to their role waits for them."""
    return Notice.roles.contains([actor.role.value])


def _query(actor: Actor) -> Any:
    is_read = (
        select(NoticeRead.notice_id)
        .where(NoticeRead.notice_id == Notice.id, NoticeRead.account_id == actor.account)
        .exists()
    )
    return select(
        Notice, Area.name_th, is_read, (Notice.author_id == actor.account).label("is_mine")
    ).join(Area, Area.code == Notice.area_code)


def _with_files(session: Session, actor: Actor, rows: Sequence[Any]) -> list[Shown]:
    ids = [row[0].id for row in rows]
    if not ids:
        return []
    documents: dict[int, list[File]] = defaultdict(list)
    for one in session.scalars(
        select(NoticeFile).where(NoticeFile.notice_id.in_(ids)).order_by(NoticeFile.id)
    ):
        documents[one.notice_id].append(
            File(one.id, one.name, one.media_type, one.size, one.sha256)
        )
    readers = {row.notice: row.readers for row in session.execute(_READERS, {"notices": ids})}
    return [_shown(row, actor, documents[row[0].id], readers.get(row[0].id)) for row in rows]


def _shown(row: Any, actor: Actor, documents: list[File], readers: int | None) -> Shown:
    notice, area_th, is_read, is_mine = row
    return Shown(
        id=notice.id,
        title_th=notice.title_th,
        text_th=notice.text_th,
        area_th=area_th,
        roles=tuple(notice.roles),
        held_on=notice.held_on,
        video_url=notice.video_url,
        published_at=notice.published_at,
        is_withdrawn=notice.withdrawn_at is not None,
        is_mine=is_mine,
        is_read=is_read or is_mine or actor.role.value not in notice.roles,
        readers=readers,
        files=tuple(documents),
    )
