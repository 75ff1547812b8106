"""The reckoner against a real register: what is delivered and decided is seen in the next step."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from tests import desk, visits, world
from tests.handset import Handset
from webapp.db import transaction
from webapp.domain.actors import Actor, Level, Role, Scope
from webapp.domain.problems import Problem
from webapp.domain.quality.states import State
from webapp.domain.working_group import Seat
from webapp.models.area import Area, Village
from webapp.models.household import Assignment, Household
from webapp.models.interview import Interview
from webapp.models.quality import (
    QUALITY_DUE,
    QualityException,
    SubdistrictQuality,
    VillageQuality,
)
from webapp.models.review import Finding
from webapp.queries import readiness
from webapp.services import clearing, reckoning, reconciling, working_group

NIDA = Actor(world.NIDA, Role.INSPECTOR, "นิดา", "nida", areas=("TH.43.4301.",))
OFFICER = Actor(world.OFFICER, Role.OFFICER, "อรทัย", "orathai", Level.PROVINCE, ("TH.43.",))
RECKONER = Scope("reckoner")
SECOND_VILLAGE = "43010102"


def reckon() -> int:
    done = 0
    while True:
        with transaction(RECKONER) as session:
            step = reckoning.step(session)
        if not step:
            return done
        done += step


def village(register: Session, code: str = world.NAM_SAI) -> VillageQuality:
    register.expire_all()
    return register.get_one(VillageQuality, (world.ROUND, code))


def state(register: Session, no: int, code: str = world.NAM_SAI) -> State:
    return State(village(register, code).states[no - 1])


def exceptions(register: Session, check: int) -> list[tuple[str, UUID, bool]]:
    register.expire_all()
    found = select(QualityException).where(QualityException.check_no == check)
    return [(one.code, one.household_id, one.is_cleared) for one in register.scalars(found)]


def due(register: Session) -> int:
    register.expire_all()
    return register.scalar(select(func.count()).select_from(QUALITY_DUE)) or 0


@pytest.mark.usefixtures("the_world")
class TestAVillage:
    def test_is_judged_once_after_a_change_and_not_again(
        self, app: Flask, mali: Handset, register: Session
    ) -> None:
        visits.with_evidence(app, mali)
        assert reckon() == len(world.PATHS) - 6  # three villages, all listed with households
        assert due(register) == 0
        assert reckon() == 0
        found = village(register)
        assert found.figures["6"]["interviewed"] == 1
        assert found.figures["8"]["income"] == 1200
        assert found.blockers["not_visited"] == 1

    def test_that_cannot_be_judged_holds_up_no_other(
        self, register: Session, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def odd(session: Session, round_id: str, code: str) -> str:
            found = judge(session, round_id, code)
            if code == world.NAM_SAI:
                raise ValueError("of a household")
            return found

        judge = reckoning.judge
        monkeypatch.setattr(reckoning, "judge", odd)
        reckon()
        judged = set(register.scalars(select(VillageQuality.village_code)))
        assert judged
        assert world.NAM_SAI not in judged
        assert [one.getMessage() for one in caplog.records] == [
            f"reckoning of {world.NAM_SAI} stopped: ValueError"
        ]

    def test_has_its_failures_by_rule(self, app: Flask, mali: Handset, register: Session) -> None:
        visits.with_evidence(app, mali)
        reckon()
        rules = {name for name in village(register).figures["5"] if name.startswith("rule:")}
        assert rules
        assert state(register, 5) is State.BAD
        assert exceptions(register, 5)[0][:2] == ("failures_open", world.HOUSE)

    def test_stands_by_its_subdistrict(self, app: Flask, mali: Handset, register: Session) -> None:
        visits.with_evidence(app, mali)
        reckon()
        whole = register.get_one(SubdistrictQuality, (world.ROUND, world.NAM_SAI[:6]))
        assert (whole.villages, whole.district_code, whole.province_code) == (1, "4301", "43")
        assert whole.states == village(register).states
        assert sum(whole.counts) == 9
        assert whole.is_small

    def test_counts_a_finding_once_under_its_own_check(
        self, app: Flask, mali: Handset, register: Session
    ) -> None:
        interview = visits.with_evidence(app, mali).interview
        path = f"TH.43.4301.430101.{world.NAM_SAI}."
        for code, source in (("back_check_differs", "back_check"), ("photo_plain", "evidence")):
            about = {"interview_id": interview, "weight": 9, "village_code": world.NAM_SAI}
            found = Finding(code=code, source=source, round_id=world.ROUND, path=path, **about)
            register.add(found)
        register.commit()
        reckon()
        assert village(register).blockers["findings"] == 1

    def test_counts_a_conflict_in_custody_once(self, mali: Handset, register: Session) -> None:
        first = mali.interview()
        sides = [
            desk.corrected(mali, [first], answers={"9.1": a}) for a in ("enough", "not_enough")
        ]
        for one in (first, *sides):
            mali.put(one)
        reckon()
        assert village(register).blockers["in_custody"] == 1

    def test_is_marked_again_by_what_is_decided(
        self, app: Flask, mali: Handset, register: Session
    ) -> None:
        visits.with_evidence(app, mali)
        reckon()
        with transaction(OFFICER) as session:
            reconciling.settle(session, OFFICER, world.SECOND_HOUSE, "empty")
        assert due(register) == 1
        reckon()
        assert village(register).figures["4"]["reason_empty"] == 1
        assert world.SECOND_HOUSE not in {house for _, house, _ in exceptions(register, 4)}


@pytest.mark.usefixtures("the_world")
class TestASubdistrictOfTwoVillages:
    """What is the subdistrict's is one thing in it, however many villages it has."""

    @pytest.fixture
    def whole(self, app: Flask, mali: Handset, register: Session) -> SubdistrictQuality:
        """Mali, whom no order names, works in both; there is no working group."""
        visits.with_evidence(app, mali)
        path = f"TH.43.4301.430101.{SECOND_VILLAGE}."
        area = {"code": SECOND_VILLAGE, "path": path, "name_th": "บ้านใหม่"}
        register.add(Area(**area, parent_code=world.NAM_SAI[:6], level="village"))
        register.flush()
        register.add(
            Village(code=SECOND_VILLAGE, subdistrict_code=world.NAM_SAI[:6], moo=2, kind="village")
        )
        register.flush()
        work = {"round_id": world.ROUND, "account_id": world.MALI, "path": path}
        register.add(Assignment(village_code=SECOND_VILLAGE, **work))
        register.commit()
        reckon()
        return register.get_one(SubdistrictQuality, (world.ROUND, world.NAM_SAI[:6]))

    def test_lacks_ten_agencies_once(self, whole: SubdistrictQuality) -> None:
        assert whole.villages == 2
        assert whole.blockers["agencies"] == [10, 2]
        assert whole.blockers["minutes"] == [1, 2]

    def test_counts_who_works_in_both_once(self, whole: SubdistrictQuality) -> None:
        assert whole.figures["3"]["volunteers"] == 1
        assert whole.blockers["without_order"] == [1, 2]

    def test_adds_up_what_is_the_villages_own(self, whole: SubdistrictQuality) -> None:
        assert whole.figures["1"]["villages"] == 2
        assert whole.blockers["no_household_list"] == [1, 1]  # of the new village

    def test_says_so_on_its_page(self, whole: SubdistrictQuality) -> None:
        with transaction(NIDA) as session:
            found = readiness.read(session, NIDA, "4301")
            inside = readiness.read(session, NIDA, world.NAM_SAI[:6])
        counts = {one.kind.code: (one.count, one.villages) for one in inside.blocking}
        assert counts["agencies"] == (10, 2)
        assert {one.kind.code: one.count for one in found.blocking}["agencies"] == 20


class TestAPositionOutside:
    @pytest.fixture(autouse=True)
    def outside(self, app: Flask, mali: Handset, register: Session) -> UUID:
        one = visits.with_evidence(app, mali)
        register.execute(
            update(Interview).where(Interview.id == one.interview).values(position_inside=False)
        )
        register.commit()
        reckon()
        self.interview = UUID(str(one.interview))
        return self.interview

    def test_is_cleared_with_a_reason_and_opened_again(self, register: Session) -> None:
        assert exceptions(register, 1) == [("position_outside", world.HOUSE, False)]
        with transaction(NIDA) as session:
            clearing.clear(session, NIDA, self.interview, 1, "บ้านอยู่ริมเขตตำบล")
        reckon()
        assert exceptions(register, 1) == [("position_outside", world.HOUSE, True)]
        assert "position_outside" not in village(register).blockers
        with transaction(NIDA) as session:
            clearing.clear(session, NIDA, self.interview, 1, "ดูอีกครั้ง", undo=True)
        reckon()
        assert exceptions(register, 1) == [("position_outside", world.HOUSE, False)]

    def test_needs_a_reason(self) -> None:
        with pytest.raises(Problem, match="reason"), transaction(NIDA) as session:
            clearing.clear(session, NIDA, self.interview, 1, "  ")

    def test_is_open_again_with_a_later_revision(self, register: Session) -> None:
        with transaction(NIDA) as session:
            clearing.clear(session, NIDA, self.interview, 1, "บ้านอยู่ริมเขตตำบล")
        register.execute(
            update(Interview).where(Interview.id == self.interview).values(head_digest=b"later")
        )
        register.commit()
        reckon()
        assert ("position_outside", world.HOUSE, False) in exceptions(register, 1)


@pytest.mark.usefixtures("the_world")
class TestAHouse:
    def test_that_nobody_reported_is_not_confirmed(self, register: Session) -> None:
        with transaction(OFFICER) as session:
            both = [world.HOUSE, world.SECOND_HOUSE]
            assert reconciling.confirm(session, OFFICER, world.NAM_SAI, both) == 0

    def test_that_was_reported_empty_is_confirmed_so(self, register: Session) -> None:
        register.execute(
            update(Household)
            .where(Household.id == world.SECOND_HOUSE)
            .values(state="closed", outcome="empty")
        )
        register.commit()
        with transaction(OFFICER) as session:
            both = [world.HOUSE, world.SECOND_HOUSE]
            assert reconciling.confirm(session, OFFICER, world.NAM_SAI, both) == 1
        reckon()
        assert village(register).figures["4"]["reason_empty"] == 1

    def test_is_merged_with_words_only(self) -> None:
        with pytest.raises(Problem, match="reason"), transaction(OFFICER) as session:
            reconciling.settle(session, OFFICER, world.HOUSE, "merged")

    def test_of_somebody_elses_area_is_not_found(self) -> None:
        with pytest.raises(Problem, match="not-found"), transaction(NIDA) as session:
            reconciling.settle(session, NIDA, world.FAR_HOUSE, "empty")


@pytest.mark.usefixtures("the_world")
class TestAWorkingGroup:
    def test_is_good_with_ten_agencies_of_every_sector_and_minutes(
        self, app: Flask, register: Session
    ) -> None:
        subdistrict = world.NAM_SAI[:6]
        with transaction(OFFICER) as session:
            for number in range(10):
                sector = ("state", "private", "people")[number % 3]
                seat = Seat(f"คนที่ {number}", f"หน่วยงาน {number}", sector)
                working_group.enter(session, OFFICER, subdistrict, seat)
        reckon()
        assert state(register, 2) is State.ATTENTION
        keys, folder = app.extensions["keys"].secrets, app.config["JPT"].documents
        paper = working_group.NewMinutes(register.scalar(text("select current_date")), PDF, "a.pdf")
        with transaction(OFFICER) as session:
            working_group.attach(session, OFFICER, folder, keys, subdistrict, paper)
        reckon()
        assert state(register, 2) is State.GOOD

    def test_is_corrected_once_and_keeps_how_it_was(self) -> None:
        subdistrict = world.NAM_SAI[:6]
        seat = Seat("สมมุติ คนหนึ่ง", "อบต. ตัวอย่าง", "state")
        with transaction(OFFICER) as session:
            first = working_group.enter(session, OFFICER, subdistrict, seat)
        with transaction(OFFICER) as session:
            working_group.correct(session, OFFICER, first, seat)
        with pytest.raises(Problem, match="moved-on"), transaction(OFFICER) as session:
            working_group.correct(session, OFFICER, first, seat)


PDF = b"%PDF-1.4 a made-up paper"
