"""ID numbers that a correction leaves as they are: carried over here, never told to a phone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.documents import Document
from webapp.keys import Keys
from webapp.models.interview import Member, Revision
from webapp.services import personal_numbers

KEPT = "national_id_kept"


def with_numbers(session: Session, keys: Keys, document: Document) -> Document:
    """The document with the numbers that it says are unchanged.

    Taken by member from the revisions it is based on, else from the newest that has one. So the
    rules see them, and the new revision's people keep them; the document's bytes do not.
    """
    wanted = [one["id"] for one in document.members if _is_kept(one)]
    if not wanted:
        return document
    known = _numbers(session, keys, document, wanted)
    members = [
        one | {"national_id": known[one["id"]]} if _is_kept(one) and one["id"] in known else one
        for one in document.members
    ]
    return replace(document, content=document.content | {"members": members})


def _is_kept(member: dict[str, Any]) -> bool:
    return member.get(KEPT) is True and not personal_numbers.digits_of(member.get("national_id"))


def _numbers(session: Session, keys: Keys, document: Document, wanted: list[str]) -> dict[str, str]:
    rows = session.execute(
        select(Member.member, Member.digest, Member.ordinal, Member.national_id_sealed)
        .join(
            Revision,
            (Revision.interview_id == Member.interview_id) & (Revision.digest == Member.digest),
        )
        .where(Member.interview_id == document.interview, Member.member.in_(wanted))
        .where(Member.national_id_sealed.is_not(None))
        .order_by(Revision.digest.in_(document.based_on), Revision.number)
    ).all()
    found = ((row.member, _opened(keys, document, row)) for row in rows)  # the last one counts
    return {member: number for member, number in found if number}


def _opened(keys: Keys, document: Document, row: Any) -> str:
    """Empty where our key does not open it: no reason to refuse what a household said."""
    about = f"members {document.interview} {row.digest.hex()} {row.ordinal}"
    try:
        return personal_numbers.open_sealed(keys.secrets["fields"], row.national_id_sealed, about)
    except InvalidTag:
        return ""
