"""What the follow-up tells, whatever the order, and what it takes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from uuid import UUID

import database as databases
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tests import sightings, world
from tests.sightings import PHOTO, Sighting, look, open_findings, put
from webapp import db
from webapp.domain.actors import Actor, Role, Scope

HOUSE = Sighting(1, hash=PHOTO)
EMPTY = (
    "truncate findings, fixes, follow_ups, evidence, revisions, interviews, households, "
    "decisions cascade"
)
FAR_AWAY = {"village": world.FAR, "author": world.MALI}


@pytest.fixture
def app_engine(database: databases.Addresses) -> Iterator[Engine]:
    """Connections of the application's role."""
    engine = create_engine(database.app, poolclass=NullPool)
    yield engine
    engine.dispose()


@pytest.fixture
def finder(register: Session, app_engine: Engine) -> Iterator[Session]:
    """The world, and the process that looks at what is in it."""
    world.build(register, b"pepper")
    with Session(app_engine) as session:
        yield session


def told(register: Session, finder: Session, *seen: Sighting) -> set[tuple[str, int, int | None]]:
    put(register, *seen)
    look(finder)
    finder.commit()
    register.rollback()
    return open_findings(register)


class TestTheSamePhoto:
    def test_in_two_households_of_a_volunteer_is_told_on_both_sides(
        self, register: Session, finder: Session
    ) -> None:
        seen = told(register, finder, HOUSE, Sighting(2, hash=PHOTO ^ 0b11))
        assert seen == {("photo_same", 1, 2), ("photo_same", 2, 1)}

    @pytest.mark.parametrize(
        ("bits", "author", "code"),
        [
            (0xFF, world.MALI, "photo_similar"),
            (0x1FF, world.MALI, None),
            (0x3F, world.CHAI, "photo_similar"),
            (0x7F, world.CHAI, None),
        ],
    )
    def test_somebody_elses_must_be_more_alike(
        self, register: Session, finder: Session, bits: int, author: UUID, code: str | None
    ) -> None:
        seen = told(register, finder, HOUSE, Sighting(2, hash=PHOTO ^ bits, author=author))
        assert {one for one, _, _ in seen} == ({code} if code else set())

    def test_in_another_subdistrict_is_found_for_the_volunteer_alone(
        self, register: Session, finder: Session
    ) -> None:
        own = Sighting(2, hash=PHOTO, **FAR_AWAY)
        others = Sighting(3, hash=PHOTO, village=world.FAR, author=world.CHAI)
        assert told(register, finder, HOUSE, replace(own, latitude=17.86)) == {
            ("photo_same", 1, 2), ("photo_same", 2, 1)
        }  # fmt: skip
        seen = told(register, finder, others)
        assert ("photo_same", 1, 3) not in seen
        assert ("photo_same", 2, 3) in seen

    def test_that_shows_nothing_matches_nothing_and_is_told_as_that(
        self, register: Session, finder: Session
    ) -> None:
        dark = [Sighting(n, hash=None, visible=3) for n in (1, 2, 3)]
        assert told(register, finder, *dark) == {("photo_plain", n, None) for n in (1, 2, 3)}

    def test_of_a_hundred_households_fills_no_list(
        self, register: Session, finder: Session
    ) -> None:
        seen = told(register, finder, *(Sighting(n, hash=PHOTO) for n in range(1, 21)))
        assert {one for _, one, _ in seen} == set(range(1, 21))
        most = max(sum(one == n for _, one, _ in seen) for n in range(1, 21))
        assert most <= 12


class TestAPair:
    def test_is_the_same_whatever_came_first(
        self, register: Session, finder: Session, owner_engine: Engine
    ) -> None:
        seen = [
            HOUSE,
            Sighting(2, hash=PHOTO ^ 1, minutes=121, longitude=102.79),
            Sighting(3, minutes=122, longitude=102.79),
        ]
        ends = set()
        for order in permutations(seen):
            register.rollback()
            with owner_engine.begin() as connection:
                connection.execute(text(EMPTY))
            for one in order:
                told(register, finder, one)
            ends.add(frozenset(open_findings(register)))
        assert ends == {frozenset({
            ("photo_same", 1, 2), ("photo_same", 2, 1),
            ("position_same", 2, 3), ("position_same", 3, 2),
            ("speed_impossible", 1, 2), ("speed_impossible", 2, 1),
        })}  # fmt: skip

    def test_looked_at_again_is_told_once(self, register: Session, finder: Session) -> None:
        told(register, finder, HOUSE, Sighting(2, hash=PHOTO))
        again = "insert into follow_ups (interview_id, path) select id, path from interviews"
        for _ in range(2):
            register.execute(text(again))
            register.commit()
            look(finder)
            finder.commit()
        assert register.scalar(text("select count(*) from findings")) == 2

    def test_weighs_on_each_side_once(self, register: Session, finder: Session) -> None:
        told(register, finder, HOUSE, Sighting(2, hash=PHOTO))
        weights = register.scalars(text("select findings_weight from interviews")).all()
        assert weights == [40, 40]

    def test_is_shown_to_who_may_see_that_side_alone(
        self, register: Session, finder: Session
    ) -> None:
        told(register, finder, HOUSE, Sighting(2, hash=PHOTO, latitude=17.86, **FAR_AWAY))
        for area, own in ((world.NAM_SAI, 1), (world.FAR, 2)):
            inspector = Actor(world.NIDA, Role.INSPECTOR, "x", "x", areas=(world.PATHS[area],))
            db.enter(finder, inspector.scope())
            assert finder.scalars(text("select interview_id from findings")).all() == [
                Sighting(own).id
            ]


class TestWhatNoLongerHolds:
    CORRECT = text("""
        update evidence set difference_hash = ~difference_hash where interview_id = :id;
    """)

    def _looked_at_anew(self, register: Session, finder: Session, *ids: UUID) -> None:
        for one in ids:
            register.execute(
                text("insert into follow_ups (interview_id, path) values (:id, '')"), {"id": one}
            )
        register.commit()
        look(finder)
        finder.commit()

    def test_is_cleared_on_both_sides_and_opens_again_if_it_holds_again(
        self, register: Session, finder: Session
    ) -> None:
        other = Sighting(2, hash=PHOTO)
        told(register, finder, HOUSE, other)
        for expected in (set(), {("photo_same", 1, 2), ("photo_same", 2, 1)}):
            register.execute(self.CORRECT, {"id": other.id})
            self._looked_at_anew(register, finder, other.id)
            register.rollback()
            assert open_findings(register) == expected
        assert register.scalar(text("select count(*) from findings")) == 2

    def test_stays_closed_where_a_person_closed_it(
        self, register: Session, finder: Session
    ) -> None:
        told(register, finder, HOUSE, Sighting(2, hash=PHOTO))
        register.execute(text(
            "update findings set state = 'explained', closed_at = now(), closed_by = :who, "
            "closing_reason = 'บ้านเดียวกัน' where interview_id = :id"),
            {"who": world.NIDA, "id": HOUSE.id})  # fmt: skip
        register.commit()
        self._looked_at_anew(register, finder, HOUSE.id, Sighting(2).id)
        register.rollback()
        assert open_findings(register) == {("photo_same", 2, 1)}


class TestPositions:
    def test_many_on_one_point_are_told_to_each(self, register: Session, finder: Session) -> None:
        seen = [
            Sighting(n, longitude=102.71 + n * 0.000_004, latitude=17.853_3) for n in range(1, 5)
        ]
        assert told(register, finder, *seen[:3]) == set()
        assert told(register, finder, seen[3]) == {
            ("position_shared", n, None) for n in range(1, 5)
        }

    def test_are_the_same_to_the_last_digit_or_not_at_all(
        self, register: Session, finder: Session
    ) -> None:
        seen = [Sighting(n, longitude=102.71, latitude=17.853_3) for n in (1, 2)]
        near = Sighting(3, longitude=102.710_001, latitude=17.853_3)
        assert told(register, finder, *seen, near) == {
            ("position_same", 1, 2), ("position_same", 2, 1)
        }  # fmt: skip

    def test_at_the_villages_point_are_told(self, register: Session, finder: Session) -> None:
        seen = told(register, finder, Sighting(1, longitude=102.7, latitude=17.85, accuracy=3))
        assert {code for code, _, _ in seen} <= {"position_centroid", "position_default"}
        assert seen

    def test_far_from_the_villages_houses_are_told_once_there_are_houses(
        self, register: Session, finder: Session
    ) -> None:
        far = Sighting(1, longitude=102.795)
        assert told(register, finder, far) == set()
        others = [Sighting(n, longitude=102.70 + n * 0.0005) for n in range(2, 9)]
        assert told(register, finder, *others) == {("position_far", 1, None)}

    def test_outside_by_less_than_the_fix_knows_are_no_finding(
        self, register: Session, finder: Session
    ) -> None:
        intake = [{"code": "position_outside"}]
        edge = {"inside": False, "intake": intake, "longitude": 102.800_1}
        assert told(register, finder, Sighting(1, accuracy=50, **edge)) == set()
        seen = told(register, finder, Sighting(2, accuracy=5, minutes=900, **edge))
        assert ("position_outside", 2, None) in seen

    def test_of_paper_are_where_it_was_typed(self, register: Session, finder: Session) -> None:
        desk = {"longitude": 102.705_551, "latitude": 17.852_222, "mode": "paper"}
        assert told(register, finder, *(Sighting(n, **desk) for n in range(1, 6))) == set()


class TestTheWayBetweenInterviews:
    def test_counts_from_one_to_the_next_whatever_lies_between_later(
        self, register: Session, finder: Session
    ) -> None:
        one, other = Sighting(1, minutes=0), Sighting(2, minutes=4, longitude=102.79)
        between = Sighting(3, minutes=2, longitude=102.702)
        assert told(register, finder, one, other) == {
            ("speed_impossible", 1, 2), ("speed_impossible", 2, 1)
        }  # fmt: skip
        assert told(register, finder, between) == {
            ("speed_impossible", 3, 2), ("speed_impossible", 2, 3)
        }  # fmt: skip

    def test_of_two_volunteers_is_nothing(self, register: Session, finder: Session) -> None:
        seen = told(
            register,
            finder,
            Sighting(1, minutes=0),
            Sighting(2, minutes=1, longitude=102.79, author=world.CHAI),
        )
        assert seen == set()


class TestTheList:
    def test_takes_no_line_twice_at_once(
        self, register: Session, finder: Session, app_engine: Engine
    ) -> None:
        put(register, HOUSE, Sighting(2))
        with Session(app_engine) as beside:
            taken = []
            for session in (finder, beside):
                db.enter(session, Scope("finder"))
                taken.append(session.scalar(text("select jpt_follow_up()"))["interview"])
            assert len(set(taken)) == 2
            beside.rollback()

    def test_is_not_held_up_by_one_that_cannot_be_looked_at(
        self, register: Session, finder: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(register, HOUSE, Sighting(2, hash=PHOTO))
        from webapp.services import following_up

        real = following_up.look

        def odd(session: Session, interview: UUID) -> None:
            if interview == HOUSE.id:
                raise KeyError("odd")
            real(session, interview)

        monkeypatch.setattr(following_up, "look", odd)
        db.enter(finder, Scope("finder"))
        assert [following_up.look_at_one(finder) for _ in range(3)] == [False, True, False]
        finder.commit()
        register.rollback()
        assert register.scalar(text("select count(*) from follow_ups")) == 1

    def test_odd_documents_are_looked_at_all_the_same(
        self, register: Session, finder: Session
    ) -> None:
        odd = {"clock": {"server_time": "2026", "elapsed_ms": 1e308}, "started_at": 7,
               "finished_at": "9999-12-31T23:59:59-14:00"}  # fmt: skip
        assert told(register, finder, Sighting(1, document=odd)) == set()
        assert not sightings.open_findings(register)
