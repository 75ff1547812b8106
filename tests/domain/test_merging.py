"""Two tellings of one household: where they differ, who is who, and one made of both."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from webapp.domain import merging
from webapp.domain.problems import Problem

ANAN = {"id": "m1", "first_name": "อนันต์", "last_name": "ตัวอย่าง", "birth": "1950-01-01"}
BUA = {"id": "m2", "first_name": "บัว", "last_name": "ตัวอย่าง", "birth": "1955-02-02"}
CHAN = {"id": "m3", "first_name": "จันทร์", "last_name": "ตัวอย่าง", "birth": "2015-03-03"}


def telling(*members: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A small interview with these people."""
    told = {
        "mode": "doorstep",
        "questionnaire": "bmn-31",
        "round": "2569",
        "outcome": "interviewed",
        "cover": {"house_number": "1"},
        "members": [dict(one) for one in members],
        "answers": {},
        "declined": [],
        "explanations": {},
    }
    return told | more


class TestDifferences:
    def test_are_the_places_told_otherwise_in_the_order_asked(self) -> None:
        one = telling(ANAN, BUA, cover={"house_number": "1"}, answers={"8.1": "yes", "9.1": "no"})
        other = telling(
            ANAN | {"birth": "1951-01-01"},
            cover={"house_number": "1/2"},
            answers={"8.1": "yes"},
            declined=["9.1"],
        )
        found = merging.differences(one, other)
        assert found == ["cover.house_number", "members.m1.birth", "members.m2", "9.1"]

    def test_are_none_where_only_a_flag_was_not_ticked(self) -> None:
        one = telling(ANAN | {"disabled": False})
        assert merging.differences(one, telling(ANAN)) == []


class TestPeopleOfTheOtherTelling:
    def test_are_called_as_here_by_number_then_by_name(self) -> None:
        here = telling(ANAN | {"national_id": "1990100000011"}, BUA)
        there = telling(
            BUA | {"id": "x1"},
            {"id": "x2", "first_name": "อนัน", "national_id": "1990100000011"},
            answers={"6.4": {"who": {"x1": "no", "x2": "sometimes"}}},
        )
        found = merging.aligned(here, there)
        assert [one["id"] for one in found["members"]] == ["m2", "m1"]
        assert found["answers"]["6.4"] == {"who": {"m2": "no", "m1": "sometimes"}}

    def test_are_nobody_else_where_only_the_place_is_the_same(self) -> None:
        found = merging.aligned(telling(ANAN, BUA), telling(ANAN, CHAN | {"id": "m2"}))
        assert [one["id"] for one in found["members"]] == ["m1", "m2b"]


class TestAMixture:
    def test_is_the_base_with_what_was_picked(self) -> None:
        base = telling(ANAN, BUA, answers={"8.1": "yes", "9.1": "enough"})
        other = telling(ANAN, CHAN, answers={"8.1": "no"}, declined=["9.1"])
        made = merging.merged(base, other, {"8.1", "9.1", "members.m3"})
        assert [one["id"] for one in made["members"]] == ["m1", "m2", "m3"]
        assert made["answers"] == {"8.1": "no"}
        assert made["declined"] == ["9.1"]

    def test_leaves_nobody_in_an_answer_who_is_no_member(self) -> None:
        base = telling(ANAN, BUA, answers={"6.4": {"who": {"m2": "no"}}})
        made = merging.merged(base, telling(ANAN), {"members.m2"})
        assert made["answers"]["6.4"] == {"who": {}}

    def test_changes_neither_side(self) -> None:
        base, other = telling(ANAN, answers={"8.1": "yes"}), telling(BUA, answers={"8.1": "no"})
        kept = copy.deepcopy([base, other])
        merging.merged(base, merging.aligned(base, other), {"8.1", "members.m2"})
        assert [base, other] == kept

    def test_is_made_only_of_what_was_asked_alike(self) -> None:
        assert merging.can_be_merged(telling(ANAN), telling(BUA))
        assert not merging.can_be_merged(telling(ANAN), telling(BUA, mode="paper"))
        assert not merging.can_be_merged(telling(ANAN), telling(outcome="refused"))


class TestAnAnswerPut:
    @pytest.mark.parametrize("key", ["members.m9.birth", "members.m1.id", "members.m9"])
    def test_of_somebody_who_is_not_there_is_malformed(self, key: str) -> None:
        with pytest.raises(Problem, match="malformed"):
            merging.put(telling(ANAN), key, "1")

    def test_that_the_household_would_not_give_is_declined(self) -> None:
        told = telling(ANAN, answers={"8.1": "yes"})
        merging.put(told, "8.1", merging.DECLINED)
        assert (told["answers"], told["declined"]) == ({}, ["8.1"])
