"""Check 7: re-asked at the forum, households answer as the form has it.

Source: the letter's quality table, check 7. Households drawn by `domain/forum/draw.py` are asked
some questions again by somebody else; the share of answers that agree has its 95 % interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from webapp.domain.forum import agreement
from webapp.domain.forum.agreement import Share
from webapp.domain.forum.calls import WAITING, House, called
from webapp.domain.quality.facts import Village
from webapp.domain.quality.states import Check, Exceptional, Judged, Line, State, kept, percent

NO = 7
AGREEING = 90
"""Of a hundred answers so many agree in a village that is good."""
SHOWN, EXACT = 2, 9
"""Decimals: what is judged is not rounded before."""


@dataclass(frozen=True)
class _Asked:
    """A household that was called up and asked: how many of its answers agree, of how many."""

    household: UUID
    interview: UUID
    agreeing: int
    answers: int
    finding: str | None


def judge(village: Village) -> Judged:
    """Good where everybody who was called up has been asked, and what they say agrees."""
    facts = village.place.back_check
    if facts is None:
        return Judged(State.UNKNOWN, blockers=kept(forum_missing=int(bool(village.interviewed))))
    houses = facts["houses"] or []
    calls = called([_house(one) for one in houses])
    by_id = {UUID(one["household"]): one for one in houses}
    asked = [_asked(by_id[one.household]) for one in calls if one.state == "asked"]
    waiting = 0 if facts["is_closed"] else sum(one.state == WAITING for one in calls)
    figures = _figures(calls, asked, waiting)
    unread = figures["unread"]
    return Judged(
        _state(figures),
        figures,
        exceptions=[_exception(one) for one in asked if one.agreeing < one.answers],
        blockers=kept(
            forum_missing=int(not asked and not waiting),
            back_check_waiting=waiting,
            back_check_unread=unread,
        ),
    )


def lines(figures: Mapping[str, int]) -> list[Line]:
    """Who was asked, and the share of answers that agree with its interval."""
    share = _share(figures, SHOWN)
    return [
        Line("called", figures["called"]),
        Line("asked", figures["asked"]),
        Line("back_check_waiting", figures["waiting"]),
        Line("agreeing", percent(figures["agreeing"], figures["answers"]), "percent"),
        Line("agreeing_low", share.low if share else None, "percent"),
        Line("agreeing_high", share.high if share else None, "percent"),
        Line("differing", figures["differing"]),
        Line("back_check_unread", figures["unread"]),
        Line("replaced", percent(figures["replaced"], figures["called"]), "percent"),
    ]


def _house(one: Mapping[str, Any]) -> House:
    known = ("stratum", "place", "is_reserve", "state")
    return House(UUID(one["household"]), **{name: one[name] for name in known})


def _asked(one: Mapping[str, Any]) -> _Asked:
    answers = [agrees for agrees in one["compared"].values() if agrees is not None]
    return _Asked(
        UUID(one["household"]),
        UUID(one["interview"]),
        sum(answers),
        len(answers),
        one["finding"],
    )


def _figures(calls: Sequence[House], asked: Sequence[_Asked], waiting: int) -> dict[str, int]:
    differing = [one for one in asked if one.agreeing < one.answers]
    return {
        "called": len(calls),
        "asked": len(asked),
        "compared": sum(one.answers > 0 for one in asked),
        "waiting": waiting,
        "replaced": sum(one.is_reserve for one in calls),
        "agreeing": sum(one.agreeing for one in asked),
        "answers": sum(one.answers for one in asked),
        "differing": len(differing),
        "unread": sum(one.finding == "open" for one in differing),
    }


def _share(figures: Mapping[str, int], decimals: int) -> Share | None:
    asked = (figures["agreeing"], figures["answers"], figures["compared"])
    return agreement.of_answers(*asked, decimals)


def _state(figures: Mapping[str, int]) -> State:
    share = _share(figures, EXACT)
    if share is None:
        return State.UNKNOWN
    if share.high < AGREEING:
        return State.BAD
    is_done = not figures["waiting"] and not figures["unread"]
    agrees = figures["agreeing"] * 100 >= AGREEING * figures["answers"]
    return State.GOOD if is_done and agrees else State.ATTENTION


def _exception(one: _Asked) -> Exceptional:
    detail = {"differs": one.answers - one.agreeing, "compared": one.answers}
    is_cleared = one.finding not in (None, "open")
    return Exceptional("back_check_differs", one.household, one.interview, is_cleared, detail)


CHECK = Check(NO, "back_check", 3, judge, lines, shows_households=True)
