"""The list of what waits for review: weakest first, page by page, of any area."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import world
from webapp import db
from webapp.domain.actors import Actor, Level, Role
from webapp.queries import worklist
from webapp.queries.worklist import Wanted

DISTRICT, PROVINCE, VILLAGE = "TH.43.4301.", "TH.43.", world.PATHS[world.NAM_SAI]
NIDA = Actor(world.NIDA, Role.INSPECTOR, "นิดา", "nida", None, (DISTRICT,))
ANAN = Actor(world.ANAN, Role.INSPECTOR, "อนันต์", "anan", None, ("TH.43.4302.",))
PROVINCIAL = Actor(world.OFFICER, Role.OFFICER, "ก", "o", Level.PROVINCE, (PROVINCE,))
NATIONAL = Actor(UUID(int=99), Role.OFFICER, "ข", "d", Level.DEPARTMENT, ("TH.",))
MALI = Actor(world.MALI, Role.VOLUNTEER, "มะลิ", "mali", None, (VILLAGE,))
PLAIN = {"hard_open": 0, "soft_open": 0, "evidence_grade": "good", "evidence_due": 0}
HOUSES = {
    world.NAM_SAI: (world.HOUSE, world.MALI),
    world.DON: (world.CHAIS_HOUSE, world.CHAI),
    world.FAR: (world.FAR_HOUSE, world.CHAI),
}
ADD = text("""
    insert into interviews (id, round_id, household_id, village_code, path, author_id, device_id,
        head_digest, head_number, state, mode, outcome, people, hard_open, soft_open,
        evidence_grade, evidence_due, interviewed_on, has_conflict)
    values (:id, '2569', :household, :village, :path, :author, :id, :digest, 1, :state, 'doorstep',
        :outcome, 1, :hard_open, :soft_open, :evidence_grade, :evidence_due, now(), :conflict)
""")


def interview(register: Session, number: int, village: str = world.NAM_SAI, **said: Any) -> UUID:
    """An interview as a row only, with nothing to look at but what is said."""
    household, author = HOUSES[village]
    given = {"state": "received", "outcome": "interviewed", "conflict": False} | PLAIN | said
    place = {"village": village, "path": world.PATHS[village], "household": household}
    key = UUID(int=number)
    digest = number.to_bytes(32, "big")
    register.execute(ADD, given | place | {"id": key, "digest": digest, "author": author})
    return key


def ids(session: Session, who: Actor, page: int = 50, **wanted: Any) -> list[int]:
    """The whole list, walked page by page."""
    db.enter(session, who.scope())
    found: list[int] = []
    after = None
    while True:
        lines, after = worklist.listed(session, Wanted(**wanted), after, page)
        found += [one.id.int for one in lines]
        if after is None:
            return found


@pytest.fixture
def many(the_world: Session) -> None:
    """Twenty in Ban Nam Sai by weight 1 above 2 above 0, three in Ban Don, one far away."""
    for number in range(1, 21):
        interview(the_world, number, soft_open=number % 3)
    interview(the_world, 30, world.DON, hard_open=1)
    interview(the_world, 31, world.DON, evidence_grade="none")
    interview(the_world, 32, world.DON, state="accepted")
    interview(the_world, 40, world.FAR, conflict=True)
    the_world.commit()


ORDER = [31, 30, *range(2, 21, 3), *range(1, 20, 3), *range(3, 19, 3)]


@pytest.mark.usefixtures("many")
class TestTheWorklist:
    @pytest.mark.parametrize("page", [1, 3, 7, 50])
    def test_is_weakest_first_whatever_the_page(self, session: Session, page: int) -> None:
        assert ids(session, NIDA, page) == ORDER

    @pytest.mark.parametrize("who", [PROVINCIAL, NATIONAL])
    def test_is_the_same_for_wider_areas(self, session: Session, who: Actor) -> None:
        assert ids(session, who, 5) == [40, *ORDER]
        assert ids(session, who, 5, within=DISTRICT) == ORDER
        assert ids(session, who, 5, within=VILLAGE) == ORDER[2:]

    def test_is_of_ones_own_area_whatever_is_asked(self, session: Session) -> None:
        assert ids(session, ANAN) == [40]
        assert ids(session, ANAN, within=DISTRICT) == []
        assert ids(session, MALI) == []

    def test_is_filtered_by_state_volunteer_and_reason(self, session: Session) -> None:
        assert ids(session, NIDA, state="accepted") == [32]
        assert ids(session, NIDA, author=world.CHAI) == [31, 30]
        assert ids(session, NIDA, kind="soft", page=4) == ORDER[2:16]
        assert ids(session, NIDA, kind="nothing", page=4) == ORDER[16:]
        assert ids(session, PROVINCIAL, kind="conflict") == [40]
        assert ids(session, NIDA, kind="evidence") == [31]

    def test_counts_what_is_to_look_at_and_what_is_not(self, session: Session) -> None:
        db.enter(session, NIDA.scope())
        found = worklist.counts(session, None)
        assert (found.to_look, found.nothing, found.returned) == (16, 6, 0)
        db.enter(session, PROVINCIAL.scope())
        assert worklist.counts(session, None).to_look == 17

    def test_goes_on_after_one_that_has_left_it(self, register: Session, session: Session) -> None:
        register.execute(text("update interviews set state = 'accepted' where id = :id"),
                         {"id": UUID(int=31)})  # fmt: skip
        register.commit()
        db.enter(session, NIDA.scope())
        assert worklist.next_after(session, Wanted(), UUID(int=31)) == UUID(int=30)
        assert worklist.next_after(session, Wanted(), UUID(int=ORDER[-1])) is None


def finding(register: Session, about: UUID, code: str, weight: int) -> None:
    register.execute(
        text(
            "insert into findings (round_id, code, source, interview_id, village_code, path, "
            "weight) values ('2569', :code, 'evidence', :about, :village, :path, :weight)"
        ),
        {"code": code, "about": about, "weight": weight, "village": world.NAM_SAI, "path": VILLAGE},
    )


class TestAFinding:
    def test_makes_its_interview_wait_further_up_until_it_is_closed(
        self, the_world: Session, session: Session
    ) -> None:
        light, heavy = (interview(the_world, number) for number in (1, 2))
        finding(the_world, heavy, "photo_same", 60)
        finding(the_world, heavy, "position_same", 20)
        the_world.commit()
        assert ids(session, NIDA) == [heavy.int, light.int]
        assert ids(session, NIDA, code="photo_same") == [heavy.int]
        assert ids(session, NIDA, kind="nothing") == [light.int]
        close = "update findings set state = 'cleared', closed_at = now() where weight = :w"
        for weight, left in ((60, 20), (20, 0)):
            the_world.execute(text(close), {"w": weight})
            the_world.commit()
            weighs = text("select review_weight from interviews where id = :id")
            assert the_world.scalar(weighs, {"id": heavy}) == left


def compared(session: Session) -> None:
    """What came by now has been compared with all others."""
    session.execute(text("delete from follow_ups"))


class TestWhatHasNothingToLookAt:
    def test_is_meant_exactly_by_its_mark(self, the_world: Session, session: Session) -> None:
        for number in (1, 2):
            interview(the_world, number)
        interview(the_world, 3, evidence_due=1)
        interview(the_world, 4, soft_open=1)
        compared(the_world)
        interview(the_world, 5)
        the_world.commit()
        db.enter(session, NIDA.scope())
        first = worklist.clean(session, None, None)
        assert [one.interview.int for one in first.seen] == [1, 2]
        assert first.villages == {world.NAM_SAI: 2}
        assert worklist.clean(session, None, None).mark == first.mark
        the_world.execute(text("update interviews set head_digest = '\\x01' where id = :id"),
                          {"id": UUID(int=2)})  # fmt: skip
        the_world.commit()
        assert worklist.clean(session, None, None).mark != first.mark
