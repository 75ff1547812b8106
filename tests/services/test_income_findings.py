"""Unusual incomes of check 8 as findings: told, explained from either side, and open again."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import visits, world
from tests.handset import Handset
from webapp.db import transaction
from webapp.domain.actors import Actor, Role, Scope
from webapp.domain.problems import Problem
from webapp.domain.quality import income
from webapp.domain.quality.states import Exceptional, Judged, State
from webapp.models.quality import Clearance
from webapp.models.review import Finding
from webapp.services import clearing, closing, reckoning

NIDA = Actor(world.NIDA, Role.INSPECTOR, "นิดา", "nida", areas=("TH.43.4301.",))
WHY = "ขายที่ดินปีนี้"


@pytest.fixture
def interview(app: Flask, mali: Handset) -> UUID:
    """One that check 8 points at."""
    found = UUID(str(visits.with_evidence(app, mali).interview))
    told(found)
    return found


def told(*interviews: UUID) -> None:
    """What the reckoner says after it has judged the village."""
    each = [
        Exceptional("income_high", world.HOUSE, one, detail={"a_person": 900_000})
        for one in interviews
    ]
    with transaction(Scope("reckoner")) as session:
        judged = Judged(State.ATTENTION, exceptions=each)
        reckoning._tell(session, world.ROUND, world.NAM_SAI, judged)


def finding(register: Session) -> Finding:
    register.expire_all()
    register.rollback()
    return register.scalars(select(Finding).where(Finding.source == "income")).one()


class TestAnUnusualIncome:
    def test_is_an_open_finding_once_however_often_it_is_judged(
        self, interview: UUID, register: Session
    ) -> None:
        told(interview)
        found = finding(register)
        assert (found.state, found.account_id, found.detail) == (
            "open", world.MALI, {"a_person": 900_000},
        )  # fmt: skip

    def test_that_is_in_order_on_the_sheet_is_explained_in_review(
        self, interview: UUID, register: Session
    ) -> None:
        with transaction(NIDA) as session:
            clearing.clear(session, NIDA, interview, income.NO, WHY)
        told()
        found = finding(register)
        assert (found.state, found.closed_by, found.closing_reason) == (
            "explained",
            NIDA.account,
            WHY,
        )
        with transaction(NIDA) as session:
            clearing.clear(session, NIDA, interview, income.NO, "ดูอีกครั้ง", undo=True)
        assert finding(register).state == "open"

    def test_that_is_explained_in_review_is_in_order_on_the_sheet(
        self, interview: UUID, register: Session
    ) -> None:
        with transaction(NIDA) as session:
            closing.explain(session, NIDA, finding(register).id, WHY)
        kept = register.scalars(select(Clearance)).one()
        assert (kept.check_no, kept.is_cleared, kept.reason) == (income.NO, True, WHY)
        with transaction(NIDA) as session:
            closing.reopen(session, NIDA, finding(register).id)
        latest = select(Clearance.is_cleared).order_by(Clearance.id.desc()).limit(1)
        assert register.scalar(latest) is False

    def test_is_not_explained_for_a_revision_that_nobody_has_seen(
        self, interview: UUID, register: Session
    ) -> None:
        number = finding(register).id
        with pytest.raises(Problem, match="newer-revision"), transaction(NIDA) as session:
            closing.explain(session, NIDA, number, WHY, seen=b"o" * 32)
        assert finding(register).state == "open"

    def test_that_holds_no_longer_is_cleared_and_opens_again(
        self, interview: UUID, register: Session
    ) -> None:
        told()
        assert finding(register).state == "cleared"
        told(interview)
        assert finding(register).state == "open"

    def test_of_a_later_revision_is_open_again_though_an_earlier_was_explained(
        self, interview: UUID, register: Session
    ) -> None:
        with transaction(NIDA) as session:
            closing.explain(session, NIDA, finding(register).id, WHY)
        told(interview)
        assert finding(register).state == "open"
