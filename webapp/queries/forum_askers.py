"""Who may ask at a forum, and which houses none of those who are named may ask."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

MOST = 100
"""People on a page; of more it says so, and they are found by name."""

LONGEST = 80
"""Letters of a name that is looked for."""

_CANDIDATES = text("select * from jpt_forum_candidates(:village, :wanted, null, :most)")
_BARRED = text("""
    select h.household_id from forum_houses h
    where h.forum_id = :forum
        and exists (select from forum_askers k where k.forum_id = :forum and k.ended_at is null)
        and not exists (select from forum_askers k
            where k.forum_id = :forum and k.ended_at is null
                and not exists (select from revisions v
                    where v.interview_id = h.interview_id and v.author_id = k.account_id))
""")


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be named to ask; `works_here`: collects in this very village."""

    account: UUID
    name_th: str
    role: str
    level: str | None
    works_here: bool


@dataclass(frozen=True)
class Candidates:
    """Some of them; `are_more` where there are others."""

    people: list[Candidate]
    are_more: bool


def candidates(session: Session, village: str, wanted: str = "") -> Candidates:
    """Who may be named: volunteers of the subdistrict, inspectors and officers of the district.

    With `wanted`, only those in whose name these letters stand.
    """
    asked = {"village": village, "wanted": " ".join(wanted.split())[:LONGEST], "most": MOST + 1}
    found = [Candidate(*row) for row in session.execute(_CANDIDATES, asked)]
    return Candidates(found[:MOST], len(found) > MOST)


def barred(session: Session, forum: UUID) -> frozenset[UUID]:
    """Households that everybody named has interviewed, so that nobody named may ask them."""
    return frozenset(session.scalars(_BARRED, {"forum": forum}))
