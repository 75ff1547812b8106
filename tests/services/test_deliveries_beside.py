"""What stands beside something else stays marked, whatever arrives after it."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.handset import Handset, Sealed
from webapp.models.interview import Custody, Interview


def shown(register: Session, one: Sealed) -> Interview:
    register.rollback()
    return register.get_one(Interview, uuid.UUID(one.interview), populate_existing=True)


def waiting(register: Session) -> set[str]:
    """Revisions in custody that nobody has settled."""
    register.rollback()
    rows = register.scalars(select(Custody.digest).where(Custody.resolved_at.is_(None)))
    return {digest.hex() for digest in rows}


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
