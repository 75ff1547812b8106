"""Notices: published to roles and an area with their documents, read, and withdrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from webapp import files
from webapp.domain import media
from webapp.domain.actors import Actor, Role
from webapp.domain.problems import Problem
from webapp.models.area import Area
from webapp.models.notice import Notice, NoticeFile
from webapp.services import audit, made_once

ROLES = (Role.VOLUNTEER, Role.INSPECTOR, Role.VIEWER, Role.OFFICER)
LARGEST_DOCUMENT = 5 * 1024 * 1024
MOST_DOCUMENTS = 5
LONGEST_TITLE, LONGEST_TEXT, LONGEST_LINK = 200, 5_000, 500

# who reads may not see the row again in every case, so plain SQL without RETURNING
_READ = text(
    "insert into notice_reads (notice_id, account_id) "
    "select n.id, :account from notices n where n.id = any (:notices) on conflict do nothing"
)


class Refused(Exception):
    """What cannot be published as it is: the text's key by the name of the box."""

    def __init__(self, boxes: dict[str, str]) -> None:
        super().__init__(", ".join(boxes))
        self.boxes = boxes


@dataclass(frozen=True)
class Document:
    """A document as uploaded: what it is called, and all its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Written:
    """A notice as an officer wrote it."""

    area_code: str
    roles: Sequence[str]
    title_th: str
    text_th: str
    held_on: date | None = None
    video_url: str = ""
    documents: Sequence[Document] = ()
    request: UUID = field(default_factory=uuid4)


def publish(session: Session, actor: Actor, folder: Path, written: Written) -> int:
    """The notice reaches its roles inside its area, documents and all; its number.

    The documents are on disk, flushed, before the notice exists. The same request sent twice is
    one notice.

    Raises:
        Refused: something is missing, too long, no link, or no document that we take.
        Problem: `not-found` for an area that is not the officer's, `malformed` for a request that
            is not theirs.
    """
    path = session.scalar(select(Area.path).where(Area.code == written.area_code))
    if path is None or not actor.works_in(path):
        raise Problem("not-found")
    kinds = _check(written)
    same = Notice.request_id == written.request
    if made_once.is_made(session, actor, written.request, select(Notice.author_id).where(same)):
        return session.scalars(select(Notice.id).where(same)).one()
    kept = [_keep(folder, one) for one in written.documents]
    row = _row(actor, path, written)
    made_once.add(session, row)
    for one, kind, digest in zip(written.documents, kinds, kept, strict=True):
        _list(session, row.id, one, kind, digest)
    audit.note(
        session,
        "notice.published",
        actor.account,
        path,
        after={"title_th": row.title_th, "roles": list(written.roles)},
        notice=row.id,
    )
    return row.id


def withdraw(session: Session, actor: Actor, notice: int) -> None:
    """Nobody is shown the notice any more, but those who manage its area.

    Raises:
        Problem: `not-found` where there is none in the officer's areas, or it is withdrawn already.
    """
    found = session.execute(
        update(Notice)
        .where(Notice.id == notice, Notice.withdrawn_at.is_(None))
        .values(withdrawn_at=func.now(), withdrawn_by=actor.account)
        .returning(Notice.path, Notice.title_th)
    ).one_or_none()
    if found is None:
        raise Problem("not-found")
    audit.note(
        session,
        "notice.withdrawn",
        actor.account,
        found.path,
        before={"title_th": found.title_th},
        notice=notice,
    )


def mark_read(session: Session, actor: Actor, notices: Sequence[int]) -> None:
    """This person has read these; those that do not reach them are passed over."""
    session.execute(_READ, {"account": actor.account, "notices": list(notices)})


def _row(actor: Actor, path: str, written: Written) -> Notice:
    return Notice(
        path=path,
        area_code=written.area_code,
        roles=list(dict.fromkeys(written.roles)),
        title_th=written.title_th.strip(),
        text_th=written.text_th.strip(),
        held_on=written.held_on,
        video_url=written.video_url.strip() or None,
        author_id=actor.account,
        request_id=written.request,
    )


def _check(written: Written) -> list[str]:
    wrong: dict[str, str] = {}
    if not written.title_th.strip():
        wrong["title_th"] = "notices.title_missing"
    elif len(written.title_th) > LONGEST_TITLE:
        wrong["title_th"] = "notices.title_long"
    if not written.text_th.strip():
        wrong["text_th"] = "notices.text_missing"
    elif len(written.text_th) > LONGEST_TEXT:
        wrong["text_th"] = "notices.text_long"
    if not written.roles or not set(written.roles) <= {role.value for role in ROLES}:
        wrong["roles"] = "notices.roles_missing"
    if written.video_url.strip() and not _is_link(written.video_url.strip()):
        wrong["video_url"] = "notices.link_wrong"
    kinds = [media.kind_of(one.content[:16]) for one in written.documents]
    if None in kinds:
        wrong["documents"] = "notices.document_kind"
    if any(len(one.content) > LARGEST_DOCUMENT for one in written.documents):
        wrong["documents"] = "notices.document_large"
    if len(written.documents) > MOST_DOCUMENTS:
        wrong["documents"] = "notices.documents_many"
    if wrong:
        raise Refused(wrong)
    return [kind for kind in kinds if kind]


def _is_link(written: str) -> bool:
    """An https address with a host and nothing that could fool a reader."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return False
    plain = written.isprintable() and " " not in written and "\\" not in written
    return (
        plain
        and len(written) <= LONGEST_LINK
        and parts.scheme == "https"
        and bool(parts.hostname)
        and parts.username is None
    )


def _keep(folder: Path, document: Document) -> bytes:
    digest = hashlib.sha256(document.content).digest()
    if not files.holds(folder, digest):
        files.keep(folder, iter([document.content]), digest, LARGEST_DOCUMENT)
    return digest


def _list(session: Session, notice: int, document: Document, kind: str, digest: bytes) -> None:
    session.execute(
        insert(NoticeFile).values(
            notice_id=notice,
            name=media.safe_name(document.name, kind),
            media_type=kind,
            size=len(document.content),
            sha256=digest,
        )
    )
