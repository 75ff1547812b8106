"""What stands beside something else stays marked, whatever arrives after it."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from tests import books
from tests.deliveries import level_of
from tests.handset import APP, Handset, Sealed
from webapp.models.interview import Interview


def shown(register: Session, one: Sealed) -> Interview:
    register.rollback()
    return register.get_one(Interview, uuid.UUID(one.interview), populate_existing=True)


def waiting(register: Session) -> set[str]:
    register.rollback()
    return books.waiting(register)


def levels(phone: Handset, many: list[Sealed]) -> list[str]:
    """What the phone learns of each when it asks."""
    items = [{"interview": one.interview, "digest": one.digest, "evidence": []} for one in many]
    answer = phone.client.post("/api/v1/plan", json={"items": items}, headers=APP)
    return [level_of(told["receipt"]) for told in answer.get_json()["items"]]


def corrected(phone: Handset, bases: list[Sealed], answer: str) -> Sealed:
    number = 1 + max(one.document["number"] for one in bases)
    more = {"number": number, "based_on": [one.digest for one in bases]}
    return phone.seal(bases[0].document | more | {"answers": {"9.1": answer}})


class TestAnInterviewBesideASecondOne:
    def test_stays_marked_when_it_is_corrected(self, mali: Handset, the_world: Session) -> None:
        first, second = mali.interview(), mali.interview()
        assert [mali.put(one).status_code for one in (first, second)] == [201, 202]
        assert mali.put(corrected(mali, [first], "enough")).status_code == 201
        assert shown(the_world, first).has_conflict

    def test_stays_marked_when_its_own_branches_are_brought_together(
        self, mali: Handset, the_world: Session
    ) -> None:
        first, second = mali.interview(), mali.interview()
        branches = [corrected(mali, [first], answer) for answer in ("enough", "not_enough")]
        for one in (first, *branches, second, corrected(mali, branches, "enough")):
            mali.put(one)
        assert shown(the_world, first).has_conflict
        assert waiting(the_world) == {second.digest}


class TestRevisionsBesideEachOther:
    def test_wait_in_custody_both_until_one_is_based_on_both(
        self, mali: Handset, the_world: Session
    ) -> None:
        first = mali.interview()
        branches = [corrected(mali, [first], answer) for answer in ("enough", "not_enough")]
        for one in (first, *branches):
            mali.put(one)
        assert waiting(the_world) == {one.digest for one in branches}
        mali.put(corrected(mali, branches, "enough"))
        assert waiting(the_world) == set()
        assert not shown(the_world, first).has_conflict

    def test_have_receipts_like_all_others_once_they_are_brought_together(
        self, mali: Handset, the_world: Session
    ) -> None:
        first = mali.interview()
        branches = [corrected(mali, [first], answer) for answer in ("enough", "not_enough")]
        third = corrected(mali, [first], "unsure")
        for one in (first, *branches, third):
            mali.put(one)
        assert levels(mali, [*branches, third]) == ["complete", "custody", "custody"]
        both = corrected(mali, branches, "enough")
        mali.put(both)
        assert levels(mali, [*branches, third, both]) == [*["complete"] * 2, *["custody"] * 2]
        assert waiting(the_world) == {third.digest, both.digest}
