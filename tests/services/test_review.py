"""What an inspector decides: interview, household, counts and log move, or the act says why not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests import visits, world
from tests.handset import Handset, Sealed
from webapp.db import transaction
from webapp.domain.actors import Actor, Level, Role
from webapp.domain.problems import Problem
from webapp.domain.review import Asked, Comment, Seen
from webapp.models.review import Decision, DecisionComment
from webapp.services import review

TODAY = date.today()
NIDA = Actor(world.NIDA, Role.INSPECTOR, "นิดา", "nida", None, ("TH.43.4301.",))
ANAN = Actor(world.ANAN, Role.INSPECTOR, "อนันต์", "anan", None, ("TH.43.4302.",))
OFFICER = Actor(world.OFFICER, Role.OFFICER, "อรทัย", "orathai", Level.PROVINCE, ("TH.43.",))
INCOME = Comment("22.1.1", "รายได้ทั้งปีหรือทั้งเดือน")
ASKED = Asked((INCOME,), TODAY + timedelta(days=5), "ดูเรื่องรายได้")


def seen(one: Sealed) -> Seen:
    return Seen(UUID(one.interview), bytes.fromhex(one.digest))


def states(register: Session, one: Sealed) -> tuple[str, str, UUID | None]:
    """Of the interview, of its household, and to whom it is given."""
    register.rollback()
    asked = text(
        "select i.state, h.state, i.given_to from interviews i "
        "join households h on h.id = i.household_id where i.id = :id"
    )
    return tuple(register.execute(asked, {"id": one.interview}).one())


def counted(register: Session) -> dict[str, int]:
    """Only the states that are not nothing."""
    found = world.counts(register, world.NAM_SAI)
    names = ("todo", "received", "returned", "accepted", "closed")
    return {name: found[name] for name in names if found[name]}


def refused(act: Any, *given: Any) -> str:
    """The code of the problem."""
    with pytest.raises(Problem) as problem, transaction(given[0]) as session:
        act(session, *given)
    return problem.value.code


def does(act: Any, *given: Any) -> Any:
    with transaction(given[0]) as session:
        return act(session, *given)


@pytest.fixture
def sent(app: Flask, mali: Handset) -> Sealed:
    """Mali's interview of the first house, with its evidence."""
    return visits.with_evidence(app, mali)


class TestAnAcceptance:
    def test_moves_interview_household_and_counts_at_once(
        self, sent: Sealed, register: Session
    ) -> None:
        before = counted(register)
        does(review.accept, NIDA, seen(sent))
        assert states(register, sent) == ("accepted", "accepted", None)
        assert before == {"todo": 1, "received": 1}
        assert counted(register) == {"todo": 1, "accepted": 1}

    def test_is_kept_with_who_decided_and_on_which_revision(
        self, sent: Sealed, register: Session
    ) -> None:
        number = does(review.accept, NIDA, seen(sent))
        register.rollback()
        kept = register.get_one(Decision, number)
        assert (kept.decision, kept.decided_by) == ("accepted", world.NIDA)
        assert kept.digest.hex() == sent.digest
        act = "select act from audit_entries where actor_id = :nida order by id desc limit 1"
        assert register.scalar(text(act), {"nida": world.NIDA}) == "interview.accepted"

    def test_of_a_revision_that_is_no_longer_the_newest_says_so(
        self, sent: Sealed, mali: Handset, register: Session
    ) -> None:
        document = sent.document | {"number": 2, "based_on": [sent.digest]}
        assert mali.put(mali.seal(document)).status_code == 201
        assert refused(review.accept, NIDA, seen(sent)) == "newer-revision"
        assert states(register, sent)[0] == "received"

    def test_does_not_wait_for_whoever_points_at_it(self, sent: Sealed, register: Session) -> None:
        """A village that is judged and a finding that is told name household and interview."""
        for table, id in (("households", world.HOUSE), ("interviews", sent.interview)):
            register.execute(text(f"select from {table} where id = :id for key share"), {"id": id})
        does(review.accept, NIDA, seen(sent))
        assert states(register, sent)[0] == "accepted"

    def test_is_not_made_twice(self, sent: Sealed, register: Session) -> None:
        does(review.accept, NIDA, seen(sent))
        assert refused(review.accept, OFFICER, seen(sent)) == "moved-on"
        register.rollback()
        assert len(register.scalars(select(Decision)).all()) == 1

    def test_is_not_for_an_inspector_elsewhere(self, sent: Sealed, register: Session) -> None:
        assert refused(review.accept, ANAN, seen(sent)) == "not-found"
        assert states(register, sent)[0] == "received"

    def test_waits_until_a_conflict_is_settled(self, sent: Sealed, register: Session) -> None:
        register.execute(text("update interviews set has_conflict = true"))
        register.commit()
        assert refused(review.accept, NIDA, seen(sent)) == "in-conflict"

    def test_is_taken_back_with_a_reason(self, sent: Sealed, register: Session) -> None:
        does(review.accept, NIDA, seen(sent))
        assert refused(review.withdraw, NIDA, seen(sent), "  ") == "reason"
        does(review.withdraw, NIDA, seen(sent), "กดผิดบ้าน")
        assert states(register, sent) == ("received", "received", None)
        assert counted(register) == {"todo": 1, "received": 1}


class TestAReturn:
    def test_is_its_authors_to_correct(self, sent: Sealed, register: Session) -> None:
        number = does(review.return_to_volunteer, NIDA, seen(sent), ASKED, TODAY)
        assert states(register, sent) == ("returned", "returned", world.MALI)
        assert counted(register) == {"todo": 1, "returned": 1}
        [comment] = register.scalars(select(DecisionComment))
        assert (comment.decision_id, comment.about) == (number, "22.1.1")
        kept = register.get_one(Decision, number)
        assert (kept.deadline, kept.given_to) == (ASKED.deadline, world.MALI)

    def test_waits_again_once_a_correction_comes(
        self, sent: Sealed, mali: Handset, register: Session
    ) -> None:
        does(review.return_to_volunteer, NIDA, seen(sent), ASKED, TODAY)
        document = sent.document | {"number": 2, "based_on": [sent.digest]}
        assert mali.put(mali.seal(document)).status_code in (200, 201)
        assert states(register, sent) == ("received", "received", None)
        assert counted(register) == {"todo": 1, "received": 1}

    def test_says_what_to_correct_and_until_when(self, sent: Sealed) -> None:
        for asked, code in (
            (Asked((), TODAY), "comment"),
            (Asked((Comment("6.4", "ก" * 751),), TODAY), "comment"),
            (Asked((Comment("a b", "อะไร"),), TODAY), "malformed"),
            (Asked((INCOME,), TODAY - timedelta(days=1)), "deadline"),
        ):
            assert refused(review.return_to_volunteer, NIDA, seen(sent), asked, TODAY) == code

    def test_goes_to_nobody_without_work_there(self, sent: Sealed, register: Session) -> None:
        asked = Asked((INCOME,), TODAY, given_to=world.CHAI)
        code = refused(review.return_to_volunteer, NIDA, seen(sent), asked, TODAY)
        assert code == "no-volunteer"
        assert states(register, sent)[0] == "received"

    def test_may_ask_for_evidence_alone(self, sent: Sealed, register: Session) -> None:
        kinds = ["signature", "photo"]
        number = does(review.ask_evidence_again, NIDA, seen(sent), kinds, ASKED, TODAY)
        register.rollback()
        assert register.get_one(Decision, number).kinds == ["photo", "signature"]
        assert refused(review.ask_evidence_again, NIDA, seen(sent), ["face"], ASKED, TODAY) == (
            "malformed"
        )


class TestTwoInspectors:
    """Each decides on what was before them: the revision, and what had been decided on it."""

    def test_do_not_undo_each_other_unseen(self, sent: Sealed, register: Session) -> None:
        fresh = replace(seen(sent), after=0)
        number = does(review.return_to_volunteer, NIDA, fresh, ASKED, TODAY)
        assert refused(review.accept, OFFICER, fresh) == "moved-on"
        assert states(register, sent) == ("returned", "returned", world.MALI)
        does(review.accept, OFFICER, replace(fresh, after=number))
        assert states(register, sent)[0] == "accepted"

    def test_may_each_press_twice(self, sent: Sealed) -> None:
        fresh = replace(seen(sent), after=0)
        assert does(review.accept, NIDA, fresh) == does(review.accept, NIDA, fresh)

    def test_take_back_what_was_accepted_at_once_and_not_what_was_looked_at_since(
        self, sent: Sealed, register: Session
    ) -> None:
        register.execute(text("delete from follow_ups"))
        calm = "update interviews set soft_open = 0, hard_open = 0, explained = 0"
        register.execute(text(calm))
        register.commit()
        batch, count = does(review.accept_many, NIDA, [seen(sent)])
        assert count == 1
        does(review.withdraw, OFFICER, seen(sent), "ขอดูเอง")
        does(review.accept, OFFICER, seen(sent))
        assert refused(review.withdraw_many, NIDA, batch, "กดผิด") == "not-found"
        assert states(register, sent)[0] == "accepted"


class TestTheSameDecisionAgain:
    """A double tap, or a second attempt after an answer that got lost."""

    def test_is_the_one_that_was_made(self, sent: Sealed, register: Session) -> None:
        acts = (
            (review.return_to_volunteer, NIDA, seen(sent), ASKED, TODAY),
            (review.ask_evidence_again, NIDA, seen(sent), ["photo"], ASKED, TODAY),
            (review.withdraw, NIDA, seen(sent), "กดผิดบ้าน"),
            (review.accept, NIDA, seen(sent)),
        )
        for number, act in enumerate(acts, start=1):
            assert does(*act) == does(*act)
            register.rollback()
            assert len(register.scalars(select(Decision)).all()) == number
        told = "select count(*) from audit_entries where act like 'interview.%' and actor_id = :who"
        assert register.scalar(text(told), {"who": world.NIDA}) == len(acts)
        assert counted(register) == {"todo": 1, "accepted": 1}

    def test_is_another_where_anything_differs(self, sent: Sealed, register: Session) -> None:
        first = does(review.return_to_volunteer, NIDA, seen(sent), ASKED, TODAY)
        later = Asked((INCOME,), ASKED.deadline + timedelta(days=1), ASKED.reason)
        others = [
            does(review.return_to_volunteer, NIDA, seen(sent), later, TODAY),
            does(review.return_to_volunteer, NIDA, seen(sent), Asked((), TODAY, "ก"), TODAY),
            does(review.return_to_volunteer, OFFICER, seen(sent), ASKED, TODAY),
            does(review.ask_evidence_again, OFFICER, seen(sent), ["photo"], ASKED, TODAY),
            does(review.ask_evidence_again, OFFICER, seen(sent), ["signature"], ASKED, TODAY),
            does(review.return_to_volunteer, NIDA, seen(sent), ASKED, TODAY),
        ]
        assert len({first, *others}) == 7

    def test_at_the_same_moment_waits_for_the_other(self, sent: Sealed, register: Session) -> None:
        act = (review.return_to_volunteer, NIDA, seen(sent), ASKED, TODAY)
        with ThreadPoolExecutor(4) as hands:
            made = {one.result() for one in [hands.submit(does, *act) for _ in range(4)]}
        register.rollback()
        assert made == {one.id for one in register.scalars(select(Decision))}
        assert len(made) == 1

    def test_does_not_outlive_a_correction(
        self, sent: Sealed, mali: Handset, register: Session
    ) -> None:
        does(review.return_to_volunteer, NIDA, seen(sent), ASKED, TODAY)
        newer = mali.seal(sent.document | {"number": 2, "based_on": [sent.digest]})
        assert mali.put(newer).status_code == 201
        act = (review.return_to_volunteer, NIDA, seen(sent), ASKED, TODAY)
        assert refused(*act) == "newer-revision"
        assert states(register, sent)[0] == "received"
