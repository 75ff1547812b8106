"""Questions about evidence and of its follow-up, as `asked` asks them of a large register.

A village of it has four households; a subdistrict some 260, of which 200 have a photo.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.house.asked import A_PAGE, Asked, Known, _asked
from webapp.domain.actors import Scope
from webapp.models.interview import Interview
from webapp.queries import evidence_seen, interviews, triage
from webapp.queries.map import Filters
from webapp.queries.triage import Wanted
from webapp.services import following_up

FINDER = Scope("finder")
AROUND = ((102.7, 17.8), (102.72, 17.8), (102.72, 17.82), (102.7, 17.82))


def _read(session: Session, known: Known) -> Any:
    shown = interviews.read(session, known.interview)
    interview = session.get_one(Interview, known.interview)
    return evidence_seen.read(session, interview, shown.head, shown.pictures)


EVIDENCE: list[Asked] = [
    _asked(evidence_seen.read, _read, "ix_findings_interview_id ix_interviews_village_code"),
    _asked(triage.chosen, lambda s, k: triage.chosen(s, Filters(), Wanted(village=k.village)),
           "ix_households_round_id_village_code pk_interviews", about="of a village"),
    _asked(triage.chosen, lambda s, _: triage.chosen(s, Filters(), Wanted(outline=AROUND)),
           "ix_households_point", most=A_PAGE, about="inside a line"),
    _asked(triage.open_findings, lambda s, k: triage.open_findings(s, [k.household]),
           "ix_findings_household_id"),
    _asked(following_up.look, lambda s, k: following_up.look(s, k.interview),
           "ix_evidence_alike_author ix_evidence_alike_path ix_interviews_point", who=FINDER,
           most=A_PAGE),
]  # fmt: skip
