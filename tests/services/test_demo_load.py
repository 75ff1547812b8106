"""The demo province loads, through the register's own doors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests.fixtures.lists import forget_everything
from webapp import files
from webapp.db import transaction
from webapp.demo import decided, fates, households, oddities, papers, quality
from webapp.demo import load as loading
from webapp.demo.fates import DOUBTED, NEARLY, READY, RECORDED
from webapp.demo.load import Loaded
from webapp.demo.sending import Register
from webapp.domain.actors import Scope
from webapp.domain.documents import OUTCOMES
from webapp.domain.findings import KINDS, SOURCES
from webapp.domain.forum.documents import RESPONDENTS
from webapp.domain.quality.states import State
from webapp.domain.review import EVIDENCE
from webapp.models import desk_revision, household
from webapp.models.area import Area, Village
from webapp.models.desk_revision import DeskRevision
from webapp.models.evidence import Evidence
from webapp.models.forum import OUTCOMES as CALLED
from webapp.models.forum import STANDINGS, BackCheck, Forum
from webapp.models.household import Household
from webapp.models.interview import (
    CUSTODY_REASONS,
    INTERVIEW_STATES,
    RESOLUTIONS,
    Custody,
    Interview,
    Receipt,
    Revision,
)
from webapp.models.progress import VillageProgress
from webapp.models.quality import REASONS as RECONCILED
from webapp.models.quality import SUBJECTS, Explanation, Reconciliation, VillageQuality
from webapp.models.review import DECISIONS, FINDING_STATES, Finding, FindingReply
from webapp.models.review import Decision as Kept
from webapp.models.survey_round import ServiceWindow
from webapp.queries import forum as looking
from webapp.services import decoding, following_up, screening, sealing

TODAY = date(2026, 6, 15)
COUNT = households.HOUSEHOLDS
EVERY: dict[Any, tuple[str, ...]] = {
    Household.state: household.STATES,
    Household.outcome: OUTCOMES,
    Interview.state: tuple(one for one in INTERVIEW_STATES if one != "custody"),
    Interview.evidence_grade: household.GRADES,
    Custody.reason: CUSTODY_REASONS,
    Custody.resolution: RESOLUTIONS,
    DeskRevision.origin: desk_revision.ORIGINS,
    Kept.decision: DECISIONS,
    Reconciliation.reason: RECONCILED,
    Explanation.subject: SUBJECTS,
    BackCheck.standing: STANDINGS,
    BackCheck.outcome: CALLED,
    BackCheck.respondent: RESPONDENTS,
}
"""What people see a state of, and all the states it can have, as the models list them."""

STANDS = Interview.state != "replaced"


@pytest.fixture(scope="module")
def register_of_demo(app: Flask) -> Register:
    return Register(app.extensions["keys"], app.config["JPT"].evidence)


@pytest.fixture(scope="module")
def demo(register_of_demo: Register, loader_engine: Engine) -> Iterator[Session]:
    """The demo province, loaded once for these tests and cleared away after them."""
    with Session(loader_engine, expire_on_commit=False) as session:
        forget_everything(session)
        load(session, register_of_demo)
        yield session
        forget_everything(session)


def load(session: Session, register: Register, today: date = TODAY) -> Loaded:
    return loading.load(session, register, 1, today, lambda done, of: None, COUNT)


def count(session: Session, table: type, *where: object) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*where)) or 0  # type: ignore[arg-type]


class TestTheDemoProvince:
    def test_is_all_of_nong_khai_with_drawn_boundaries(self, demo: Session) -> None:
        levels = select(Area.level, func.count(), func.count(Area.boundary)).group_by(Area.level)
        found = {level: (areas, drawn) for level, areas, drawn in demo.execute(levels)}
        assert found["district"] == (9, 9)
        assert found["subdistrict"] == (62, 62)
        assert found["province"] == (1, 1)
        sources = set(demo.scalars(select(Area.boundary_source).where(Area.level != "village")))
        assert sources == {"ขอบเขตตัวอย่าง", None}

    def test_has_villages_inside_their_subdistricts_each_with_an_administration(
        self, demo: Session
    ) -> None:
        inside = demo.scalars(
            select(func.ST_Covers(Area.boundary, Village.point))
            .select_from(Village)
            .join(Area, Area.code == Village.subdistrict_code)
        ).all()
        assert len(inside) == 14
        assert all(inside)
        assert count(demo, Village, Village.local_administration_id.is_(None)) == 0

    def test_has_every_state_that_the_models_list(self, demo: Session) -> None:
        for column, wanted in EVERY.items():
            found = set(demo.scalars(select(column).where(column.is_not(None)).distinct()))
            assert found == set(wanted), column
        assert count(demo, Household, Household.origin == "volunteer") == loading.FOUND
        assert count(demo, Custody) > 0

    def test_counts_in_its_villages_what_is_in_its_households(self, demo: Session) -> None:
        for state in ("todo", "received", "returned", "accepted", "custody", "closed"):
            counted = demo.scalar(select(func.sum(getattr(VillageProgress, state))))
            assert counted == count(demo, Household, Household.state == state), state
        for grade in ("none", "weak", "good"):
            counted = demo.scalar(select(func.sum(getattr(VillageProgress, f"evidence_{grade}"))))
            assert counted == count(demo, Interview, STANDS, Interview.evidence_grade == grade)
        people = demo.scalar(select(func.sum(VillageProgress.people)))
        assert people == demo.scalar(select(func.sum(Interview.people)).where(STANDS))

    def test_shows_a_household_with_the_grade_of_its_interview(self, demo: Session) -> None:
        differing = demo.scalar(
            select(func.count())
            .select_from(Household)
            .join(Interview, Interview.id == Household.interview_id)
            .where(Household.evidence_grade != Interview.evidence_grade)
        )
        assert differing == 0

    def test_holds_envelopes_that_open_and_receipts_for_all(
        self, demo: Session, register_of_demo: Register
    ) -> None:
        keys = register_of_demo.keys.ingest
        for one in demo.scalars(select(Revision).limit(10)):
            about = (one.ingest_key, one.interview_id, one.digest, one.envelope)
            assert json.loads(sealing.open_interview(keys, *about))["schema"] == 1
        held = select(Receipt.interview_id, Receipt.digest).distinct().subquery()
        assert demo.scalar(select(func.count()).select_from(held)) >= count(demo, Revision)

    def test_holds_its_evidence_on_disk(self, demo: Session, register_of_demo: Register) -> None:
        received = select(Evidence.sealed_sha256).where(Evidence.received_at.is_not(None))
        digests = demo.scalars(received).all()
        assert digests
        assert all(files.holds(register_of_demo.store, one) for one in digests)
        assert count(demo, Evidence, Evidence.received_at.is_(None)) > 0  # some are on their way

    def test_is_open_for_recording_round_the_day_it_was_loaded_for(self, demo: Session) -> None:
        window = demo.get_one(ServiceWindow, ("2569", "recording"))
        assert window.opens_on < TODAY
        assert window.closes_on is not None
        assert window.closes_on > TODAY
        windows = select(ServiceWindow).where(ServiceWindow.round_id == "2569")
        assert len(demo.scalars(windows).all()) == 17

    def test_tells_no_id_number_to_who_reads_the_database(self, demo: Session) -> None:
        found = demo.scalar(
            text("select count(*) from revisions where answers::text ~ '\"199[0-9]{10}\"'")
        )
        assert found == 0


class TestASecondLoad:
    def test_finds_it_there_and_moves_the_dates(
        self, demo: Session, register_of_demo: Register
    ) -> None:
        before = count(demo, Interview)
        again = load(demo, register_of_demo, date(2026, 7, 1))
        assert again.was_there
        assert count(demo, Interview) == before
        demo.expire_all()
        assert demo.get_one(ServiceWindow, ("2569", "recording")).opens_on == date(2026, 5, 17)


class TestTheDemosDesk:
    def test_has_the_matters_that_few_households_would_not_bring(self, demo: Session) -> None:
        demo.rollback()
        waits = set(demo.scalars(select(Custody.reason).where(Custody.resolved_at.is_(None))))
        assert waits >= {"late_change", "unknown_author", "unreadable", "late"}
        twice = select(Finding.state).where(Finding.code == "same_person")
        assert sorted(demo.scalars(twice)) == ["cleared", "cleared", "open", "open"]


class TestTheDemosReview:
    def test_has_evidence_of_every_kind_asked_for_again(self, demo: Session) -> None:
        demo.rollback()
        again = demo.scalars(select(Kept.kinds).where(Kept.decision == "evidence_again"))
        assert {kind for kinds in again for kind in kinds} == set(EVIDENCE)
        assert count(demo, Kept, Kept.batch.is_not(None)) == decided.AT_ONCE

    def test_has_interviews_with_two_tellings(self, demo: Session) -> None:
        assert count(demo, Interview, Interview.has_conflict) > 0

    def test_has_an_answer_of_a_volunteer_and_a_finding_that_was_explained(
        self, demo: Session
    ) -> None:
        assert count(demo, FindingReply) == 2
        explained = select(Finding.source).where(Finding.state == "explained")
        assert "screening" in set(demo.scalars(explained))


class TestTheDemosForums:
    def test_are_one_that_is_over_and_two_under_way(self, demo: Session) -> None:
        demo.rollback()
        held = {one.village_code: one.closed_at is not None for one in demo.scalars(select(Forum))}
        assert held == {READY: True, NEARLY: False, DOUBTED: False}

    def test_may_be_drawn_in_another_village(self, demo: Session) -> None:
        demo.rollback()
        with transaction(quality.INSPECTOR) as inspector:
            listed = looking.listed(inspector, None)
        assert RECORDED in {one.village_code for one in listed if one.forum_id is None}


def decode_the_odd_photos(register: Register) -> None:
    """Of the demo's many pictures the few that are to be alike or dark, as the decoder would."""
    every = households.dwellings(1, TODAY, COUNT + loading.FOUND)
    visited = oddities.odd(fates.fates(every[:COUNT], every[COUNT:]))
    odd = [one for one in visited if one.oddity and one.oddity.startswith("photo_")]
    sides = {papers.interview_id(one) for fate in odd for one in (fate, fate.like) if one}
    mine = Evidence.interview_id.in_(sides), Evidence.kind == "photo"
    with transaction(Scope("decoder")) as session:
        for picture in session.scalars(select(Evidence).where(*mine)):
            decoding._decode(picture, register.keys, register.store)
            picture.decoded_at = datetime.now(UTC)


@pytest.fixture(scope="module")
def followed(demo: Session, register_of_demo: Register) -> Session:
    """What the processes do that decode, follow up and screen."""
    demo.rollback()
    decode_the_odd_photos(register_of_demo)
    more = True
    while more:
        with transaction(Scope("finder")) as finder:
            more = following_up.look_at_one(finder) or screening.step(finder) is not None
    return demo


class TestTheDemosFindings:
    def test_are_of_every_kind(self, followed: Session) -> None:
        followed.rollback()
        found = set(followed.scalars(select(Finding.code).where(Finding.state == "open")))
        assert set(KINDS) - found == set()

    def test_are_in_every_state(self, followed: Session) -> None:
        states = set(followed.scalars(select(Finding.state)))
        assert states == set(FINDING_STATES)
        assert set(followed.scalars(select(Finding.source))) == set(SOURCES)


class TestTheDemosChecks:
    def test_are_each_good_somewhere_to_look_at_and_bad(self, followed: Session) -> None:
        quality.reckon()
        followed.rollback()
        villages = followed.scalars(select(VillageQuality.states)).all()
        each = [{State(one) for one in column} for column in zip(*villages, strict=True)]
        assert set.union(*each) == set(State)
        seen = {State.GOOD, State.ATTENTION, State.BAD}  # unknown is what nobody has begun
        assert [no for no, states in enumerate(each, 1) if not states >= seen] == []

    def test_have_last_years_incomes_and_an_officers_word_on_the_change(
        self, demo: Session
    ) -> None:
        assert count(demo, Explanation, Explanation.subject == "income_change") == 1
