"""Phones deliver and a desk settles while an inspector decides, and what came back is corrected."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from flask import Flask
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests import books, keeping, world
from tests.deliveries import Returned, Said, Written
from tests.desk import NIDA
from tests.handset import Handset, Sealed
from tests.returning import TODAY, asked, send_back
from tests.services.test_deliveries import PROFILE, phones, tales
from tests.services.test_deliveries_beside import corrected
from tests.services.test_deliveries_desk import DeliveriesAndADesk
from webapp.db import transaction
from webapp.domain.problems import Problem
from webapp.domain.review import Seen
from webapp.models.interview import Interview
from webapp.services import review

__all__ = ["phones"]

FEWER = settings(PROFILE, max_examples=5, stateful_step_count=30)
COMMENTS = {"9.1": "ขอให้ถามอีกครั้ง"}
REASON = "พบข้อมูลเพิ่ม"
GIVE = text(
    "insert into assignments (round_id, account_id, village_code, path) "
    "select i.round_id, :to, i.village_code, i.path from interviews i "
    "where i.id = :interview on conflict do nothing"
)
TAKE = text("delete from assignments where account_id = :who and village_code = :village")
SWAPPED = ((world.CHAI, world.NAM_SAI), (world.MALI, world.DON))
"""Who has no work in which village until it is given to them."""
ORDERLY = text(
    "select count(*) from interviews i left join lateral (select d.decision, d.given_to "
    "from decisions d where d.interview_id = i.id order by d.id desc limit 1) d on true "
    "where (i.state = 'returned') <> (i.given_to is not null) or (i.state in ('returned', "
    "'accepted') and (d.decision is null or d.given_to is distinct from i.given_to))"
)


class DeliveriesAndReturns(DeliveriesAndADesk):
    """As the phones and the desk please; an inspector decides on whatever is there."""

    def __init__(self, phones: list[Handset], register: Session, app: Flask) -> None:
        register.rollback()
        for who, village in SWAPPED:
            register.execute(TAKE, {"who": who, "village": village})
        register.commit()
        super().__init__(phones, register, app)
        self.returned: dict[uuid.UUID, Returned] = {}
        self.given: set[tuple[str, str]] = set()

    @precondition(lambda self: self.brought)
    @rule(data=st.data(), act=st.sampled_from(("accept", "withdraw")))
    def accept_or_take_back(self, data: st.DataObject, act: str) -> None:
        """Where it can be; else nothing has happened."""
        seen, _ = self.shown(data)
        if seen and act == "accept":
            self.try_to(review.accept, seen)
        elif seen:
            self.try_to(review.withdraw, seen, REASON)

    @precondition(lambda self: self.brought)
    @rule(data=st.data(), elsewhere=st.booleans(), evidence=st.booleans())
    def send_back(self, data: st.DataObject, elsewhere: bool, evidence: bool) -> None:
        """To whoever interviewed, or in one act to somebody else; all of it, or evidence alone."""
        seen, one = self.shown(data)
        if seen is None or one is None:
            return
        to = self.reassign(one) if elsewhere else None
        if evidence:
            wanted = asked({}, to)
            number = self.try_to(review.ask_evidence_again, seen, ["photo"], wanted, TODAY)
        else:
            number = self.try_to(review.return_to_volunteer, seen, asked(COMMENTS, to), TODAY)
        if number:
            base = seen.digest.hex()
            self.returned[one.id] = Returned(number, base, one.head_number, to or one.author_id)

    @precondition(lambda self: self.returned)
    @rule(data=st.data(), said=tales)
    def correct_what_came_back(self, data: st.DataObject, said: Said) -> None:
        """It may be overtaken by another return, or taken back, before it is brought."""
        key = data.draw(st.sampled_from(sorted(self.returned)))
        told = self.returned[key]
        visit = next(one for one in self.interviews if one.id == key)
        theirs = [one for one in self.phones if one.account == told.to]
        visit.answer(data.draw(st.sampled_from(theirs)), said, told)

    @invariant()
    def what_is_returned_is_with_whom_it_was_given_to(self) -> None:
        self.register.rollback()
        assert self.register.scalar(ORDERLY) == 0

    def shown(self, data: st.DataObject) -> tuple[Seen | None, Interview | None]:
        """One of the interviews as the inspector sees it now."""
        self.register.rollback()
        found = self.register.scalars(select(Interview).order_by(Interview.id)).all()
        if not found:
            return None, None
        one = data.draw(st.sampled_from(found))
        return Seen(one.id, one.head_digest), one

    def reassign(self, one: Interview) -> uuid.UUID:
        """The village is given to the other volunteer too."""
        to = world.CHAI if one.author_id == world.MALI else world.MALI
        self.register.execute(GIVE, {"to": to, "interview": one.id})
        self.given.add((str(to), one.village_code))
        self.register.commit()
        return to

    def try_to(self, act: Any, *given: Any) -> int | None:
        """An inspector cannot always do what they would like to."""
        try:
            with transaction(NIDA) as session:
                done: int = act(session, NIDA, *given)
                return done
        except Problem:
            return None

    def first_of_their_household(self, rest: list[Written]) -> list[Written]:
        """Who was given a village may also be the first to interview a household there."""
        found: dict[uuid.UUID, Written] = {}
        for one in rest:
            place = one.document["author"]["account"], one.document["household"]["village"]
            if one.is_placeable or (not one.cause and place in self.given):
                found.setdefault(one.household, one)
        return list(found.values())


class TestACorrectionBySomebodyElse:
    def test_and_what_the_first_volunteer_had_finished_may_come_in_any_order(
        self, mali: Handset, chai: Handset, the_world: Session
    ) -> None:
        """Neither keeps the other out: both are there, beside each other."""
        first = mali.interview()
        mali.put(first)
        the_world.execute(GIVE, {"to": world.CHAI, "interview": first.interview})
        the_world.commit()
        decision = send_back(first, COMMENTS, world.CHAI)
        kept, ends = keeping.lay_aside(the_world), []
        own = corrected(mali, [first], "enough")
        theirs = answer_of(chai, first, decision)
        for order in ((own, theirs), (theirs, own)):
            keeping.take_up(the_world, kept)
            for one in order:
                phone = chai if one is theirs else mali
                assert phone.put(one).status_code in (201, 202)
            ends.append(books.state(the_world))
            assert books.waiting(the_world) == {own.digest, theirs.digest}
        assert ends[0] == ends[1]
        assert len(ends[0]["revisions"]) == 3


def answer_of(phone: Handset, one: Sealed, decision: int) -> Sealed:
    """Whoever was asked corrects what they were told of it."""
    more = {
        "number": 2,
        "based_on": [one.digest],
        "author": {"account": str(phone.account), "device": phone.device},
        "review": {"decision": decision, "replies": []},
        "answers": {"9.1": "not_enough"},
    }
    return phone.seal(one.document | more)


class TestDeliveriesBesideAnInspector:
    def test_end_in_the_same_state_and_the_counts_are_always_right(
        self, app: Flask, phones: list[Handset], the_world: Session
    ) -> None:
        run_state_machine_as_test(
            partial(DeliveriesAndReturns, phones, the_world, app), settings=FEWER
        )
