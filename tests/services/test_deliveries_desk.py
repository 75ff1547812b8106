"""Phones go on delivering while somebody at the desk settles: figures and heads stay right."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from flask import Flask
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import books, keeping
from tests.deliveries import Post, Written
from tests.desk import ORATHAI, WHY, Desk, open_matters
from tests.handset import Handset
from tests.services.test_deliveries import PROFILE, Deliveries, phones
from webapp.db import transaction
from webapp.domain.desk import WAYS, Situation, Way
from webapp.domain.merging import can_be_merged, differences
from webapp.models.desk_revision import DeskRevision
from webapp.models.household import Household
from webapp.models.interview import Custody, Interview, Revision
from webapp.services import custody
from webapp.services.bringing_together import Mixture

__all__ = ["phones"]

FEWER = settings(PROFILE, max_examples=8)
"""Each step of a desk judges both sides again, so a tale takes longer."""


class DeliveriesAndADesk(Deliveries):
    """As the phones please; an officer settles what waits whenever they come to it."""

    def __init__(self, phones: list[Handset], register: Session, app: Flask) -> None:
        super().__init__(phones, register)
        self.desk = Desk(app, ORATHAI)

    @precondition(lambda self: open_matters(self.register))
    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        """Whole, in any way that the matter allows."""
        number = data.draw(st.sampled_from(open_matters(self.register)))
        found = self.desk.matter(number)
        way = data.draw(st.sampled_from(WAYS[found.situation]))
        if way is Way.TOGETHER:
            self.desk.merge(number, Mixture(data.draw(st.sampled_from(("shown", "waiting")))))
        else:
            self.desk.settle(number, way)

    @precondition(lambda self: open_matters(self.register))
    @rule(data=st.data(), base=st.sampled_from(("shown", "waiting")))
    def mix(self, data: st.DataObject, base: str) -> None:
        """Answer by answer, where both sides were asked alike."""
        number = data.draw(st.sampled_from(open_matters(self.register)))
        picks = self.pickable(number)
        if picks:
            chosen = data.draw(st.sets(st.sampled_from(picks), min_size=1))
            self.desk.merge(number, Mixture(base, frozenset(chosen)))

    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        """Somebody thinks better of which interview stands."""
        self.register.rollback()
        beside = select(Custody.id).join(Interview, Interview.id == Custody.interview_id)
        rows = self.register.scalars(beside.where(Interview.state == "replaced")).all()
        settled = [one for one in rows if self.desk.matter(one).situation is Situation.SETTLED]
        if settled and all(self.desk.matter(one).other for one in settled):
            self.desk.swap(data.draw(st.sampled_from(settled)))

    @invariant()
    def heads_and_counts_are_those_of_a_recount(self) -> None:
        self.register.rollback()
        assert books.kept_heads(self.register) == books.recomputed_heads(self.register)
        assert books.kept_counts(self.register) == books.recounted(self.register)
        assert books.kept_conflicts(self.register) == self.conflicts_that_count()

    @invariant()
    def nobody_is_counted_twice(self) -> None:
        """One interview of each household stands; the others are marked as replaced."""
        stands = select(Interview.household_id).where(Interview.state != "replaced")
        households = self.register.scalars(stands).all()
        assert len(households) == len(set(households))
        shown = self.register.scalars(
            select(Interview.state).join(Household, Household.interview_id == Interview.id)
        ).all()
        assert "replaced" not in shown

    @invariant()
    def nothing_that_came_is_gone(self) -> None:
        held = {bytes(one).hex() for one in self.register.scalars(select(Revision.digest))}
        sealed = Custody.envelope.is_not(None)
        held |= {
            bytes(d).hex() for d in self.register.scalars(select(Custody.digest).where(sealed))
        }
        assert {one.digest for one in self.brought} <= held

    @invariant()
    def whoever_settled_said_why(self) -> None:
        by_hand = Custody.resolution.in_(("placed", "stands", "beside", "aside"))
        told = self.register.scalars(select(Custody.why).where(by_hand)).all()
        assert set(told) <= {WHY}
        made = select(func.count()).select_from(DeskRevision).where(DeskRevision.reason != WHY)
        assert self.register.scalar(made) == 0

    def teardown(self) -> None:
        """What is still to come is brought in two orders; the register ends up the same."""
        rest = [one for one in self.written() if one not in self.brought]
        kept = keeping.lay_aside(self.register)
        self.bring_all(rest)
        found = books.state(self.register)
        keeping.take_up(self.register, kept)
        lead = self.first_of_their_household(rest)
        self.bring_all([*lead, *(one for one in reversed(rest) if one not in lead)])
        wanted = books.state(self.register)
        for table, rows in wanted.items():
            assert found[table] == rows, table

    def bring_all(self, many: list[Written]) -> None:
        post = Post()
        for one in many:
            post.bring(one)

    def first_of_their_household(self, rest: list[Written]) -> list[Written]:
        """Which of two interviews stands first depends on which came first (decision 32)."""
        found: dict[uuid.UUID, Written] = {}
        for one in rest:
            if one.is_placeable:
                found.setdefault(one.household, one)
        return list(found.values())

    def pickable(self, number: int) -> list[str]:
        """Where the two sides differ; nothing where they cannot be mixed."""
        with transaction(ORATHAI) as session:
            found = custody.matter(session, self.desk.keys, number)
            if not mixable(found):
                return []
            left, right = custody.sides(session, self.desk.keys, found)
        alike = can_be_merged(left.content, right.content)
        return differences(left.content, right.content) if alike else []

    def conflicts_that_count(self) -> set[str]:
        """Branches of an interview that was replaced wait for nobody."""
        gone = select(Revision.digest).join(Interview, Interview.id == Revision.interview_id)
        rows = self.register.scalars(gone.where(Interview.state == "replaced"))
        return books.recomputed_conflicts(self.register) - {bytes(one).hex() for one in rows}


def mixable(found: Any) -> bool:
    sides = (Situation.SECOND, Situation.CHANGE, Situation.BRANCHES)
    stands = found.shown is None or found.shown.state != "replaced"
    return found.situation in sides and stands


class TestDeliveriesBesideADesk:
    def test_end_in_the_same_state_and_the_counts_are_always_right(
        self, app: Flask, phones: list[Handset], the_world: Session
    ) -> None:
        run_state_machine_as_test(
            partial(DeliveriesAndADesk, phones, the_world, app), settings=FEWER
        )
