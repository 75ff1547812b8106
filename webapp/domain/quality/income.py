"""Check 8: the mean income is right: recomputed from answers, unusual values looked at.

Source: the letter's quality table, check 8. Incomes are the engine's own sums of the answers, baht
a year. Per person means of the people together, not the mean of the households' means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from webapp.domain.quality import robust
from webapp.domain.quality.disclosure import FEWEST_SHOWN
from webapp.domain.quality.facts import House, Village
from webapp.domain.quality.states import (
    Check,
    Exceptional,
    Judged,
    Line,
    State,
    kept,
    nearest,
    percent,
)

NO = 8
QUESTIONS = {"bmn-31": "22.1.5"}
"""The question whose derived value is the household's whole income, by questionnaire."""
ROUND_TO = 10_000
MOST_ALIKE = 20
"""Of a hundred households with one and the same income; more is a reason to look."""
MOST_OUTLIERS = 5
LARGE_CHANGE = 20
"""Of a hundred of last year's mean per person; more is to be explained by an officer."""
STILL = 5
TIMES = 3
"""A household whose income per person is so many times last year's, or that part of it."""


def judge(village: Village) -> Judged:
    """Means, spread, heaping, and what is unusual in the village or against last year."""
    told = [one for one in village.interviewed if one.income is not None and one.people]
    exceptions = _unusual(told) + _changed(told)
    figures = _figures(told, exceptions)
    own = _own(told, figures)
    is_alike = own["same"] * 100 > MOST_ALIKE * len(told) and len(told) >= robust.FEWEST
    change = _change(figures)
    unexplained = not _is_explained(change, village.place.explained.get("income_change"))
    return Judged(
        _state(figures, is_alike=is_alike, unexplained=unexplained),
        figures,
        own | ({} if change is None else {"change": change.hundredths}),
        exceptions,
        blockers=kept(
            income_unusual=figures["open"],
            income_change=int(unexplained),
        ),
    )


def lines(figures: Mapping[str, int]) -> list[Line]:
    """Means, the middle and the quarters, heaping, unusual households, change from last year."""
    told = figures["households"]
    medians = [
        Line(name, figures[name], "baht")
        for name in ("median", "quarter", "three_quarters")
        if name in figures
    ]
    change = _change(figures)
    return [
        Line("households", told),
        Line("mean_household", _mean(figures["income"], told), "baht"),
        Line("mean_person", _mean(figures["income"], figures["people"]), "baht"),
        *medians,
        Line("rounded", percent(figures["rounded"], told), "percent"),
        *([Line("alike", percent(figures["same"], told), "percent")] if "same" in figures else []),
        Line("unusual", figures["unusual"]),
        Line("open", figures["open"]),
        *([] if change is None else [Line("change", change.percent, "percent")]),
    ]


def _unusual(told: Sequence[House]) -> list[Exceptional]:
    """Households far from the village's middle, per person, by robust statistics."""
    spread = robust.spread([_a_person(one) for one in told])
    if spread is None:
        return []
    return [
        _pointed_at(one, "income_high" if spread.score(_a_person(one)) > 0 else "income_low")
        for one in told
        if spread.is_unusual(_a_person(one))
    ]


def _changed(told: Sequence[House]) -> list[Exceptional]:
    """Households with three times last year's income per person, or a third of it."""
    found = []
    for one in told:
        if not one.last_income or not one.last_people:
            continue
        times = _a_person(one) / (one.last_income / one.last_people)
        if times >= TIMES or times <= 1 / TIMES:
            found.append(_pointed_at(one, "income_grown" if times > 1 else "income_shrunk"))
    return found


def _pointed_at(house: House, code: str) -> Exceptional:
    detail = {"a_person": int(_a_person(house))}
    if house.last_income and house.last_people:
        detail["a_person_before"] = house.last_income // house.last_people
    return Exceptional(code, house.household, house.interview, NO in house.cleared, detail)


def _figures(told: Sequence[House], exceptions: Sequence[Exceptional]) -> dict[str, int]:
    before = [one for one in told if one.last_income is not None and one.last_people]
    return {
        "households": len(told),
        "people": sum(one.people for one in told),
        "income": sum(one.income or 0 for one in told),
        "rounded": sum(bool(one.income) and (one.income or 0) % ROUND_TO == 0 for one in told),
        "unusual": len({one.household for one in exceptions}),
        "open": len({one.household for one in exceptions if not one.is_cleared}),
        "before_households": len(before),
        "before_people": sum(one.last_people or 0 for one in before),
        "before_income": sum(one.last_income or 0 for one in before),
        "since_people": sum(one.people for one in before),
        "since_income": sum(one.income or 0 for one in before),
    }


def _own(told: Sequence[House], figures: Mapping[str, int]) -> dict[str, int]:
    """What cannot be added up: how many gave one same income, and the middle."""
    own = {"same": robust.most_common([one.income or 0 for one in told])}
    if len(told) < FEWEST_SHOWN:
        return own
    amounts = sorted(one.income or 0 for one in told)
    quarters = quantiles(amounts, n=4, method="inclusive")
    return own | {
        "quarter": int(quarters[0]),
        "median": int(median(amounts)),
        "three_quarters": int(quarters[2]),
    }


def _a_person(house: House) -> float:
    return (house.income or 0) / house.people


def _mean(amount: int, among: int) -> float | None:
    return round(amount / among, 2) if among else None


@dataclass(frozen=True)
class _Change:
    """How much more a mean is than it was: `more` of `before`, in whole numbers."""

    more: int
    before: int

    @property
    def is_large(self) -> bool:
        return abs(self.more) * 100 > LARGE_CHANGE * self.before

    @property
    def hundredths(self) -> int:
        return nearest(self.more * 100, self.before)

    @property
    def percent(self) -> float | None:
        return percent(self.more, self.before)


def _change(figures: Mapping[str, int]) -> _Change | None:
    """Mean per person of the same households, now against last year."""
    few = figures["before_households"] < FEWEST_SHOWN
    if few or not figures["before_income"] or not figures["since_people"]:
        return None
    before = figures["before_income"] * figures["since_people"]
    return _Change(figures["since_income"] * figures["before_people"] - before, before)


def _is_explained(change: _Change | None, explained: int | None) -> bool:
    if change is None or not change.is_large:
        return True
    return explained is not None and abs(change.hundredths - explained) <= STILL


def _state(figures: Mapping[str, int], *, is_alike: bool, unexplained: bool) -> State:
    if figures["households"] < FEWEST_SHOWN:
        return State.UNKNOWN
    if figures["open"] * 100 > MOST_OUTLIERS * figures["households"]:
        return State.BAD
    return State.ATTENTION if figures["open"] or is_alike or unexplained else State.GOOD


CHECK = Check(NO, "income", 2, judge, lines, shows_households=True)
