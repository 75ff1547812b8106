"""The demo's people and their answers, before anything is sent."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest

from webapp.demo import answers, cast, drawing, fates, households, papers, rates, rounds
from webapp.demo.chance import source
from webapp.demo.fates import Fate
from webapp.demo.households import Dwelling
from webapp.domain import identifiers

TODAY = date(2026, 6, 15)


def listed(seed: int = 1, count: int = 400) -> list[Dwelling]:
    return households.dwellings(seed, TODAY, count)


@cache
def filled(count: int = 160) -> list[tuple[papers.Document, answers.Evaluation]]:
    """Documents of the first households with what the engine says of them."""
    found = []
    for one in listed(count=count):
        mode = "paper" if one.number % 8 == 0 else "doorstep"
        document = {
            "date": TODAY.isoformat(),
            "mode": mode,
            "cover": {},
            "members": one.members,
            "answers": {},
            "declined": [],
        }
        found.append((document, answers.fill(one.chance("answers"), document)))
    return found


def fate(kind: str) -> Fate:
    return next(one for one in fates.fates(listed(), []) if one.outcome == kind)


class TestMadeUpPeople:
    def test_have_id_numbers_nobody_has_with_the_right_check_digit(self) -> None:
        numbers = [
            member["national_id"]
            for one in listed(count=100)
            for member in one.members
            if "national_id" in member
        ]
        assert all(number.startswith("199") for number in numbers)
        assert all(identifiers.thai_id_problem(number) is None for number in numbers)
        assert len(set(numbers)) == len(numbers)

    def test_have_a_reason_where_they_have_no_number(self) -> None:
        for one in listed(count=100):
            for member in one.members:
                assert ("national_id" in member) != ("no_id_reason" in member)

    def test_are_the_same_for_the_same_seed_and_day_only(self) -> None:
        names = [one.members for one in listed(count=30)]
        assert names == [one.members for one in listed(count=30)]
        assert names != [one.members for one in listed(seed=2, count=30)]

    def test_begin_with_the_head_and_have_one_who_answers(self) -> None:
        for one in listed(count=100):
            assert one.members[0]["relation"] == "head"
            assert sum(member.get("respondent", False) for member in one.members) == 1


class TestMadeUpAnswers:
    def test_leave_nothing_open_and_fail_no_rule(self) -> None:
        for document, evaluation in filled():
            open_ = [name for name in evaluation["missing"] if not name.startswith("cover.")]
            assert set(open_) <= set(document["declined"])
            assert evaluation["failures"] == []

    def test_on_paper_name_nobody(self) -> None:
        papers_ = [document for document, _ in filled() if document["mode"] == "paper"]
        people = [
            value
            for document in papers_
            for value in document["answers"].values()
            if isinstance(value, dict)
        ]
        assert people
        assert all(set(value) == {"count"} for value in people)

    @pytest.mark.parametrize("indicator", [11, 21, 23, 24, 25])
    def test_fail_about_as_often_as_was_published(self, indicator: int) -> None:
        eligible = failing = 0
        for _, evaluation in filled():
            one = next(one for one in evaluation["indicators"] if one["no"] == indicator)
            eligible += one["eligible"] or 0
            failing += one["failing"] or 0
        assert failing / eligible == pytest.approx(rates.failing(indicator), abs=0.06)


class TestFates:
    def test_hold_every_state_outcome_trouble_and_kind_of_evidence(self) -> None:
        found = fates.fates(listed(), [])
        assert {one.state for one in found} == set(fates.STATES) - {"todo"}
        assert {one.outcome for one in found} == {"interviewed", *fates.OUTCOMES}
        assert {one.custody for one in found} == {None, *fates.CUSTODY}
        assert {one.evidence for one in found} >= set(fates.EVIDENCE) | set(fates.ON_PAPER)
        assert {one.mode for one in found} == {"doorstep", "paper"}

    def test_leave_about_a_quarter_still_to_visit(self) -> None:
        assert 75 < 400 - len(fates.fates(listed(), [])) < 125

    def test_leave_nothing_to_visit_where_a_sample_may_be_drawn(self) -> None:
        here = (fates.READY, fates.RECORDED, fates.DOUBTED)
        met = Counter(one.dwelling.village for one in fates.fates(listed(), []))
        every = Counter(one.village for one in listed())
        assert [met[one] for one in here] == [every[one] for one in here]

    def test_lie_on_days_before_today_in_daylight(self) -> None:
        for one in fates.fates(listed(), []):
            local = one.started_at + fates.BANGKOK
            assert 1 <= (TODAY - local.date()).days <= fates.WEEKS_OF_WORK
            assert 8 <= local.hour <= 17


class TestAMadeUpInterview:
    def test_is_the_same_bytes_for_the_same_seed_and_day(self) -> None:
        first, again = (papers.document(fate("interviewed"), "2569", []) for _ in range(2))
        assert papers.written(first) == papers.written(again)

    def test_explains_every_hard_failure(self) -> None:
        for one in fates.fates(listed(count=120), []):
            made = papers.document(one, "2569", [])
            if one.outcome == "interviewed":
                evaluation = answers.engine.evaluate(rates.QUESTIONNAIRE, made)
                hard = {x["id"] for x in evaluation["failures"] if x["severity"] == "hard"}
                assert hard <= set(made["explanations"])

    def test_of_a_refusal_has_no_answers_but_a_note(self) -> None:
        made = papers.document(fate("refused"), "2569", [])
        assert (made["answers"], made["members"]) == ({}, [])
        assert made["outcome_note"]
        assert made["notice"]["agreed"] is False


class TestDrawnEvidence:
    def test_is_small_and_the_same_each_time(self) -> None:
        first, again = (drawing.photo(source(1, "a"), 4, "ตัวอย่าง") for _ in range(2))
        assert first == again
        assert first.startswith(b"\xff\xd8")
        assert len(first) < 350 * 1024

    def test_of_two_households_differs(self) -> None:
        signed = [drawing.signature_picture(drawing.strokes(source(1, name))) for name in "ab"]
        assert signed[0] != signed[1]


class TestTheRound:
    def test_is_called_after_the_buddhist_year(self) -> None:
        assert rounds.round_id(TODAY) == "2569"

    def test_has_all_services_with_recording_open_today(self) -> None:
        windows = {one["service"]: one for one in rounds.windows(TODAY)}
        assert len(windows) == 17
        recording = windows["recording"]
        assert recording["opens_on"] < TODAY < recording["closes_on"]
        assert (recording["closes_on"] - recording["opens_on"]).days == 105


class TestTheCast:
    def test_has_every_role_and_level_and_outsiders(self) -> None:
        roles = Counter(one.role.value for one in cast.CAST)
        assert roles == {"volunteer": 4, "inspector": 2, "viewer": 1, "officer": 4}
        assert {one.level for one in cast.CAST} >= {"district", "province", "department"}
        assert {one.role.value for one in cast.CAST if one.is_outsider} >= {
            "volunteer",
            "inspector",
        }

    def test_visits_every_village_once(self) -> None:
        villages = [village for one in cast.VOLUNTEERS for village in one.areas]
        assert sorted(villages) == sorted({one.village for one in listed()})
