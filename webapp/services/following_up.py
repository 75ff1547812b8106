"""Looking at interviews after they came: photos and positions beside others, told as findings.

A process of its own (`flask findings look`), so that nobody who sends waits for it. What it does
holds whatever the order in which things came, and doing it again changes nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from webapp.domain import findings, likeness, looked_at, positions
from webapp.domain.findings import KINDS, Found
from webapp.domain.looked_at import Facts, Judged
from webapp.domain.positions import Fix
from webapp.services import screening

log = logging.getLogger(__name__)

PEOPLE = ("same_person",)
WAYS = ("speed_impossible",)
ALONE = tuple(
    code
    for code, kind in KINDS.items()
    if kind.source in ("intake", "evidence") and code not in WAYS
)
"""Codes that one interview's own facts decide; ways are between it and those beside it in time."""

MOST_COMPARED = 200
"""Alike photos and identical positions that are looked through for one interview."""

_NEXT = text("select jpt_follow_up()")
_DONE = text("select jpt_followed_up(cast(:lines as bigint[]))")
_PUT_BACK = text("select jpt_put_back(cast(:lines as bigint[]))")
_FACTS = text("select jpt_finder_facts(:interview, :volunteer, :subdistrict, :most)")
_KEEP = text("select jpt_keep_fix(:interview, :at, :true_at, :houses, :shared)")
_WAYS = text("select * from jpt_ways(:interview)")
_SAME = text("select other, people from jpt_same_people(:interview)")
_TELL = text(
    "select jpt_tell_findings(:interview, cast(:codes as text[]), cast(:told as jsonb), "
    "cast(:holding as jsonb), :most)"
)


def look_at_one(session: Session) -> bool:
    """One interview of the list has been looked at; False when none waits.

    One that cannot be looked at is put to the end of the list, and the failure told by its kind:
    a message may quote what people said. The transaction's scope must be the finder's.
    """
    taken = session.scalar(_NEXT)
    if taken is None:
        return False
    lines = {"lines": taken["lines"]}
    try:
        with session.begin_nested():
            look(session, UUID(taken["interview"]))
            screening.mark(session, UUID(taken["interview"]))
    except OperationalError:  # a lock that somebody holds; all of it waits
        raise
    except (DBAPIError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        log.warning("could not look at %s: %s", taken["interview"], type(error).__name__)
        session.execute(_PUT_BACK, lines)
        return False
    session.execute(_DONE, lines)
    return True


def look(session: Session, interview: UUID) -> None:
    """The interview's open findings are those that hold now, on both sides of each pair.

    What a person closed stays closed; what no longer holds is cleared, and opens if it holds again.
    """
    people = _same_people(session, interview)
    _tell(session, interview, PEOPLE, Judged(people, [(one.code, one.other) for one in people]))
    facts: Facts | None = session.scalar(_FACTS, {"interview": interview, **_limits()})
    if facts is None:
        return
    _tell(session, interview, ALONE, looked_at.judge(facts))
    for beside in _beside(session, interview, looked_at.fix_of(facts), facts):
        ways = _ways(session, beside)
        _tell(session, beside, WAYS, Judged(ways, [(one.code, one.other) for one in ways]))


def _same_people(session: Session, interview: UUID) -> list[Found]:
    """Households of which somebody is also in this one, known by their number's index alone."""
    rows = session.execute(_SAME, {"interview": interview})
    return [findings.found("same_person", str(row.other), people=row.people) for row in rows]


def _limits() -> dict[str, int]:
    return {**likeness.SIMILAR, "most": MOST_COMPARED}


def _beside(session: Session, interview: UUID, fix: Fix | None, facts: Facts) -> list[UUID]:
    """Whose ways change with this fix: the interview, its neighbours in time then and now."""
    told: dict[str, Any] = {"at": None, "true_at": None, "houses": 0, "shared": False}
    if fix:
        spot = facts["spot"]
        told = {"at": fix.at, "true_at": fix.true_at, "houses": spot["houses"]}
        told["shared"] = spot["on_spot"] >= positions.MANY
    found = session.scalar(_KEEP, {"interview": interview, **told}) or []
    return sorted(UUID(one) for one in found)


def _ways(session: Session, interview: UUID) -> list[Found]:
    """The ways that nobody can have travelled to or from this interview."""
    rows = session.execute(_WAYS, {"interview": interview}).all()
    fixes = {row.interview: _fix(row, row.at, row.true_at) for row in rows}
    if interview not in fixes:
        return []
    told = [
        positions.speed(fixes[interview], fixes[row.interview], row.metres)
        for row in rows
        if row.interview != interview
    ]
    return [one for one in told if one]


def _fix(row: Any, at: datetime, true_at: datetime | None) -> Fix:
    return Fix(str(row.interview), str(row.device), at, true_at, row.accuracy)


def _tell(session: Session, interview: UUID, codes: Sequence[str], judged: Judged) -> None:
    session.execute(
        _TELL,
        {
            "interview": interview,
            "codes": list(codes),
            "told": json.dumps([_row(one) for one in judged.told]),
            "holding": json.dumps([{"code": c, "other": other} for c, other in judged.holding]),
            "most": likeness.MOST_TOLD,
        },
    )


def _row(one: Found) -> dict[str, Any]:
    return {
        "code": one.code,
        "source": KINDS[one.code].source,
        "weight": one.weight,
        "detail": dict(one.detail),
        "other": one.other,
    }
