"""The back-check's rules: a draw that can be repeated, calls in order, agreement with its range."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from itertools import pairwise
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.database import ROOT
from webapp.domain import engine, questionnaire
from webapp.domain.documents import Unreadable
from webapp.domain.forum import agreement, documents, draw, questions
from webapp.domain.forum.calls import House, called
from webapp.domain.forum.draw import Framed, Recording

SEED = "forum-1|2569|43010101|abc|00"
VOLUNTEERS = [UUID(int=one) for one in range(1, 6)]


def frame(*counts: int) -> list[Framed]:
    """So many households of each volunteer."""
    each = [(first, place) for first, n in enumerate(counts) for place in range(n)]
    return [
        Framed(UUID(int=1000 * (first + 1) + place), VOLUNTEERS[first]) for first, place in each
    ]


class TestTheDraw:
    def test_is_the_same_for_the_same_seed_whatever_the_order(self) -> None:
        listed = frame(60, 30, 10)
        mixed = Random(1).sample(listed, len(listed))
        assert draw.draw(SEED, listed) == draw.draw(SEED, mixed)
        assert draw.draw(SEED, listed) != draw.draw(SEED + "1", listed)

    def test_of_a_household_can_be_worked_out_by_hand(self) -> None:
        one = UUID(int=77)
        by_hand = hashlib.sha256(f"{SEED}|{one}".encode()).hexdigest()
        assert draw.number_of(SEED, one) == by_hand

    def test_takes_the_smallest_numbers_of_each_interviewer(self) -> None:
        listed = frame(40, 20)
        chosen = {one.household for one in draw.draw(SEED, listed) if not one.is_reserve}
        for first in VOLUNTEERS[:2]:
            own = sorted(
                (one.household for one in listed if one.first == first),
                key=lambda one: draw.number_of(SEED, one),
            )
            taken = [one in chosen for one in own]
            assert taken == sorted(taken, reverse=True)

    @given(st.lists(st.integers(1, 80), min_size=1, max_size=5), st.text(max_size=9))
    def test_has_a_house_of_everybody_and_keeps_its_size(
        self, counts: list[int], seed: str
    ) -> None:
        drawn = draw.draw(seed, frame(*counts))
        sample = [one for one in drawn if not one.is_reserve]
        assert {one.first for one in sample} == set(VOLUNTEERS[: len(counts)])
        assert len(sample) == draw.size(sum(counts), len(counts))
        assert len(drawn) == min(sum(counts), 2 * len(sample))
        assert len({one.household for one in drawn}) == len(drawn)
        assert [one.place for one in drawn] == list(range(1, len(drawn) + 1))

    def test_shares_out_by_how_many_each_interviewed(self) -> None:
        sample = [one for one in draw.draw(SEED, frame(60, 30, 10)) if not one.is_reserve]
        assert Counter(one.first for one in sample) == dict(
            zip(VOLUNTEERS, (15, 8, 3), strict=False)
        )

    def test_seed_says_what_it_was_drawn_from(self) -> None:
        listed = frame(3)
        seed = draw.seed_of("2569", "43010101", listed, b"\1" * 16)
        assert seed == draw.seed_of("2569", "43010101", listed[::-1], b"\1" * 16)
        assert seed.startswith("forum-1|2569|43010101|")
        assert seed != draw.seed_of("2569", "43010101", frame(4), b"\1" * 16)

    @pytest.mark.parametrize(
        ("households", "expected"),
        [(0, 0), (1, 1), (10, 8), (40, 19), (100, 26), (150, 29), (1000, 30), (100_000, 30)],
    )
    def test_size_follows_the_formula_up_to_an_evening(
        self, households: int, expected: int
    ) -> None:
        assert draw.size(households, 0) == expected

    def test_grows_with_the_village_never_shrinks(self) -> None:
        sizes = [draw.size(n, 1) for n in range(1, 400)]
        assert all(a <= b for a, b in pairwise(sizes))

    def test_waits_until_nine_in_ten_are_visited(self) -> None:
        assert not Recording(80, 9, 11).is_far_enough
        assert Recording(80, 10, 10).is_far_enough
        assert not Recording(0, 10, 0).is_far_enough


CASES: list[dict[str, Any]] = json.loads((ROOT / "tests/forum_calls.json").read_text())


class TestCalls:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
    def test_are_as_the_phone_has_them(self, case: dict[str, Any]) -> None:
        ids = {one["id"]: UUID(int=number) for number, one in enumerate(case["houses"])}
        houses = [
            House(ids[one["id"]], one["stratum"], one["place"], one["reserve"], one["state"])
            for one in case["houses"]
        ]
        assert [one.household for one in called(houses)] == [ids[one] for one in case["called"]]


class TestAgreement:
    @pytest.mark.parametrize(
        ("agreeing", "asked", "expected"),
        [(10, 10, (100.0, 72.2, 100.0)), (0, 10, (0.0, 0.0, 27.8)), (15, 20, (75.0, 53.1, 88.8))],
    )
    def test_has_wilsons_range(
        self, agreeing: int, asked: int, expected: tuple[float, float, float]
    ) -> None:
        share = agreement.wilson(agreeing, asked)
        assert share
        assert (share.percent, share.low, share.high) == expected

    def test_of_nothing_is_nothing(self) -> None:
        assert agreement.wilson(0, 0) is None
        assert agreement.together([]).share is None

    @given(st.integers(0, 400), st.integers(1, 40))
    def test_of_many_answers_counts_households(self, answers: int, households: int) -> None:
        share = agreement.of_answers(answers // 2, answers, households)
        alone = (
            agreement.wilson(answers // 2 / answers * households, households) if answers else None
        )
        assert share == alone
        assert share is None or 0 <= share.low <= share.percent <= share.high <= 100

    def test_leaves_out_what_one_of_the_two_did_not_say(self) -> None:
        first, again = {"a": "yes", "b": None, "c": 3}, {"a": "no", "b": "yes", "c": 3, "d": None}
        found = agreement.compared(first, again)
        assert found == {"a": False, "b": None, "c": True, "d": None}
        whole = agreement.together([found, {"a": True}])
        assert (whole.agreeing, whole.answers, whole.households) == (2, 3, 2)
        assert agreement.together([found, {"a": True}], "a").agreeing == 1


class TestTheQuestions:
    def test_are_eight_to_twelve_that_can_be_asked_alone_in_public(self) -> None:
        asked = {one["id"]: one for one in questionnaire.load("bmn-31")["questions"]}
        chosen = questions.ids("bmn-31")
        assert questions.FEWEST <= len(chosen) <= questions.MOST
        assert len(set(chosen)) == len(chosen)
        for one in set(chosen) - {questions.MEMBERS}:
            assert asked[one]["kind"] == "choice"
            assert not asked[one].get("sensitive")
            assert "asked_if" not in asked[one]

    def test_have_words_and_are_read_by_the_engine(self) -> None:
        said = dict.fromkeys(questions.ids("bmn-31"), "yes")
        assert set(questions.words("bmn-31")) == set(said)
        read = engine.given("bmn-31", {"answers": said, "declined": ["8.2"]})
        assert (read["8.2"], read["23.4"], read["9.1"]) == (None, "yes", None)

    def test_of_a_version_without_any_are_none(self) -> None:
        assert questions.load("no-such-version") is None


RESULT: dict[str, Any] = {
    "schema": 1,
    "kind": "back_check",
    "interview": str(UUID(int=1)),
    "forum": str(UUID(int=2)),
    "author": {"account": str(UUID(int=3)), "device": str(UUID(int=4))},
    "household": {"id": str(UUID(int=5))},
    "outcome": "asked",
    "notice": {"agreed": True},
    "answers": {"8.2": "yes"},
}


class TestAResult:
    def test_is_told_from_an_interview(self) -> None:
        assert documents.is_one(RESULT)
        assert not documents.is_one({"schema": 1})
        assert not documents.is_one([])

    def test_without_consent_is_a_refusal(self) -> None:
        read = documents.read(RESULT | {"notice": {"agreed": False}})
        assert (read.outcome, read.answers) == ("refused", {})

    @pytest.mark.parametrize(
        "odd",
        [
            {"forum": "x"},
            {"household": None},
            {"answers": {str(n): 1 for n in range(99)}},
            {"respondent": "dog"},
            {"notice": None},
            {"declined": "8.2"},
            {"finished_at": "9999-99-99"},
        ],
    )
    def test_that_is_odd_is_unreadable(self, odd: dict[str, Any]) -> None:
        with pytest.raises(Unreadable):
            documents.read(RESULT | odd)
