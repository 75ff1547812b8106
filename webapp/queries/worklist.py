"""What waits for review in an area, weakest first; the database's functions apply the scope."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webapp.domain.review import MOST_AT_ONCE, Seen
from webapp.models.area import Area
from webapp.models.interview import Interview

PAGE = 50
MOST_COUNTED = 1_000
MOST_VOLUNTEERS = 500
STATES = ("received", "returned", "accepted")
KINDS = (
    "any",
    "conflict",
    "hard",
    "evidence",
    "finding",
    "outcome",
    "soft",
    "explained",
    "nothing",
)
"""Why an interview wants a look, the heaviest first; the last has no reason."""

_LIST = text(
    "select * from jpt_worklist(cast(:within as text), :state, cast(:kind as text), "
    "cast(:author as uuid), cast(:code as text), cast(:weight as integer), "
    "cast(:after as uuid), :page)"
)
_CLEAN = text(
    "select id, digest, village_code "
    "from jpt_worklist_clean(cast(:within as text), cast(:author as uuid), :most)"
)
_COUNTS = text("select * from jpt_worklist_counts(cast(:within as text), :most)")
_VOLUNTEERS = text("select id, name_th from jpt_map_volunteers(cast(:within as text))")
_ASSIGNED = text("select id, name_th from jpt_household_people(:household) where is_assigned")
_WAITING = text("select path, received, returned from jpt_progress(cast(:paths as text[]))")


@dataclass(frozen=True)
class Wanted:
    """Which interviews: below an area's path (None: one's own areas), in a state, for a reason."""

    within: str | None = None
    state: str = "received"
    kind: str | None = None
    author: UUID | None = None
    code: str | None = None

    def values(self) -> dict[str, Any]:
        """What the database's functions are given."""
        return {
            "within": self.within,
            "state": self.state,
            "kind": self.kind,
            "author": self.author,
            "code": self.code,
        }


@dataclass(frozen=True)
class Line:
    """One interview of the list and why it wants a look."""

    id: UUID
    household_id: UUID
    village_code: str
    house_number: str
    head_name: str | None
    author_id: UUID
    author: str
    outcome: str
    weight: int
    hard_open: int
    soft_open: int
    explained: int
    evidence_grade: str
    evidence_due: int
    has_conflict: bool
    codes: Sequence[str]
    number: int
    received_at: datetime
    decided_at: datetime | None
    decision: str | None
    deadline: date | None


@dataclass(frozen=True)
class Counts:
    """How many wait with something to look at, how many without, how many are being corrected."""

    to_look: int
    nothing: int
    returned: int

    @property
    def waiting(self) -> int:
        """All that wait for a decision."""
        return self.to_look + self.nothing


@dataclass(frozen=True)
class Clean:
    """What has nothing to look at: as seen, how many in each village, and a mark of it all."""

    seen: Sequence[Seen]
    villages: dict[str, int]

    @property
    def mark(self) -> str:
        """The same as long as the very same revisions are meant."""
        told = b"".join(sorted(one.interview.bytes + one.digest for one in self.seen))
        return hashlib.sha256(told).hexdigest()[:32]


def listed(
    session: Session, wanted: Wanted, after: tuple[int, UUID] | None = None, page: int = PAGE
) -> tuple[list[Line], tuple[int, UUID] | None]:
    """A page of the list from the heaviest on, and where the next one begins, if there is one."""
    weight, last = after or (None, None)
    asked = wanted.values() | {"weight": weight, "after": last, "page": page + 1}
    lines = [Line(**row) for row in session.execute(_LIST, asked).mappings()]
    more = (lines[page - 1].weight, lines[page - 1].id) if len(lines) > page else None
    return lines[:page], more


def next_after(session: Session, wanted: Wanted, interview: UUID) -> UUID | None:
    """The interview that follows this one in the list, wherever this one has gone meanwhile."""
    weight = session.scalar(select(Interview.review_weight).where(Interview.id == interview))
    if weight is None:
        return None
    lines, _ = listed(session, wanted, (weight, interview), 1)
    return lines[0].id if lines else None


def counts(session: Session, within: str | None) -> Counts:
    """How many there are of each; no more than 1,000 of each are counted."""
    row = session.execute(_COUNTS, {"within": within, "most": MOST_COUNTED}).one_or_none()
    return Counts(row.to_look, row.nothing, row.returned) if row else Counts(0, 0, 0)


def clean(session: Session, within: str | None, author: UUID | None) -> Clean:
    """What can be accepted at once: nothing to look at, nothing on its way; a thousand at most."""
    asked = {"within": within, "author": author, "most": MOST_AT_ONCE}
    rows = session.execute(_CLEAN, asked).all()
    villages = Counter(row.village_code for row in rows)
    return Clean([Seen(row.id, bytes(row.digest)) for row in rows], dict(sorted(villages.items())))


def waiting(session: Session, paths: Sequence[str]) -> dict[str, int]:
    """Interviewed households that wait, by area; from the villages' counts."""
    rows = session.execute(_WAITING, {"paths": list(paths)})
    return {row.path: int(row.received) for row in rows}


def volunteers(session: Session, within: str | None) -> list[tuple[UUID, str]]:
    """Who has work in the area, to narrow the list to one; nobody where they are too many."""
    rows = session.execute(_VOLUNTEERS, {"within": within}).all()
    return [] if len(rows) > MOST_VOLUNTEERS else [(row.id, row.name_th) for row in rows]


def assigned(session: Session, household: UUID) -> list[tuple[UUID, str]]:
    """Who has this household to visit now."""
    rows = session.execute(_ASSIGNED, {"household": household})
    return sorted(((row.id, row.name_th) for row in rows), key=lambda one: one[1])


def path_of(session: Session, code: str) -> str | None:
    """The path of an area, whether or not it is the asker's."""
    return session.scalar(select(Area.path).where(Area.code == code))
