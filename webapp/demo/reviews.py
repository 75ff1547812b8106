"""What inspectors have done by today: accepted some interviews, returned some with comments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from webapp.demo import cast
from webapp.demo.fates import Fate
from webapp.domain.actors import Role
from webapp.models.household import Household
from webapp.models.interview import Interview, Revision
from webapp.models.review import Decision, DecisionComment
from webapp.services import audit, progress
from webapp.services.progress import Tally

REVIEWED = ("accepted", "returned")

_ON_THEIR_DAY = text("""
    update revisions set received_at = finished_at + interval '3 hours'
    where finished_at is not null and app = :app
""")
_INTERVIEWS_TOO = text("""
    update interviews i set received_at = r.received_at from revisions r
    where r.interview_id = i.id and r.digest = i.head_digest and r.app = :app
""")


DEADLINES = (7, 3, 1, 0, -2)
"""Days from today: some have time, one is late."""

REASON, AGAIN = "มีบางข้อที่ไม่ตรงกัน ช่วยดูอีกครั้ง", "ภาพถ่ายมืด มองไม่เห็นผู้ให้ข้อมูล"
ASKED = {
    "cover.house_number": "เลขที่บ้านไม่ตรงกับบัญชีครัวเรือน ช่วยดูที่ป้ายหน้าบ้าน",
    "9.1": "ช่วยถามอีกครั้งว่าเก็บออมในรูปแบบใดบ้าง",
    "": "ส่วนอื่นเรียบร้อยดี ขอบคุณครับ",
}


def settle(session: Session, visited: list[Fate], today: date) -> None:
    """Interviews whose fate it is are accepted or returned; the villages' counts follow.

    Of those that came back every fourth is asked for a new photo alone.
    """
    came_back = 0
    for fate in visited:
        if fate.state in REVIEWED:
            came_back += fate.state == "returned"
            _review(session, fate, came_back, today)


def put_on_their_days(session: Session, app: str) -> None:
    """The weeks of the round went by in a minute: each interview gets the day it came."""
    session.execute(_ON_THEIR_DAY, {"app": app})
    session.execute(_INTERVIEWS_TOO, {"app": app})


def _review(session: Session, fate: Fate, number: int, today: date) -> None:
    found = session.scalars(
        select(Household).where(Household.id == fate.dwelling.id, Household.state == "received")
    ).one_or_none()
    if found is None or found.interview_id is None:
        return
    session.execute(update(Household).where(Household.id == found.id).values(state=fate.state))
    before, after = Tally("received"), Tally(fate.state)
    progress.shift(session, found.round_id, found.village_code, found.path, before, after)
    inspector = next(
        one
        for one in cast.CAST
        if one.role is Role.INSPECTOR and fate.dwelling.village.startswith(one.areas)
    )
    decision = _decide(session, found.interview_id, inspector.id, fate.state, number, today)
    subject: dict[str, Any] = {"interview": str(found.interview_id), "decision": decision.id}
    audit.note(session, f"interview.{decision.decision}", inspector.id, found.path, **subject)


def _decide(
    session: Session, interview: UUID, inspector: UUID, state: str, number: int, today: date
) -> Decision:
    """The decision stands with its comments; what came back is given to who wrote it."""
    one = session.get_one(Interview, interview)
    back = state == "returned"
    again = back and number % 4 == 0
    one.state, one.given_to = state, one.author_id if back else None
    days = timedelta(days=DEADLINES[number % len(DEADLINES)])
    decision = Decision(
        round_id=one.round_id,
        interview_id=one.id,
        household_id=one.household_id,
        digest=one.head_digest,
        decision="evidence_again" if again else state,
        reason=AGAIN if again else REASON if back else "",
        deadline=today + days if back else None,
        kinds=["photo"] if again else [],
        given_to=one.given_to,
        decided_by=inspector,
        path=one.path,
    )
    session.add(decision)
    session.flush()
    if back and not again:
        _comment(session, decision, _failing(session, one))
    return decision


def _failing(session: Session, one: Interview) -> Sequence[tuple[str, str]]:
    """The first two failures of the head revision, each at the line that it is about."""
    told = session.scalar(
        select(Revision.evaluation).where(
            Revision.interview_id == one.id, Revision.digest == one.head_digest
        )
    )
    failures = (told or {}).get("failures", [])
    return [(fail["about"][0], fail["message_th"]) for fail in failures if fail["about"]][:2]


def _comment(session: Session, decision: Decision, failing: Sequence[tuple[str, str]]) -> None:
    lines = dict(failing) | dict(list(ASKED.items())[:2] if not failing else [])
    for ordinal, (about, comment) in enumerate((lines | {"": ASKED[""]}).items(), start=1):
        session.add(
            DecisionComment(
                decision_id=decision.id,
                ordinal=ordinal,
                about=about,
                comment=comment,
                path=decision.path,
            )
        )
