"""What else came of review by today: acts, settled matters and closed findings that others lack.

Everything goes through the doors that people use, so that each state is one that they can reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webapp.db import transaction
from webapp.demo import cast, desk
from webapp.demo.chance import source, uuid4, uuid7
from webapp.demo.desk import DISTRICT, INSPECTOR, OFFICER, PAPER, WHY
from webapp.demo.fates import NEARLY, READY
from webapp.demo.sending import Register
from webapp.domain.actors import Actor, Role, Scope
from webapp.domain.desk import Way
from webapp.domain.review import Asked, Seen
from webapp.models.interview import Custody, Interview
from webapp.models.review import Decision, Finding
from webapp.services import (
    bringing_together,
    closing,
    custody,
    following_up,
    replying,
    review,
    screening,
    settling,
)
from webapp.services.bringing_together import Mixture
from webapp.services.replying import Reply
from webapp.services.settling import Choice

WANTED = 15
"""So many interviews that wait, in which nothing else is shown."""

AT_ONCE = 3
POOR = 600
"""Baht a year: a household that check 8 points at."""

MISTAKEN = "กดรับรองผิดหลัง ขอดูใหม่อีกครั้ง (ตัวอย่าง)"
SIGN_AGAIN = "ลายมือชื่อขาด เห็นเพียงครึ่งเดียว (ตัวอย่าง)"
STAND_AGAIN = "พิกัดอยู่กลางหมู่บ้าน ช่วยจับที่หน้าบ้าน (ตัวอย่าง)"
REPLY = "วันนั้นคุยกันจนครบก่อน แล้วจึงกดบันทึกทีเดียว (ตัวอย่าง)"
EXPLAINED = "โทรถามครัวเรือนแล้ว เล่าตรงกันทุกข้อ (ตัวอย่าง)"
COMPARED = "430104"
"""The subdistrict whose interviews are held beside each other at once, for somebody to answer."""

_PLAIN = text("""
    select i.id from interviews i
    where i.state = 'received' and i.outcome = 'interviewed' and i.mode = 'doorstep'
        and i.path ^@ :district and i.village_code <> all (:kept) and not i.has_conflict
        and i.head_number = 1 and i.people > 1 and i.evidence_due = 0 and i.review_weight = 0
        and not exists (select from custody c where c.household_id = i.household_id)
    order by i.id desc limit :most
""")

_LINES = text("select id from follow_ups where interview_id = :interview")
_DONE = text("select jpt_followed_up(cast(:lines as bigint[]))")


@dataclass(frozen=True)
class Made:
    """The register, its session, and interviews that may still be used, each for one thing."""

    session: Session
    register: Register
    left: list[UUID]

    def next(self) -> Interview:
        """One that nothing has been shown with."""
        self.session.rollback()
        return self.session.get_one(Interview, self.left.pop(0), populate_existing=True)


def settle(session: Session, register: Register, today: date) -> None:
    """Every decision, settled matter and closed finding is there; nothing in a small demo."""
    if session.scalar(select(Decision.id).where(Decision.decision == "withdrawn").limit(1)):
        return
    values = {"district": DISTRICT[0], "kept": [READY, NEARLY], "most": WANTED}
    plain = list(session.scalars(_PLAIN, values))
    if len(plain) < WANTED:
        return
    made = Made(session, register, plain)
    _decisions(made, today)
    _matters(made)
    _told_at_intake(made)
    _no_longer(made)
    _compared(session)
    session.rollback()


def _decisions(made: Made, today: date) -> None:
    """Some accepted at once, one acceptance taken back, other evidence asked for again."""
    several = [made.next().id for _ in range(AT_ONCE)]
    for one in several:
        _followed(made.session, one)
    with transaction(INSPECTOR) as acting:
        found = acting.scalars(select(Interview).where(Interview.id.in_(several)))
        review.accept_many(acting, INSPECTOR, [_seen(one) for one in found])
    mistaken = _seen(made.next())
    with transaction(INSPECTOR) as acting:
        review.accept(acting, INSPECTOR, mistaken)
    with transaction(INSPECTOR) as acting:
        review.withdraw(acting, INSPECTOR, mistaken, MISTAKEN)
    for kinds, reason in ((("signature",), SIGN_AGAIN), (("position",), STAND_AGAIN)):
        seen, asked = _seen(made.next()), Asked((), today + timedelta(days=5), reason)
        with transaction(INSPECTOR) as acting:
            review.ask_evidence_again(acting, INSPECTOR, seen, kinds, asked, today)


def _matters(made: Made) -> None:
    """Of what the desk settles: placed, set aside, brought together, and another that stands."""
    for way in (Way.PLACED, Way.ASIDE):
        one = made.next()
        desk._corrected(made.session, made.register, one, {"happiness": 8}, forged=True)
        _settled(made, one.id, way)
    one = made.next()
    beside: dict[str, Any] = {"number": one.head_number + 1, "based_on": [one.head_digest.hex()]}
    for level in (6, 9):
        desk._corrected(made.session, made.register, one, {"happiness": level}, **beside)
    _together(made, one.id)
    one = made.next()
    again = uuid7(source(1, "decided", "again"), datetime.now(UTC))
    first: dict[str, Any] = {"interview": str(again), "number": 1, "based_on": []}
    desk._corrected(made.session, made.register, one, {"happiness": 7}, **first)
    _settled(made, again, Way.STANDS)


def _settled(made: Made, interview: UUID, way: Way) -> None:
    number = _waiting(made, interview)
    with transaction(INSPECTOR) as acting:
        seen = custody.matter(acting, made.register.keys, number).mark
        choice = Choice(number, way, WHY, seen)
        settling.settle(acting, made.register.keys, INSPECTOR, choice, datetime.now(UTC))


def _together(made: Made, interview: UUID) -> None:
    number = _waiting(made, interview)
    with transaction(OFFICER) as acting:
        matter = custody.matter(acting, made.register.keys, number)
        choice = Choice(number, Way.TOGETHER, PAPER, matter.mark)
        wanted = Mixture("shown", frozenset({"happiness"}), matter.asked.digest)
        bringing_together.bring_together(
            acting, made.register.keys, OFFICER, choice, wanted, datetime.now(UTC)
        )


def _waiting(made: Made, interview: UUID) -> int:
    made.session.rollback()
    found = select(Custody.id).where(
        Custody.interview_id == interview, Custody.resolved_at.is_(None)
    )
    return made.session.scalars(found.order_by(Custody.id.desc()).limit(1)).one()


def _told_at_intake(made: Made) -> None:
    """A date that the register's clock does not bear out; somebody of last year's left out."""
    one = made.next()
    clock = {"server_time": (one.interviewed_on + timedelta(days=4)).isoformat() + "T03:00:00Z"}
    desk._corrected(made.session, made.register, one, {}, clock=clock)
    _look(one.id)
    poor = dict.fromkeys(("22.1.1", "22.1.2", "22.1.3", "22.1.4"), 0) | {"22.1.3": POOR}
    desk._corrected(made.session, made.register, made.next(), poor)
    one = made.next()
    roster = [{"member": str(uuid4(source(1, "decided", "left")))}]
    desk._corrected(made.session, made.register, one, {}, roster=roster)
    _look(one.id)


def _no_longer(made: Made) -> None:
    """The same person was in two households; a correction took them out of one."""
    one, other = made.next(), made.next()
    members = desk._content(made.session, made.register, other)["members"]
    desk._same_person(made.session, made.register, one, other)
    made.session.rollback()
    changed = made.session.get_one(Interview, other.id, populate_existing=True)
    desk._corrected(made.session, made.register, changed, {}, members=members)
    for each in (one.id, other.id):
        _look(each)


def _compared(session: Session) -> None:
    """Interviews of a subdistrict are screened; their volunteer answers, an inspector closes."""
    for place in _villages(session):
        with transaction(Scope("finder")) as finder:
            screening.screen(finder, place)
    told = session.scalars(
        select(Finding)
        .where(Finding.source == "screening", Finding.state == "open")
        .order_by(Finding.interview_id, Finding.code)
    ).all()
    for number, one in enumerate(told[:2]):
        _reply(one, number)
    if len(told) > 1:
        with transaction(INSPECTOR) as acting:
            closing.explain(acting, INSPECTOR, told[1].id, EXPLAINED)


def _villages(session: Session) -> Iterator[screening.Place]:
    session.rollback()
    found = session.execute(
        text("""
            select distinct round_id, village_code from interviews
            where left(village_code, 6) = :here order by village_code
        """),
        {"here": COMPARED},
    ).all()
    session.rollback()
    for row in (*found, *found):  # each has the others' figures beside it the second time
        yield screening.Place(row.round_id, row.village_code)


def _reply(one: Finding, number: int) -> None:
    person = next(each for each in cast.VOLUNTEERS if each.id == one.account_id)
    volunteer = Actor(person.id, Role.VOLUNTEER, person.name_th, person.username)
    key = uuid4(source(number, "decided", "reply"))
    with transaction(volunteer) as acting:
        replying.reply(acting, volunteer, Reply(key, one.id, REPLY))


def _look(interview: UUID) -> None:
    with transaction(Scope("finder")) as finder:
        following_up.look(finder, interview)


def _followed(session: Session, interview: UUID) -> None:
    """The follow-up has looked at it, and has it on its list no more."""
    lines = session.scalars(_LINES, {"interview": interview}).all()
    session.rollback()
    _look(interview)
    with transaction(Scope("finder")) as finder:
        finder.execute(_DONE, {"lines": lines})


def _seen(one: Interview) -> Seen:
    return Seen(one.id, one.head_digest)
