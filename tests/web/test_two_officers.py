"""Two officers at once, and one who sends the same twice: nothing is done double or half."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tests import world
from tests.officer import OURS, Officer, person
from webapp.db import transaction
from webapp.domain.actors import Actor, Level, Role
from webapp.domain.people import Act
from webapp.domain.problems import Problem
from webapp.models.account import Account
from webapp.models.audit import AuditEntry
from webapp.models.household import Assignment
from webapp.models.person import PersonDetails
from webapp.services import assignments, people_changes, people_import, same_id
from webapp.services import people as acts
from webapp.services.people_changes import New, Written

ORATHAI = Actor(world.OFFICER, Role.OFFICER, "อรทัย", "orathai", Level.PROVINCE, ("TH.43.",))
LIST = """บทบาท,ชื่อ,นามสกุล,เลขประจำตัวประชาชน,รหัสพื้นที่
อาสาสมัคร,สมศรี,ตัวอย่าง,1990100000511,{village}
"""
DISTRICT = {"province": "43", "district": "4301"}
WAITS = text("""
    select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where not l.granted and a.datname = current_database()
""")

Work = Callable[[Session], Any]
GROUP = f"/office/working-group/{world.NAM_SAI[:6]}"


def beside(register: Session, first: Work, second: Work) -> tuple[Any, Any]:
    """What came of both: the second begins when the first has done its work but not ended."""
    with ThreadPoolExecutor(1) as threads:
        with transaction(ORATHAI) as session:
            done = first(session)
            later: Future[Any] = threads.submit(_in_transaction, second)
            deadline = time.monotonic() + 10
            while not later.done() and not register.scalar(WAITS):
                assert time.monotonic() < deadline
                time.sleep(0.01)
        return done, later.result(10)


def _in_transaction(work: Work) -> Any:
    with transaction(ORATHAI) as session:
        return work(session)


class TestAVillage:
    def test_divided_by_two_at_once_is_as_the_second_divided_it(
        self, app: Flask, the_world: Session
    ) -> None:
        def among(*people: UUID) -> Work:
            return lambda session: assignments.divide(session, ORATHAI, world.NAM_SAI, people)

        shares = beside(the_world, among(world.MALI), among(world.MALI, world.CHAI))
        assert shares == ([2], [1, 1])
        the_world.rollback()
        live = select(Assignment.account_id).where(
            Assignment.village_code == world.NAM_SAI, Assignment.ended_at.is_(None)
        )
        assert Counter(the_world.scalars(live)) == {world.MALI: 1, world.CHAI: 1}


class TestAListOfPeople:
    def test_with_somebody_on_another_that_is_taken_meanwhile_adds_them_once(
        self, app: Flask, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        def take(village: str) -> Work:
            content = LIST.format(village=village).encode()
            return lambda session: (
                people_import.take(
                    session, ORATHAI, "list.csv", content, secrets, write=True
                ).written
            )

        assert beside(the_world, take(world.NAM_SAI), take(world.DON)) == (True, False)
        the_world.rollback()
        same = select(func.count()).where(PersonDetails.national_id_index.is_not(None))
        assert the_world.scalar(same) == 1


class TestOneIdNumber:
    """In two areas, or in a list and on the page of who waits: one waits for the other."""

    A, B = "1990100000511", "1990100000529"

    def test_of_lists_that_cross_is_approved_once_each(
        self,
        app: Flask,
        the_world: Session,
        secrets: dict[str, bytes],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def waits(number: str, village: str) -> UUID:
            return person(the_world, secrets, "กนก ก", village=village, numbers=(number, ""))

        first = waits(self.A, world.NAM_SAI), waits(self.B, world.FAR)
        second = waits(self.B, world.DON), waits(self.A, world.FAR)
        both, alone = Barrier(2), acts.act

        def together(*given: Any, **more: Any) -> Account:
            done = alone(*given, **more)
            with suppress(BrokenBarrierError):
                both.wait(0.3)
            return done

        monkeypatch.setattr(acts, "act", together)
        with ThreadPoolExecutor(2) as threads:
            each = [threads.submit(_approved, accounts) for accounts in (first, second)]
            assert sorted(one.result(10) for one in each) == [0, 2]

    @pytest.mark.parametrize("way", ["added", "listed"])
    def test_that_is_brought_while_somebody_approves_it_waits_and_keeps_nobody(
        self, app: Flask, the_world: Session, secrets: dict[str, bytes], way: str
    ) -> None:
        known = person(the_world, secrets, "กนก ก", numbers=(self.A, ""))
        bring = {"added": _added, "listed": _listed}[way]
        with ThreadPoolExecutor(1) as threads:
            with transaction(ORATHAI) as session:
                same_id.hold(session, [known])
                later = threads.submit(_in_transaction, lambda one: bring(one, secrets))
                while not later.done() and not the_world.scalar(WAITS):
                    time.sleep(0.01)
                acts.act(session, ORATHAI, known, Act.APPROVE)
            assert later.result(10) is False
        the_world.rollback()
        assert the_world.get_one(Account, known).status == "active"


def _approved(accounts: tuple[UUID, ...]) -> int:
    """How many of them were."""
    with transaction(ORATHAI) as session:
        done = acts.act_on_many(session, ORATHAI, accounts, Act.APPROVE)
        return sum(one.problem is None for one in done)


def _added(session: Session, secrets: dict[str, bytes]) -> bool:
    """Whether somebody with the first number could be added by hand."""
    written = Written(given="กนก", family="ก", national_id=TestOneIdNumber.A)
    new = New(Role.VOLUNTEER, None, world.NAM_SAI, written)
    try:
        with session.begin_nested():
            people_changes.create(session, ORATHAI, new, secrets)
    except Problem as problem:
        return problem.code != "duplicate-person"
    return True


def _listed(session: Session, secrets: dict[str, bytes]) -> bool:
    """The same by a list."""
    content = LIST.format(village=world.NAM_SAI).encode()
    return people_import.take(session, ORATHAI, "list.csv", content, secrets, write=True).written


class TestTheSameSentTwice:
    def test_approves_once_and_can_still_be_undone(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        people = [str(person(the_world, secrets, f"คน{n} ก")) for n in range(3)]
        for _ in range(2):
            suda.post("/approve", pick=people)
        page = suda.get("/office/people")
        assert "ทำไม่ได้" not in page
        assert "เลิกทำ" in page
        the_world.rollback()
        act = AuditEntry.act == "person.approved"
        assert len(the_world.scalars(select(AuditEntry.id).where(act)).all()) == 3

    def test_is_another_act_where_the_reason_differs_or_somebody_else_did_it(
        self, app: Flask, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        account = person(the_world, secrets, "กนก ก")
        refuse = {"act": "refuse", "reason": "ไม่ใช่คนในพื้นที่"}
        answers = [
            suda.post(f"/{account}/act", **refuse),
            suda.post(f"/{account}/act", **refuse),
            suda.post(f"/{account}/act", **refuse | {"reason": "อายุไม่ถึง"}),
            Officer(app, "orathai").post(f"/{account}/act", **refuse),
        ]
        assert [one.status_code for one in answers] == [303, 303, 409, 409]
        the_world.rollback()
        assert the_world.get_one(Account, account).status_reason == "ไม่ใช่คนในพื้นที่"


class TestAFormSentAgainAfterALostAnswer:
    """A browser that reloads sends all of it again, under the id that its page was given."""

    FORMS = (
        (
            "person.created",
            "/office/people/new/viewer",
            {"given": "นิภา", "family": "ตัวอย่าง", "phone": "0812345678"} | DISTRICT,
            {"given": "นิภาพร"},
        ),
        (
            "notice.published",
            "/office/notices/new",
            {"area": "4301", "roles": ["volunteer"], "title_th": "นัดพบ", "text_th": "พบกันเก้าโมง"},
            {"title_th": "เลื่อนนัด"},
        ),
        (
            "group.entered",
            GROUP,
            {"name": "สมมุติ คนหนึ่ง", "agency": "อบต.ในเมือง", "sector": "state"},
            {"name": "สมมุติ คนสอง"},
        ),
        ("group.minutes", f"{GROUP}/minutes", {"met_on": "1/11/2569"}, {"met_on": "2/11/2569"}),
    )

    @pytest.mark.parametrize(("act", "address", "typed", "other"), FORMS)
    def test_makes_one_thing_and_a_changed_one_makes_another(
        self, suda: Officer, the_world: Session, act: str, address: str, typed: Any, other: Any
    ) -> None:
        page = suda.get(address.removesuffix("/minutes"))
        made = re.findall(r'name="request_id" value="([^"]+)"', page)[-1]
        sealed = {"csrf_token": suda.token, "request_id": made}

        def send(**fields: Any) -> tuple[int, str | None]:
            files = [(io.BytesIO(b"%PDF-1.4 page " + one), "รายงาน.pdf") for one in (b"1", b"2")]
            papers = {"papers": files} if act == "group.minutes" else {}
            data = sealed | typed | fields | papers
            answer = suda.client.post(address, data=data, headers=OURS)
            return answer.status_code, answer.location

        def noted() -> int:
            the_world.rollback()
            return len(the_world.scalars(select(AuditEntry.id).where(AuditEntry.act == act)).all())

        first = send()
        once = noted()
        assert first[0] in (302, 303)
        assert (send(), noted()) == (first, once)
        send(**other)  # the page gone back to
        assert noted() == 2 * once > 0
