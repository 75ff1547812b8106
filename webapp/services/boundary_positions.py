"""Positions looked at again where a boundary is another now, with all that follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webapp.domain import grading
from webapp.domain.areas import AreaLevel
from webapp.models.area import Area
from webapp.services import progress, standing
from webapp.services.progress import Tally

_MOVED = text("""
    select i.id from areas t join villages v on v.subdistrict_code = t.code
        join interviews i on i.village_code = v.code
    where t.code = :subdistrict and i.point is not null
        and i.position_inside is distinct from st_covers(t.boundary, i.point)
    order by i.id
""")
# The household is held, as by everybody who moves its village's counts.
_FACTS = text("""
    select i.round_id, i.village_code, i.path, i.household_id, i.accuracy,
        i.evidence_grade as was, st_covers(t.boundary, i.point) as inside,
        h.interview_id is not distinct from i.id as stands,
        (select coalesce(bool_or(l.one ->> 'kind' = 'other' and l.one ->> 'note' <> ''), false)
            from jsonb_array_elements(r.answers -> 'evidence') l (one)) as note,
        array(select e.kind from jsonb_array_elements(r.answers -> 'evidence') l (one)
            join evidence e on e.interview_id = i.id and e.received_at is not null
                and encode(e.sealed_sha256, 'hex') = l.one ->> 'sealed_sha256'
            where e.kind is not null) as kinds
    from interviews i join households h on h.id = i.household_id
        join revisions r on r.interview_id = i.id and r.digest = i.head_digest
        join villages v on v.code = i.village_code join areas t on t.code = v.subdistrict_code
    where i.id = :interview and i.point is not null
    for no key update of h
""")
_KEEP = text("""
    with told as (insert into follow_ups (interview_id, path) values (:interview, :path)),
    visited as (update households set evidence_grade = :grade
        where id = :household and interview_id = :interview and evidence_grade <> :grade)
    update interviews set position_inside = :inside, evidence_grade = :grade where id = :interview
""")


def changed_since(session: Session, moment: datetime) -> Sequence[str]:
    """The subdistricts whose boundary may be another since then."""
    changed = select(Area.code).where(
        Area.level == AreaLevel.SUBDISTRICT, Area.boundary.is_not(None), Area.updated_at >= moment
    )
    return session.scalars(changed.order_by(Area.code)).all()


def look_again(session: Session, subdistrict: str) -> int:
    """Every position says whether it lies in the boundary of now; how many said otherwise.

    Grade, household and village follow, the village is judged again and findings are looked at
    anew. Interview by interview, each committed, so that nobody who sends waits for a whole
    subdistrict. The session must be the loader's.
    """
    moved = session.scalars(_MOVED, {"subdistrict": subdistrict}).all()
    session.commit()
    for interview in moved:
        _look_at(session, interview)
        session.commit()
    return len(moved)


def _look_at(session: Session, interview: UUID) -> None:
    standing.hold(session, interview)
    found = session.execute(_FACTS, {"interview": interview}).one_or_none()
    if found is None:
        return
    kinds = frozenset(found.kinds)
    shown = grading.Shown(kinds, found.accuracy, found.inside, note=found.note)
    grade = grading.grade(shown)
    about = {"interview": interview, "path": found.path, "household": found.household_id}
    session.execute(_KEEP, about | {"inside": found.inside, "grade": grade})
    if found.stands:
        place = found.round_id, found.village_code, found.path
        progress.shift(session, *place, Tally("", found.was), Tally("", grade))
