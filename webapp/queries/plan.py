"""The service plan of a round as its page shows it: windows, texts, targets, copies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.domain.problems import Problem
from webapp.domain.service_plan import Window
from webapp.models.area import Area
from webapp.models.progress import VillageProgress
from webapp.models.survey_round import Round, RoundCopy, Target
from webapp.queries import rounds


@dataclass(frozen=True)
class Plan:
    """A round with all its windows, as of one revision."""

    id: str
    name_th: str
    questionnaire_id: str
    is_current: bool
    revision: int
    notice: dict[str, Any] | None
    windows: dict[str, Window]


@dataclass(frozen=True)
class AreaTarget:
    """An area's target beside the households on its list; no target, None."""

    code: str
    name_th: str
    target: int | None
    listed: int


@dataclass(frozen=True)
class Copying:
    """How far a round's copy into another has come."""

    to_round: str
    villages: int
    villages_done: int
    households: int
    members: int
    finished_at: datetime | None


def listed(session: Session) -> list[tuple[str, str, bool]]:
    """Id, name and whether it is the current one, of every round, the newest first."""
    rows = session.execute(
        select(Round.id, Round.name_th, Round.is_current).order_by(Round.id.desc())
    )
    return [(row.id, row.name_th, row.is_current) for row in rows]


def read(session: Session, round_id: str | None = None) -> Plan:
    """The plan of a round, the current one if none is named. Raises Problem `not-found`."""
    found = session.scalars(
        select(Round).where(Round.id == round_id if round_id else Round.is_current)
    ).one_or_none()
    if found is None:
        raise Problem("not-found")
    return Plan(
        found.id,
        found.name_th,
        found.questionnaire_id,
        found.is_current,
        found.revision,
        found.notice,
        rounds.windows(session, round_id=found.id),
    )


def targets(session: Session, round_id: str, parent: str) -> list[AreaTarget]:
    """The areas right below one, each with its target and its listed households in the round."""
    above = session.scalar(select(Area.path).where(Area.code == parent))
    if above is None:
        raise Problem("not-found")
    listed = _households_below(session, round_id, above)
    rows = session.execute(
        select(Area.code, Area.name_th, Target.households)
        .outerjoin(Target, (Target.area_code == Area.code) & (Target.round_id == round_id))
        .where(Area.parent_code == parent, Area.is_active)
        .order_by(Area.code)
    )
    return [AreaTarget(*row, listed=listed.get(row.code, 0)) for row in rows]


def _households_below(session: Session, round_id: str, above: str) -> dict[str, int]:
    """Households on the lists, by the code of the area right below: one pass over the villages."""
    code = func.split_part(VillageProgress.path, ".", above.count(".") + 1)
    states = ("todo", "received", "returned", "accepted", "custody", "closed")
    households = func.sum(sum(getattr(VillageProgress, name) for name in states))
    rows = session.execute(
        select(code, households)
        .where(VillageProgress.round_id == round_id, VillageProgress.path.startswith(above))
        .group_by(code)
    )
    return {found: int(count) for found, count in rows}


def copying(session: Session, from_round: str) -> Copying | None:
    """The newest copy made of a round; None where there is none."""
    found = session.scalars(
        select(RoundCopy)
        .where(RoundCopy.from_round == from_round)
        .order_by(RoundCopy.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    return Copying(
        found.to_round,
        found.villages,
        found.villages_done,
        found.households,
        found.members,
        found.finished_at,
    )
