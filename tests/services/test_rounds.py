"""The department's acts on a round, and a round carried over into the next year."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests import world
from tests.handset import Handset
from webapp.cli.rounds import COPIER
from webapp.db import transaction
from webapp.domain.actors import Actor, Level, Role
from webapp.domain.problems import Problem
from webapp.domain.service_plan import SERVICES
from webapp.models.audit import AuditEntry
from webapp.models.household import Assignment, Household
from webapp.models.roster import RosterMember
from webapp.models.survey_round import Round, RoundCopy, ServiceWindow, Target
from webapp.queries import plan as plans
from webapp.services import round_copying, rounds
from webapp.services.rounds import Refused, Wanted

DEPARTMENT = Actor(world.OFFICER, Role.OFFICER, "กรม", "krom", Level.DEPARTMENT, ("TH.",))
PROVINCE = Actor(world.OFFICER, Role.OFFICER, "จังหวัด", "changwat", Level.PROVINCE, ("TH.43.",))
OPENS, CLOSES = date(2026, 4, 1), date(2026, 7, 15)
NEXT = "2570"


def wanted(revision: int = 1, **windows: tuple[date | None, date | None]) -> Wanted:
    every = dict.fromkeys(SERVICES, (OPENS, CLOSES)) | windows
    return Wanted(revision, "รอบทดสอบ", "bmn-31", every)


def save(actor: Actor, asked: Wanted) -> None:
    with transaction(actor) as session:
        rounds.save(session, actor, world.ROUND, asked)


def copy(year: str = NEXT) -> None:
    """Asked for, and done to the end."""
    with transaction(DEPARTMENT) as session:
        rounds.copy(session, DEPARTMENT, world.ROUND, year)
    while copy_one():
        pass


def copy_one() -> bool:
    with transaction(COPIER) as session:
        return round_copying.step(session)


class TestThePlan:
    def test_is_changed_by_the_department_and_each_change_noted(self, the_world: Session) -> None:
        save(DEPARTMENT, wanted())
        save(DEPARTMENT, wanted(2, briefing=(OPENS, None), publicity=(None, None)))
        kept = the_world.get(ServiceWindow, (world.ROUND, "briefing"))
        assert kept is not None
        assert (kept.opens_on, kept.closes_on) == (OPENS, None)
        assert the_world.get(ServiceWindow, (world.ROUND, "publicity")) is None
        noted = the_world.execute(
            select(AuditEntry.subject, AuditEntry.before, AuditEntry.after)
            .order_by(AuditEntry.id.desc())
            .limit(2)
        ).all()
        assert {row.subject["service"] for row in noted} == {"briefing", "publicity"}
        assert {"closes_on": "2026-07-15"} in [row.before for row in noted]

    def test_is_not_for_a_province(self, the_world: Session) -> None:
        with pytest.raises(Problem, match="forbidden"):
            save(PROVINCE, wanted())

    @pytest.mark.parametrize(
        "statement",
        [
            "update rounds set name_th = 'x'",
            "update service_windows set closes_on = null",
            "delete from service_windows",
        ],
    )
    def test_is_not_for_a_province_in_the_database_either(
        self, the_world: Session, statement: str
    ) -> None:
        with transaction(PROVINCE) as session:
            assert session.execute(text(statement)).rowcount == 0  # type: ignore[attr-defined]
        with pytest.raises(DBAPIError), transaction(PROVINCE) as session:
            session.execute(text("insert into targets values ('2569', '43', 'TH.43.', 1)"))

    def test_saved_by_somebody_else_meanwhile_is_said(self, the_world: Session) -> None:
        save(DEPARTMENT, wanted())
        with pytest.raises(Problem, match="stale"):
            save(DEPARTMENT, wanted())

    @pytest.mark.parametrize(
        ("windows", "box"),
        [
            ({"briefing": (CLOSES, OPENS)}, "closes_briefing"),
            ({"recording": (None, CLOSES)}, "opens_recording"),
            ({"recording": (None, None)}, "opens_recording"),
        ],
    )
    def test_that_cannot_be_is_refused_at_its_box(
        self, the_world: Session, windows: dict[str, Any], box: str
    ) -> None:
        with pytest.raises(Refused) as refused:
            save(DEPARTMENT, wanted(**windows))
        assert list(refused.value.boxes) == [box]


class TestTheNotice:
    def test_of_the_round_reaches_the_phone_under_a_new_version(
        self, mali: Handset, the_world: Session
    ) -> None:
        own = mali.hello()["round"]
        said = {"title_th": "คำชี้แจง", "paragraphs": [{"heading_th": "ก", "text_th": "ข"}]}
        with transaction(DEPARTMENT) as session:
            rounds.save_notice(session, DEPARTMENT, world.ROUND, 1, said)
        told = mali.hello()["round"]
        assert own["notice"] is None
        assert told["notice"]["paragraphs"] == said["paragraphs"]
        assert told["notice_version"] == told["notice"]["version"] != own["notice_version"]


class TestTargets:
    def test_are_kept_by_area_and_taken_away(self, the_world: Session) -> None:
        for asked, changed in (({"4301": 120, "4302": 80}, 2), ({"4301": None, "4302": 80}, 1)):
            with transaction(DEPARTMENT) as session:
                assert rounds.save_targets(session, DEPARTMENT, world.ROUND, asked) == changed
        with transaction(DEPARTMENT) as session:
            listed = plans.targets(session, world.ROUND, "43")
        assert [(one.code, one.target, one.listed) for one in listed] == [
            ("4301", None, 3),
            ("4302", 80, 1),
        ]


@pytest.fixture
def interviewed(mali: Handset, the_world: Session) -> Session:
    """The first house was interviewed: a man with an ID number."""
    assert mali.put(mali.interview()).status_code == 201
    the_world.rollback()
    return the_world


class TestARoundCopied:
    def test_has_the_plan_a_year_later_and_the_targets(self, the_world: Session) -> None:
        save(DEPARTMENT, wanted())
        with transaction(DEPARTMENT) as session:
            rounds.save_targets(session, DEPARTMENT, world.ROUND, {"43": 4})
        copy()
        kept = the_world.get_one(ServiceWindow, (NEXT, "recording"))
        assert (kept.opens_on, kept.closes_on) == (date(2027, 4, 1), date(2027, 7, 15))
        assert the_world.get_one(Target, (NEXT, "43")).households == 4
        assert not the_world.get_one(Round, NEXT).is_current

    def test_has_last_years_households_and_members_without_numbers(
        self, interviewed: Session
    ) -> None:
        copy()
        copied = interviewed.scalars(select(Household).where(Household.round_id == NEXT)).all()
        assert {one.previous_id for one in copied} == {
            world.HOUSE, world.SECOND_HOUSE, world.CHAIS_HOUSE, world.FAR_HOUSE,
        }  # fmt: skip
        assert {one.state for one in copied} == {"todo"}
        [member] = interviewed.scalars(select(RosterMember)).all()
        assert member.said["first_name"] == "ทดสอบ"
        assert "1990100000011" not in str(member.said)
        assert "national_id" not in member.said
        todo = text("select sum(todo) from village_progress where round_id = '2570'")
        assert interviewed.scalar(todo) == 4

    def test_twice_adds_only_what_is_lacking(self, interviewed: Session) -> None:
        copy()
        interviewed.add(
            Household(
                id=uuid.uuid4(), round_id=world.ROUND, village_code=world.DON,
                path=world.PATHS[world.DON], house_number="10",
            )
        )  # fmt: skip
        interviewed.commit()
        copy()
        count = select(func.count()).select_from(Household).where(Household.round_id == NEXT)
        assert interviewed.scalar(count) == 5
        jobs = interviewed.scalars(select(RoundCopy).order_by(RoundCopy.id)).all()
        assert [(one.households, one.members) for one in jobs] == [(4, 1), (1, 0)]

    def test_knows_a_household_that_a_list_has_brought_in(self, interviewed: Session) -> None:
        interviewed.add(Round(id=NEXT, name_th="ปีหน้า", questionnaire_id="bmn-31", is_current=False))
        interviewed.flush()
        listed = Household(
            id=uuid.uuid4(), round_id=NEXT, village_code=world.NAM_SAI, house_number="1",
            path=world.PATHS[world.NAM_SAI], head_name="หัวหน้า ตัวอย่าง",
        )  # fmt: skip
        interviewed.add(listed)
        interviewed.commit()
        copy()
        interviewed.refresh(listed)
        assert listed.previous_id == world.HOUSE
        assert interviewed.get(RosterMember, (listed.id, 1)) is not None

    def test_leaves_out_a_demolished_house(self, mali: Handset, the_world: Session) -> None:
        assert mali.put(mali.interview(outcome="demolished", members=[])).status_code == 201
        copy()
        numbers = select(Household.house_number).where(Household.round_id == NEXT)
        assert sorted(the_world.scalars(numbers)) == ["2/1", "77", "9"]

    def test_goes_on_where_a_killed_copier_was(self, interviewed: Session) -> None:
        with transaction(DEPARTMENT) as session:
            rounds.copy(session, DEPARTMENT, world.ROUND, NEXT)
        assert copy_one()
        with suppress(ZeroDivisionError), transaction(COPIER) as session:
            round_copying.step(session)
            raise ZeroDivisionError
        while copy_one():
            pass
        [job] = interviewed.scalars(select(RoundCopy)).all()
        assert (job.villages, job.villages_done, job.households) == (3, 3, 4)
        assert job.finished_at is not None

    @pytest.mark.parametrize("year", ["2569", "2568", "70", "ปีหน้า", "9999"])
    def test_goes_into_a_later_year_only(self, the_world: Session, year: str) -> None:
        with pytest.raises(Refused), transaction(DEPARTMENT) as session:
            rounds.copy(session, DEPARTMENT, world.ROUND, year)

    def test_is_copied_by_nobody_but_the_copier(self, interviewed: Session) -> None:
        with transaction(DEPARTMENT) as session:
            rounds.copy(session, DEPARTMENT, world.ROUND, NEXT)
        for actor in (DEPARTMENT, PROVINCE):
            with pytest.raises(DBAPIError), transaction(actor) as session:
                session.execute(text("select jpt_copy_village(1, '43010101')"))


class TestARoundBegun:
    @pytest.fixture
    def begun(self, mali: Handset, interviewed: Session) -> Handset:
        """Mali's phone, after the next year's round became the current one."""
        mali.client.get("/api/v1/changes")
        copy()
        with transaction(DEPARTMENT) as session:
            assert rounds.begin(session, DEPARTMENT, NEXT) == 2
        interviewed.rollback()
        return mali

    def test_is_what_phones_are_told_with_last_years_members(self, begun: Handset) -> None:
        told = begun.client.get("/api/v1/changes").get_json()
        assert told["round"] == NEXT
        houses = {one["house_number"]: one for one in told["households"]}
        assert set(houses) == {"1", "2/1"}
        [member] = houses["1"]["roster"]
        assert (member["first_name"], member["birth"]) == ("ทดสอบ", "1980-05-17")
        assert "1990100000011" not in str(told)
        assert "roster" not in houses["2/1"]

    def test_keeps_who_works_where(self, begun: Handset, the_world: Session) -> None:
        open_ones = select(Assignment.round_id).where(Assignment.ended_at.is_(None))
        assert set(the_world.scalars(open_ones)) == {NEXT}

    def test_takes_what_was_finished_in_the_old_one_into_custody_or_the_register(
        self, begun: Handset
    ) -> None:
        late = begun.interview()
        assert begun.put(late).status_code in (200, 201, 202)

    def test_tells_another_volunteer_nothing(self, begun: Handset, app: Flask) -> None:
        with transaction(Actor(world.CHAI, Role.VOLUNTEER, "", "chai", None, ())) as session:
            assert session.scalars(select(RosterMember)).all() == []


class TestRecordingAfterItsWindow:
    def test_goes_into_custody_and_is_never_refused(
        self, mali: Handset, the_world: Session
    ) -> None:
        save(DEPARTMENT, wanted(recording=(date(2022, 4, 1), date(2022, 7, 15))))
        answer = mali.put(mali.interview())
        assert (answer.status_code, answer.get_json()["level"]) == (202, "custody")
        assert the_world.scalar(text("select reason from custody")) == "late"
