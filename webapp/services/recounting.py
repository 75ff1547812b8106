"""Counting a village afresh: whether its rollup says what its households and interviews say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from webapp.models.area import Area
from webapp.models.household import Household
from webapp.models.progress import VillageProgress
from webapp.services.progress import ARRAYS, COLUMNS, GRADES, STATES

_STATES = ", ".join(f"count(*) filter (where h.state = '{one}') as {one}" for one in STATES)
_GRADES = ", ".join(
    f"count(*) filter (where h.grade = '{one}') as evidence_{one}" for one in GRADES
)
_AFRESH = text(f"""
    with heads as (
        select h.state, i.evidence_grade as grade, i.people,
            case when i.outcome = 'interviewed' then r.evaluation -> 'indicators' end as told
        from households h left join interviews i on i.id = h.interview_id
            left join revisions r on r.interview_id = i.id and r.digest = i.head_digest
        where h.round_id = :round and h.village_code = :village
    ), figures as (
        select t.place, sum((t.one ->> 'failing')::integer) as failing,
            sum(coalesce(t.one ->> 'eligible', t.one ->> 'failing')::integer) as surveyed,
            count(*) filter (where t.one ->> 'result' = 'not_met') as households_not_met
        from heads h cross join lateral jsonb_array_elements(h.told)
            with ordinality t (one, place)
        where t.one ->> 'result' in ('met', 'not_met') group by t.place
    )
    select {_STATES}, {_GRADES}, coalesce(sum(h.people), 0) as people,
        (select jsonb_object_agg(f.place, to_jsonb(f)) from figures f) as figures
    from heads h
""")  # noqa: S608 (names of our own)


@dataclass(frozen=True)
class Drift:
    """A village whose rollup is not what its rows say: column by column, as kept and as counted."""

    village: str
    columns: dict[str, tuple[Any, Any]]


def villages(session: Session, round_id: str) -> Sequence[str]:
    """Every village of the round that has households or a rollup, by code."""
    listed = select(Household.village_code).where(Household.round_id == round_id)
    kept = select(VillageProgress.village_code).where(VillageProgress.round_id == round_id)
    both = listed.union(kept).subquery()
    return session.scalars(select(both.c.village_code).order_by(both.c.village_code)).all()


def look(session: Session, round_id: str, village: str, *, mend: bool) -> Drift | None:
    """How the rollup differs from a count of the rows; None where it does not.

    The rollup is held first: whoever moves a household moves it in the same transaction, so what is
    counted afterwards is what it should say. With `mend` it says so from now on.
    """
    place = (VillageProgress.round_id == round_id, VillageProgress.village_code == village)
    kept = session.scalars(select(VillageProgress).where(*place).with_for_update()).one_or_none()
    counted = _counted(session, round_id, village)
    differs = {
        name: (was, now)
        for name, now in counted.items()
        if _plain(was := getattr(kept, name) if kept else 0) != _plain(now)
    }
    if not differs:
        return None
    if mend and kept:
        session.execute(update(VillageProgress).where(*place).values(counted))
    elif mend:
        path = session.scalars(select(Area.path).where(Area.code == village)).one()
        key = {"round_id": round_id, "village_code": village, "path": path}
        session.add(VillageProgress(**key, **counted))
        session.flush()
    return Drift(village, differs)


def _counted(session: Session, round_id: str, village: str) -> dict[str, Any]:
    row = session.execute(_AFRESH, {"round": round_id, "village": village}).mappings().one()
    figures = {int(place): told for place, told in (row["figures"] or {}).items()}
    places = range(1, max(figures, default=0) + 1)
    arrays = {
        name: [int(figures.get(place, {}).get(name) or 0) for place in places] for name in ARRAYS
    }
    return {name: int(row[name]) for name in COLUMNS} | arrays


def _plain(told: Any) -> Any:
    """An array without the noughts at its end; they say nothing."""
    if not isinstance(told, list):
        return told
    last = max((place for place, one in enumerate(told, start=1) if one), default=0)
    return told[:last]
