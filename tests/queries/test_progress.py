"""The figures of an area: right, whole, and only for whom they are."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import world
from tests.handset import Handset
from webapp import db
from webapp.domain.actors import Actor, Role
from webapp.domain.problems import Problem
from webapp.queries import progress
from webapp.queries.progress import Figures, Line
from webapp.services.progress import of_evaluation

DISTRICT = "TH.43.4301."


def actor(role: Role, *areas: str, account: UUID = world.NIDA) -> Actor:
    return Actor(account, role, "ใครคนหนึ่ง", "somebody", areas=areas)


INSPECTOR = actor(Role.INSPECTOR, DISTRICT)
VIEWER = actor(Role.VIEWER, "TH.43.", account=world.VIEWER)
MALI = actor(Role.VOLUNTEER, world.PATHS[world.NAM_SAI], account=world.MALI)


def sheet(session: Session, who: Actor, code: str | None = None) -> progress.Sheet:
    db.enter(session, who.scope())
    return progress.sheet(session, who, code)


@pytest.fixture
def visited(mali: Handset, the_world: Session) -> None:
    """Mali has interviewed one of her two households; Chai none of his one."""
    assert mali.put(mali.interview()).status_code == 201


@pytest.mark.usefixtures("visited")
class TestAnAreasFigures:
    def test_are_the_sum_of_what_lies_below(self, session: Session) -> None:
        found = sheet(session, INSPECTOR)
        assert found.area is not None
        assert found.area.code == "4301"
        assert [(one.code, one.figures.done, one.figures.todo) for one in found.lines] == [
            ("430101", 1, 1),
            ("430102", 0, 1),
        ]
        assert found.total.figures == Figures(todo=2, received=1, people=1)
        assert found.total.percent == 33

    def test_go_down_to_the_village(self, session: Session) -> None:
        found = sheet(session, INSPECTOR, world.NAM_SAI)
        assert [one.code for one in found.lines] == [world.NAM_SAI]
        assert [one.code for one in found.trail] == ["4301", "430101"]

    def test_are_measured_against_the_target_that_was_set(
        self, session: Session, the_world: Session
    ) -> None:
        the_world.execute(
            text("insert into targets values (:round, '430101', 'TH.43.4301.430101.', 10)"),
            {"round": world.ROUND},
        )
        the_world.commit()
        found = sheet(session, INSPECTOR)
        assert [(one.target, one.percent) for one in found.lines] == [(10, 10), (1, 0)]
        assert found.total.target == 11

    @pytest.mark.parametrize("code", ["4302", "43", "430201", world.FAR, "99"])
    def test_of_another_area_are_not_there(self, session: Session, code: str) -> None:
        with pytest.raises(Problem, match="not-found"):
            sheet(session, INSPECTOR, code)

    def test_are_withheld_by_the_database_too(self, session: Session) -> None:
        db.enter(session, INSPECTOR.scope())
        asked = {"paths": ["TH.", "TH.43.", "TH.43.4302.", DISTRICT]}
        rows = session.execute(text("select path from jpt_progress(:paths)"), asked)
        assert [row.path for row in rows] == [DISTRICT]


@pytest.mark.usefixtures("visited")
class TestAVolunteersFigures:
    def test_are_named_to_who_reviews(self, session: Session) -> None:
        found = sheet(session, INSPECTOR).volunteers
        assert [(one.name, one.figures.done, one.figures.households) for one in found] == [
            ("คุณchai", 0, 1),
            ("คุณmali", 1, 2),
        ]

    def test_are_their_own_alone(self, session: Session) -> None:
        assert [one.name for one in sheet(session, MALI).volunteers] == ["คุณmali"]

    def test_are_not_for_a_viewer(self, session: Session) -> None:
        assert sheet(session, VIEWER, "4301").volunteers == []
        db.enter(session, VIEWER.scope())
        asked = text("select count(*) from jpt_progress_volunteers('TH.43.', 500, null, null)")
        assert session.scalar(asked) == 0

    def test_count_single_households_once(self, session: Session, the_world: Session) -> None:
        for house in (world.HOUSE, world.CHAIS_HOUSE):
            the_world.execute(
                text(
                    "insert into assignments (round_id, account_id, village_code, household_id, "
                    "path) select round_id, :mali, village_code, id, path from households "
                    "where id = :house"
                ),
                {"mali": world.MALI, "house": house},
            )
        the_world.commit()
        mali = next(one for one in sheet(session, INSPECTOR).volunteers if one.name == "คุณmali")
        assert (mali.villages, mali.figures.households, mali.is_shared) == (2, 3, False)

    def test_say_when_a_village_is_in_two_hands(self, session: Session, the_world: Session) -> None:
        the_world.execute(
            text(
                "insert into assignments (round_id, account_id, village_code, path) "
                "select round_id, :chai, village_code, path from assignments "
                "where account_id = :mali"
            ),
            {"chai": world.CHAI, "mali": world.MALI},
        )
        the_world.commit()
        assert all(one.is_shared for one in sheet(session, INSPECTOR).volunteers)


class TestATally:
    def test_has_no_more_who_fail_than_were_surveyed(self) -> None:
        """One of 40 was not checked, another's age nobody knows: whom it is about is unknown."""
        said = {"no": 6, "unit": "person", "result": "not_met", "eligible": None, "failing": 1}
        tally = of_evaluation("received", "good", 2, {"indicators": [said]})
        assert (tally.surveyed, tally.failing, tally.not_met) == ([1], [1], [1])


class TestThePace:
    def test_shares_what_is_left_over_the_days_left(
        self, session: Session, the_world: Session
    ) -> None:
        db.enter(session, INSPECTOR.scope())
        total = Line("", "", "", Figures(todo=70, received=30), 100)
        closes = date.today() + timedelta(days=30)
        today = closes - timedelta(days=2)
        assert progress.pace(session, total, today) == progress.Pace(closes, 3, 24)
        over = progress.pace(session, total, closes + timedelta(days=1))
        assert (over.days_left, over.a_day) == (0, None)

    def test_asks_for_nothing_more_than_the_target(
        self, session: Session, the_world: Session
    ) -> None:
        db.enter(session, INSPECTOR.scope())
        total = Line("", "", "", Figures(received=120), 100)
        assert total.percent == 100
        assert progress.pace(session, total, date.today()).a_day == 0
