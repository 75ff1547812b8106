"""The reckoner: judges each village whose figures have changed, apart from every act."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from webapp.domain.findings import KINDS
from webapp.domain.quality import checks, collectors, disclosure, income
from webapp.domain.quality.blockers import Blocked, of_subdistrict
from webapp.domain.quality.checks import CHECKS, Sheet
from webapp.domain.quality.facts import House, Place, Village
from webapp.domain.quality.states import Judged, State, worst
from webapp.models.quality import QualityException, SubdistrictQuality, VillageQuality
from webapp.models.survey_round import Round

LOG = logging.getLogger(__name__)

MOST = 25
"""Villages a transaction: a second's work, so that nothing waits long and a kill costs little."""

_TAKE = text("select * from jpt_quality_take(:most)")
_AGAIN = text("insert into quality_due select v.code from villages v")
_PLACE = text("select jpt_quality_place(:round, :village)")
_COLLECTORS = text("select jpt_quality_collectors_of(:round, :subdistrict)")
_TELL = text("select jpt_tell_incomes(:round, :village, cast(:told as jsonb))")
_HOUSES = text("select * from jpt_quality_houses(:round, :village, cast(:incomes as jsonb))")


def step(session: Session, most: int = MOST) -> int:
    """Villages that were marked are judged as the register is now; how many.

    Marks and figures change in one transaction: after a kill the marks are there again. Nothing
    where another reckoner is at work. The transaction's scope must be the reckoner's.
    """
    villages = session.scalars(_TAKE, {"most": most}).all()
    round_id = session.scalar(select(Round.id).where(Round.is_current))
    if not villages or round_id is None:
        return len(villages)
    subdistricts = {_one(session, round_id, village) for village in villages}
    for subdistrict in sorted(filter(None, subdistricts)):
        _sum(session, round_id, subdistrict)
    return len(villages)


def _one(session: Session, round_id: str, village: str) -> str | None:
    """One odd document holds up no other village; its own keeps its figures until it changes."""
    try:
        with session.begin_nested():
            return judge(session, round_id, village)
    except (ArithmeticError, DataError, LookupError, TypeError, ValueError) as failure:
        LOG.error("reckoning of %s stopped: %s", village, type(failure).__name__)
        return None


def again(session: Session) -> None:
    """Every village is marked, so that it is judged again; the session must be the loader's."""
    session.execute(_AGAIN)


def judge(session: Session, round_id: str, village: str) -> str:
    """The village's states, figures and exceptions are those of this moment; its subdistrict.

    A village that is no longer active and has no household is not judged.
    """
    found: dict[str, Any] = session.scalar(_PLACE, {"round": round_id, "village": village})
    houses = _houses(session, round_id, village)
    if not houses and not found["area"]["is_active"]:
        _drop(session, round_id, village)
        return str(found["subdistrict"])
    sheet = checks.judge(Village(houses, _place(found)))
    _keep(session, round_id, village, found, sheet)
    _point_at(session, round_id, village, found["path"], sheet)
    _tell(session, round_id, village, sheet.judged[income.NO])
    return str(found["subdistrict"])


def _place(found: dict[str, Any]) -> Place:
    known = ("area", "group", "collectors", "register", "back_check", "custody", "findings")
    return Place(explained=found["explained"], **{name: found[name] for name in known})


def _houses(session: Session, round_id: str, village: str) -> list[House]:
    asked = {"round": round_id, "village": village, "incomes": _INCOMES}
    return [_house(row) for row in session.execute(_HOUSES, asked).mappings()]


_INCOMES = "{" + ", ".join(f'"{key}": "{name}"' for key, name in income.QUESTIONS.items()) + "}"


def _house(row: Any) -> House:
    return House(
        household=row["household_id"],
        interview=row["interview_id"],
        origin=row["origin"],
        state=row["state"],
        outcome=row["outcome"],
        people_registered=row["people_registered"],
        people=row["people"] or 0,
        has_point=bool(row["has_point"]),
        inside=row["inside"],
        grade=row["grade"] or "none",
        due=row["due"] or 0,
        has_conflict=row["has_conflict"],
        failures=row["failures"] or (),
        explanations=row["explanations"] or {},
        is_read=bool(row["is_read"]),
        income=_baht(row["income"]),
        last_people=row["last_people"],
        last_income=_baht(row["last_income"]),
        reason=row["reason"],
        cleared=frozenset(row["cleared"] or ()),
    )


def _baht(amount: Any) -> int | None:
    return None if amount is None else int(amount)


def _keep(
    session: Session, round_id: str, village: str, found: dict[str, Any], sheet: Sheet
) -> None:
    values = {
        "subdistrict_code": found["subdistrict"],
        "path": found["path"],
        "states": [int(one) for one in sheet.states],
        "worst": int(sheet.worst),
        "households": sheet.households,
        "figures": sheet.figures,
        "blockers": sheet.blockers,
        "formulas": checks.FORMULAS,
    }
    _put(session, VillageQuality, {"round_id": round_id, "village_code": village}, values)


def _point_at(session: Session, round_id: str, village: str, path: str, sheet: Sheet) -> None:
    """The exceptions are those found now; most stay as they are, and are not written again."""
    key = {"round_id": round_id, "village_code": village}
    here = (
        select(QualityException)
        .where(QualityException.round_id == round_id, QualityException.village_code == village)
        .with_for_update()
    )
    known = {_key(one): one for one in session.scalars(here)}
    wanted: dict[tuple[Any, ...], dict[str, Any]] = {}
    for check in CHECKS:
        for one in sheet.judged[check.no].exceptions:
            row = asdict(one) | {"check_no": check.no, "path": path} | key
            row["household_id"], row["interview_id"] = row.pop("household"), row.pop("interview")
            wanted[check.no, one.is_cleared, one.code, one.household] = row
    for place, kept in known.items():
        if wanted.get(place, {}).get("detail") != kept.detail:
            session.delete(kept)
        else:
            del wanted[place]
    session.flush()
    session.add_all(QualityException(**row) for row in wanted.values())
    session.flush()
    session.expunge_all()


def _tell(session: Session, round_id: str, village: str, judged: Judged) -> None:
    """Unusual incomes that nobody has found in order are open findings; no others are."""
    told = [
        {
            "interview": str(one.interview),
            "code": one.code,
            "weight": KINDS[one.code].weight,
            "detail": dict(one.detail),
        }
        for one in judged.exceptions
        if one.interview and not one.is_cleared
    ]
    session.execute(_TELL, {"round": round_id, "village": village, "told": json.dumps(told)})


def _key(one: QualityException) -> tuple[Any, ...]:
    return one.check_no, one.is_cleared, one.code, one.household_id


def _drop(session: Session, round_id: str, village: str) -> None:
    for table in (QualityException, VillageQuality):
        session.execute(
            delete(table).where(table.round_id == round_id, table.village_code == village)
        )


def _sum(session: Session, round_id: str, subdistrict: str) -> None:
    """The subdistrict's villages together; a village of another round is none of them."""
    here = (VillageQuality.round_id == round_id, VillageQuality.subdistrict_code == subdistrict)
    newest = VillageQuality.reckoned_at.desc()
    villages = session.scalars(select(VillageQuality).where(*here).order_by(newest)).all()
    key = {"round_id": round_id, "subdistrict_code": subdistrict}
    if not villages:
        session.execute(delete(SubdistrictQuality).filter_by(**key))
        return
    each = [[State(one) for one in village.states] for village in villages]
    states = [worst(column) for column in zip(*each, strict=True)]
    path = villages[0].path.split(".")
    people = session.scalar(_COLLECTORS, {"round": round_id, "subdistrict": subdistrict})
    figures, blocked = _whole(villages, collectors.judge_people(people))
    values = {
        "district_code": path[2],
        "province_code": path[1],
        "path": ".".join([*path[:4], ""]),
        "villages": len(villages),
        "counts": _counts(villages),
        "states": [int(one) for one in states],
        "worst": max(village.worst for village in villages),
        "figures": figures,
        "blockers": blocked,
        "is_small": disclosure.would_show(village.households for village in villages),
    }
    _put(session, SubdistrictQuality, key, values)
    session.expunge_all()


def _whole(
    villages: Sequence[VillageQuality], people: Judged
) -> tuple[dict[str, dict[str, int]], Blocked]:
    """Figures and blockers of a subdistrict: of its `people` each counts once.

    What else is the subdistrict's stands as the village says it that was judged last, the first.
    """
    figures = checks.added([village.figures for village in villages])
    figures[str(collectors.CHECK.no)] = dict(people.figures)
    whole = {**villages[0].blockers, **people.blockers}
    return figures, of_subdistrict([village.blockers for village in villages], whole)


def _counts(villages: Sequence[VillageQuality]) -> list[int]:
    """How many villages are in each state, check by check, and of the worst last."""
    columns = [list(one) for one in zip(*(village.states for village in villages), strict=True)]
    columns.append([village.worst for village in villages])
    return [column.count(state) for column in columns for state in State]


def _put(session: Session, table: Any, key: dict[str, Any], values: dict[str, Any]) -> None:
    new = insert(table).values(**key, **values)
    session.execute(
        new.on_conflict_do_update(
            index_elements=list(key), set_=values | {"reckoned_at": func.now()}
        )
    )
