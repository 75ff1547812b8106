"""What the demo knows from the year before: its round, and whom it met in houses still to visit."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.demo import rounds
from webapp.demo.households import Dwelling
from webapp.domain.areas import path_of
from webapp.models.household import Household
from webapp.models.roster import RosterMember
from webapp.models.survey_round import Round, ServiceWindow, Target

KEPT = ("title", "first_name", "last_name", "sex", "birth", "relation", "religion")
FEWER = 0.95
"""The target is a little below the lists: some houses are empty every year."""


def settle(session: Session, today: date, listed: list[Dwelling]) -> None:
    """Last year's round is there and over; houses still to visit have last year's members."""
    before = today.replace(year=today.year - 1, day=min(today.day, 28))
    id = rounds.round_id(before)
    values = {"id": id, "name_th": f"จปฐ. ปี {id}", "questionnaire_id": rounds.QUESTIONNAIRE}
    session.execute(
        insert(Round).values(**values, is_current=False, settings={}).on_conflict_do_nothing()
    )
    windows = [{"round_id": id, **window} for window in rounds.windows(before)]
    session.execute(insert(ServiceWindow).values(windows).on_conflict_do_nothing())
    _members(session, today, listed)
    _targets(session, rounds.round_id(today))


def _members(session: Session, today: date, listed: list[Dwelling]) -> None:
    todo = set(session.scalars(select(Household.id).where(Household.state == "todo")))
    rows = [
        {
            "household_id": one.id,
            "ordinal": ordinal,
            "path": one.path,
            "said": {name: member[name] for name in KEPT if member.get(name)},
        }
        for one in listed
        if one.id in todo
        for ordinal, member in enumerate(one.members, start=1)
        if str(member.get("birth", ""))[:4] < str(today.year - 1)  # who was born by then
    ]
    if rows:
        session.execute(insert(RosterMember).values(rows).on_conflict_do_nothing())


def _targets(session: Session, round_id: str) -> None:
    district = func.substr(Household.village_code, 1, 4)
    counts = session.execute(
        select(district, func.count()).where(Household.round_id == round_id).group_by(district)
    )
    for code, count in counts.all():
        session.execute(
            insert(Target)
            .values(
                round_id=round_id,
                area_code=code,
                path=path_of(code),
                households=int(count * FEWER),
            )
            .on_conflict_do_nothing()
        )
