"""Screening village by village, apart from intake: figures kept, the group judged, findings told.

A step of the finder's process. Doing it again changes nothing; one village is in memory at a time,
with its subdistrict where it is small. The follow-up makes villages due.
"""

from __future__ import annotations

import json
import logging
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.domain import questionnaire
from webapp.domain.findings import KINDS
from webapp.domain.screening import judging, volunteers
from webapp.domain.screening.judging import VERSION, Judged
from webapp.domain.screening.measuring import Figures, Read, Reader

LOG = logging.getLogger(__name__)
READ_AT_ONCE = 200
"""Documents in memory at a time."""

_MARK = text("select jpt_screening_mark(:interview)")
_AGAIN = text("select jpt_screening_again(:round)")
_TAKE = text("select jpt_screening_take(make_interval(secs => :waited))")
_FORGET = text("select jpt_screening_forget(:round, :village)")
_READ = text("select * from jpt_screening_read(:round, :village, :version, :most)")
_KEEP = text("""
    insert into screenings as s (interview_id, round_id, household_id, village_code, path,
        account_id, digest, questionnaire_id, mode, version, began, ended, figures, codes)
    values (:interview, :round, :household, :village, :path, :account, :digest, :questionnaire,
        :mode, :version, :began, :ended, cast(:figures as jsonb), :codes)
    on conflict (interview_id) do update set round_id = excluded.round_id,
        household_id = excluded.household_id, village_code = excluded.village_code,
        path = excluded.path, account_id = excluded.account_id, digest = excluded.digest,
        questionnaire_id = excluded.questionnaire_id, mode = excluded.mode,
        version = excluded.version, began = excluded.began, ended = excluded.ended,
        figures = excluded.figures, codes = excluded.codes, updated_at = now()
""")
_COLUMNS = "interview_id, account_id, questionnaire_id, mode, began, ended, figures, codes"
_OF_VILLAGE = text(f"""
    select {_COLUMNS} from screenings
    where village_code = :village and round_id = :round and version = :version
""")  # noqa: S608 (names of our own)
_AROUND = text(f"""
    select {_COLUMNS} from screenings
    where left(village_code, 6) = :subdistrict and round_id = :round and mode = :mode
        and questionnaire_id = :questionnaire and version = :version and village_code <> :village
""")  # noqa: S608 (names of our own)
_JUDGED = text("""
    update screenings s set score = t.score, stands_out = coalesce(t.stands_out, false),
        reasons = coalesce(t.reasons, '[]'), updated_at = now()
    from screenings o left join jsonb_to_recordset(cast(:judged as jsonb))
        t (interview uuid, score real, stands_out boolean, reasons jsonb)
        on t.interview = o.interview_id
    where o.village_code = :village and o.round_id = :round and s.interview_id = o.interview_id
        and (s.score, s.stands_out, s.reasons) is distinct from
            (t.score, coalesce(t.stands_out, false), coalesce(t.reasons, '[]'))
""")
_RANKED = text("""
    with told as (
        select * from jsonb_to_recordset(cast(:ranked as jsonb)) t (account_id uuid,
            interviews integer, judged integer, standing_out integer, usual_share real, rank real,
            reasons jsonb, beside jsonb)
    ), gone as (
        delete from volunteer_screenings v where v.village_code = :village and v.round_id = :round
            and v.account_id not in (select t.account_id from told t)
    )
    insert into volunteer_screenings as v (round_id, village_code, path, account_id, interviews,
        judged, standing_out, usual_share, rank, reasons, beside)
    select :round, :village, :path, t.account_id, t.interviews, t.judged, t.standing_out,
        t.usual_share, t.rank, t.reasons, t.beside from told t
    on conflict (round_id, village_code, account_id) do update set path = excluded.path,
        interviews = excluded.interviews, judged = excluded.judged,
        standing_out = excluded.standing_out, usual_share = excluded.usual_share,
        rank = excluded.rank, reasons = excluded.reasons, beside = excluded.beside,
        updated_at = now()
""")
_TELL = text("""
    with told as (
        select s.round_id, s.household_id, s.village_code, s.path, s.account_id, t.*
        from jsonb_to_recordset(cast(:told as jsonb))
            t (interview uuid, code text, other uuid, weight smallint, detail jsonb)
            join screenings s on s.interview_id = t.interview
    ), opened as (
        insert into findings as f (round_id, code, source, interview_id, household_id, account_id,
            other_interview_id, village_code, path, weight, detail)
        select t.round_id, t.code, 'screening', t.interview, t.household_id, t.account_id, t.other,
            t.village_code, t.path, t.weight, t.detail from told t
        on conflict (code, interview_id, account_id, other_interview_id) do update set
            detail = excluded.detail, weight = excluded.weight,
            state = case when f.closed_by is null then 'open' else f.state end,
            closed_at = case when f.closed_by is not null then f.closed_at end,
            closing_reason = case when f.closed_by is not null then f.closing_reason end
        where f.detail <> excluded.detail or f.weight <> excluded.weight
            or (f.state <> 'open' and f.closed_by is null)
    )
    update findings f set state = 'cleared', closed_at = now(), closing_reason = 'no-longer'
    where f.village_code = :village and f.round_id = :round and f.source = 'screening'
        and f.state = 'open' and not exists (select from told t where t.code = f.code
            and t.interview = f.interview_id and t.account_id = f.account_id
            and t.other is not distinct from f.other_interview_id)
""")


@dataclass(frozen=True)
class Place:
    """A village in a round: what is screened at a time."""

    round: str
    village: str

    @property
    def names(self) -> dict[str, str]:
        """As the statements call them."""
        return {"round": self.round, "village": self.village}


def mark(session: Session, interview: UUID) -> None:
    """The interview's village is due, unless it is screened as the interview stands.

    The scope of this and of all below must be the finder's.
    """
    session.execute(_MARK, {"interview": interview})


def again(session: Session) -> int:
    """Every village of the current round is due; how many."""
    current = session.scalar(text("select id from rounds where is_current"))
    return int(session.scalar(_AGAIN, {"round": current}) or 0)


def step(session: Session, waited: float = 0) -> Place | None:
    """The village that has been due longest, for `waited` seconds at least, has been screened."""
    taken = session.scalar(_TAKE, {"waited": waited})
    if taken is None:
        return None
    place = Place(taken["round"], taken["village"])
    try:
        with session.begin_nested():
            screen(session, place)
    except (ArithmeticError, LookupError, TypeError, ValueError) as failure:
        # one odd document must not hold up every other village; its next change tries again
        LOG.error("screening of %s stopped: %s", place.village, type(failure).__name__)
    return place


def screen(session: Session, place: Place) -> None:
    """Figures, scores, ranks and open findings of the village are those of its interviews now."""
    session.execute(_FORGET, place.names)
    while _measure_some(session, place):
        pass
    mine = _figures(session.execute(_OF_VILLAGE, place.names | {"version": VERSION}))
    judged = _judge(session, place, mine)
    here = {one.interview for one in mine}
    of_village = [one for one in judged if one.interview in here]
    _keep_judged(session, place, of_village)
    _keep_ranked(session, place, judged, mine)
    _tell(session, place, of_village)


def _measure_some(session: Session, place: Place) -> bool:
    """Some interviews more have their figures; whether there may be others."""
    asked = place.names | {"version": VERSION, "most": READ_AT_ONCE}
    rows = session.execute(_READ, asked).all()
    if rows:
        session.execute(_KEEP, [_row(place, one, _measure(one)) for one in rows])
    return len(rows) == READ_AT_ONCE


def _measure(row: Any) -> Figures:
    return _reader(row.questionnaire_id).measure(
        Read(
            row.interview_id,
            row.account_id,
            row.questionnaire_id,
            row.mode if row.mode in ("doorstep", "paper") else "doorstep",
            row.began,
            row.ended,
            row.answers or {},
            [one for one in row.members or [] if isinstance(one, dict)],
            row.paradata or {},
        )
    )


@cache
def _reader(version: str) -> Reader:
    return Reader(questionnaire.load(version))


def _row(place: Place, row: Any, figures: Figures) -> dict[str, Any]:
    return {
        "interview": row.interview_id,
        **place.names,
        "household": row.household_id,
        "path": row.village_path,
        "account": row.account_id,
        "digest": row.digest,
        "questionnaire": row.questionnaire_id,
        "mode": figures.mode,
        "version": VERSION,
        "began": figures.began,
        "ended": figures.ended,
        "figures": json.dumps(figures.kept()),
        "codes": figures.codes,
    }


def _figures(rows: Any) -> list[Figures]:
    return [
        Figures(
            row.interview_id,
            row.account_id,
            row.questionnaire_id,
            row.mode,
            row.began,
            row.ended,
            codes=bytes(row.codes),
            **row.figures,
        )
        for row in rows
    ]


def _judge(session: Session, place: Place, mine: Sequence[Figures]) -> list[Judged]:
    """The village's interviews beside each other; beside the subdistrict's where they are few."""
    versions: dict[str, list[Figures]] = defaultdict(list)
    for one in mine:
        versions[one.questionnaire].append(one)
    found: list[Judged] = []
    for version, group in versions.items():
        for mode, number in Counter(one.mode for one in group).items():
            few = number < judging.FEWEST
            others = _around(session, place, version, mode) if few else []
            found += judging.judge(group + others, mode)
    return found


def _around(session: Session, place: Place, version: str, mode: str) -> list[Figures]:
    asked = {
        "subdistrict": place.village[:6],
        "questionnaire": version,
        "mode": mode,
        "version": VERSION,
    }
    return _figures(session.execute(_AROUND, place.names | asked))


def _keep_judged(session: Session, place: Place, judged: Sequence[Judged]) -> None:
    told = [
        {
            "interview": str(one.interview),
            "score": round(one.score, 1),
            "stands_out": one.stands_out,
            "reasons": [reason.told() for reason in one.reasons],
        }
        for one in judged
    ]
    session.execute(_JUDGED, place.names | {"judged": json.dumps(told)})


def _keep_ranked(
    session: Session, place: Place, judged: Sequence[Judged], mine: Sequence[Figures]
) -> None:
    village = {one.interview: one.volunteer for one in mine}
    ranked = (asdict(one) for one in volunteers.rank(judged, village))
    rows = [one | {"account_id": str(one.pop("volunteer"))} for one in ranked]
    path = session.scalar(text("select path from areas where code = :village"), place.names)
    session.execute(_RANKED, place.names | {"path": path, "ranked": json.dumps(rows)})


def _tell(session: Session, place: Place, judged: Sequence[Judged]) -> None:
    """Of an interview that stands out each kind of reason is one finding, with its figures."""
    told = []
    for one in judged:
        for code in dict.fromkeys(reason.finding for reason in one.reasons):
            reasons = [reason for reason in one.reasons if reason.finding == code]
            other = next((reason.other for reason in reasons if reason.other), None)
            told.append(
                {
                    "interview": str(one.interview),
                    "code": code,
                    "other": str(other) if other else None,
                    "weight": KINDS[code].weight,
                    "detail": {reason.sign: reason.figures() for reason in reasons},
                }
            )
    session.execute(_TELL, place.names | {"told": json.dumps(told)})
