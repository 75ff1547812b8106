"""Screening: an interview beside its village; what stands out, why, and when nothing is said."""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from webapp import wording
from webapp.domain import questionnaire
from webapp.domain.screening import judging, volunteers
from webapp.domain.screening.judging import Judged
from webapp.domain.screening.measuring import Figures, Read, Reader

MORNING = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
READER = Reader(questionnaire.load("bmn-31"))
STEPS = ("notice", "cover", "members", "contents", "result", "evidence", "finish")
MALI, SOMCHAI, KAEW = (UUID(int=number) for number in (1, 2, 3))


def figures(number: int, volunteer: UUID, chance: Random, pace: float = 1.0) -> Figures:
    """An everyday interview: ten minutes, everybody's answers a little different."""
    began = MORNING + timedelta(days=number // 6, minutes=45 * (number % 6))
    seconds = pace * chance.lognormvariate(6.6, 0.2)
    return Figures(
        interview=UUID(int=1000 + number),
        volunteer=volunteer,
        questionnaire="bmn-31",
        mode="doorstep",
        began=began,
        ended=began + timedelta(seconds=seconds),
        asked=100,
        seconds=round(seconds),
        sections={name: 8 * pace * chance.lognormvariate(0, 0.2) for name in "abcde"},
        steps={name: 30 * pace * chance.lognormvariate(0, 0.2) for name in STEPS},
        straight=min(0.95, chance.gauss(0.75, 0.05)),
        shortcuts=chance.choice((0, 0, 0, 1)),
        sums={"22.1.1": chance.randrange(40, 900) * 500, "22.2.2": chance.randrange(10, 400) * 100},
        codes=struct.pack("<80H", *(chance.randint(1, 4) for _ in range(80))),
    )


def village(size: int = 90, seed: int = 1) -> list[Figures]:
    """Three volunteers; the second is twice as fast as the others, always."""
    chance = Random(seed)
    who = (MALI, SOMCHAI, KAEW)
    return [
        figures(number, who[number % 3], chance, 0.5 if number % 3 == 1 else 1.0)
        for number in range(size)
    ]


def judged(group: list[Figures], one: Figures) -> Judged:
    return next(
        found for found in judging.judge(group, "doorstep") if found.interview == one.interview
    )


def ranking(found: list[Judged]) -> list[volunteers.Ranked]:
    return volunteers.rank(found, {one.interview: one.volunteer for one in found})


def told(answers: dict[str, Any], **paradata: Any) -> Figures:
    members = [{"id": "m1", "relation": "head", "birth": "1960"}]
    ended = (MORNING + timedelta(minutes=20)).isoformat()
    asked = (UUID(int=7), MALI, "bmn-31", "doorstep", MORNING.isoformat(), ended)
    return READER.measure(Read(*asked, answers, members, paradata))


class TestAnInterviewLikeTheOthers:
    def test_does_not_stand_out(self) -> None:
        out = [one for one in judging.judge(village(), "doorstep") if one.stands_out]
        assert len(out) <= 2

    def test_may_be_fast_where_its_volunteer_always_is(self) -> None:
        by_somchai = [
            one for one in judging.judge(village(), "doorstep") if one.volunteer == SOMCHAI
        ]
        assert sum(one.stands_out for one in by_somchai) <= 1

    def test_is_judged_alike_in_whatever_order_the_register_gives_it(self) -> None:
        group = village()
        assert judging.judge(group, "doorstep") == judging.judge(group[::-1], "doorstep")


CHANGES: dict[str, dict[str, Any]] = {
    "times_short": {"seconds": 60, "sections": dict.fromkeys("abcde", 0.5)},
    "straight_line": {"straight": 1.0, "seconds": 250},
    "shortcuts_many": {"shortcuts": 4, "sections": dict.fromkeys("abcde", 2.0)},
    "income_made_up": {"sums": {"22.1.1": 100_000, "22.2.2": 100_000}, "seconds": 250},
}


class TestAnInterviewUnlikeItsVillage:
    @pytest.mark.parametrize("finding", CHANGES)
    def test_stands_out_with_the_reason_and_what_is_usual(self, finding: str) -> None:
        group = village()
        group[45] = replace(group[45], **CHANGES[finding])
        found = judged(group, group[45])
        assert found.stands_out
        reason = next(one for one in found.reasons if one.finding == finding)
        assert reason.low <= reason.usual <= reason.high

    def test_stands_out_where_its_later_sections_are_quick_beside_its_first(self) -> None:
        group = village()
        hurried = dict(group[45].sections) | {"d": 1.2, "e": 1.0}
        group[45] = replace(group[45], sections=hurried, straight=0.85)
        found = judged(group, group[45])
        assert found.reasons[0].sign == "uneven"
        assert found.reasons[0].value < 0.25 < found.reasons[0].low

    def test_may_be_a_slow_volunteers_who_hurried_for_once(self) -> None:
        group = village()
        usual = float(group[45].seconds or 0)
        hurried = {"seconds": round(usual * 0.35), "straight": 0.95}
        assert judged(
            [*group[:45], replace(group[45], **hurried), *group[46:]], group[45]
        ).stands_out
        by_somchai = next(one for one in group if one.volunteer == SOMCHAI)
        assert (by_somchai.seconds or 0) < usual * 0.9
        assert not judged(group, by_somchai).stands_out

    def test_says_which_earlier_household_it_is_like(self) -> None:
        group = village()
        changed = b"\x09\x00" * 2 + group[30].codes[4:]
        group[60] = replace(group[60], codes=changed, sums=group[30].sums)
        found = judged(group, group[60])
        alike = next(one for one in found.reasons if one.sign == "alike")
        assert found.stands_out
        assert alike.other == group[30].interview
        assert not judged(group, group[30]).stands_out or alike.value > 0.9

    def test_may_do_so_by_one_sign_that_is_far_out_as_the_rule_says(self) -> None:
        group = village()
        hurried = {"seconds": 30, "sections": {}, "steps": {}}
        group[45] = replace(group[45], **hurried)
        found = judged(group, group[45])
        assert found.stands_out
        pace, *others = found.reasons
        assert (pace.sign, pace.points > 5) == ("pace", True)
        assert sum(one.points for one in others) < 1
        assert "เรื่องเดียวที่ต่างมากก็พอ" in wording.say(wording.THAI, "screening.rule_3")

    def test_that_follows_at_once_late_at_night_says_so(self) -> None:
        group = village()
        night = MORNING + timedelta(days=20, hours=12)
        for number in (80, 83, 86):
            began = night + timedelta(minutes=number)
            ended = began + timedelta(minutes=2, seconds=50)
            group[number] = replace(group[number], began=began, ended=ended, seconds=170)
        reasons = [one.sign for one in judged(group, group[83]).reasons]
        assert {"gap", "hour"} <= set(reasons)


class TestFewInterviews:
    def test_are_not_ranked(self) -> None:
        assert judging.judge(village(judging.FEWEST - 1), "doorstep") == []

    def test_of_a_volunteer_give_no_rank(self) -> None:
        few = [one for one in judging.judge(village(), "doorstep") if one.volunteer != KAEW]
        few += [one for one in judging.judge(village(), "doorstep") if one.volunteer == KAEW][:9]
        ranked = {one.volunteer: one for one in ranking(few)}
        assert ranked[KAEW].rank == volunteers.UNRANKED
        assert ranked[MALI].rank > -10


class TestVolunteers:
    def test_are_ranked_by_what_stands_out_beyond_the_usual(self) -> None:
        group = village()
        for number in range(0, 18, 3):
            group[number] = replace(group[number], **CHANGES["times_short"])
        first, *others = ranking(judging.judge(group, "doorstep"))
        assert (first.volunteer, first.standing_out) == (MALI, 6)
        assert first.reasons["times_short"] == 6
        assert all(one.rank < first.rank for one in others)
        assert first.beside["minutes"]["own"]["low"] < first.beside["minutes"]["all"]["usual"]


class TestTheFiguresOfAnInterview:
    def test_count_first_answers_and_nobody_concerned(self) -> None:
        found = told({"4.1": "yes", "4.2": "no", "1.2": {"who": {}}, "6.4": {"count": {}}})
        assert found.straight == 0.75

    def test_are_alike_for_a_phone_and_a_paper_form(self) -> None:
        by_name = told({"6.1": {"who": {"m1": ["universal"], "m2": ["universal"]}}})
        by_count = told({"6.1": {"count": {"universal": 2, "private": 0}}})
        assert by_name.codes == by_count.codes

    def test_have_no_times_where_the_phone_noted_none(self) -> None:
        assert told({"4.1": "yes"}).seconds is None
        assert told({"4.1": "yes"}, section_seconds={"health": "x"}).seconds is None

    def test_survive_whatever_a_phone_may_write(self) -> None:
        odd = told(
            {"4.1": ["yes"], "22.1.1": "much", "6.1": {"who": 3}, "nothing": 1, "6.2": None},
            section_seconds=[1],
            shortcuts={"a": 1},
        )
        assert (odd.sums, odd.shortcuts, odd.seconds) == ({}, 0, None)

    def test_leave_out_sums_of_nothing(self) -> None:
        found = told({"22.1.1": 120_000, "22.1.2": 0, "22.1.3": 7_200})
        assert found.sums == {"22.1.1": 120_000, "22.1.3": 7_200}
        assert found.noughts == {"22.1.1": 4, "22.1.3": 2}
