"""A village's forum as officers see it: how it stands, whom to call up, how far answers agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.areas import AreaLevel
from webapp.domain.forum import draw as drawing
from webapp.domain.forum.calls import WAITING, House, called
from webapp.domain.forum.draw import Recording
from webapp.domain.problems import Problem
from webapp.models.area import Area
from webapp.models.forum import BackCheck, Forum, ForumAsker, ForumHouse
from webapp.models.household import Household
from webapp.models.survey_round import Round
from webapp.queries import places, quality

MOST = 100
_LISTED = text("select * from jpt_forums_listed(:within, :most, :enough)")
_RECORDING = text("select * from jpt_forum_recording(:village)")
_PEOPLE = text("select * from jpt_forum_people(:forum)")


@dataclass(frozen=True)
class Standing:
    """A village and how far its recording is."""

    area: Area
    recording: Recording


@dataclass(frozen=True)
class Called:
    """A household of the list with what came of it; `compared` by question."""

    household: UUID
    interview: UUID
    first: UUID
    stratum: int
    place: int
    is_reserve: bool
    house_number: str
    head_name: str | None
    state: str
    result: BackCheck | None

    @property
    def compared(self) -> dict[str, bool | None]:
        """By question: the same, not the same, not compared."""
        return dict(self.result.compared) if self.result else {}

    @property
    def differing(self) -> int:
        """How many answers are not the same."""
        return sum(one is False for one in self.compared.values())


@dataclass(frozen=True)
class Asker:
    """Somebody named for the forum."""

    account: UUID
    name_th: str
    is_ended: bool


@dataclass(frozen=True)
class Shown:
    """All of a forum: `houses` in order of their places, `calls` as they are called up."""

    forum: Forum
    houses: list[Called]
    calls: list[Called]
    askers: list[Asker]
    names: dict[UUID, str]
    uncounted: Sequence[BackCheck]

    @property
    def asked(self) -> list[Called]:
        """Those called up who have answered."""
        return [one for one in self.calls if one.state == "asked"]

    @property
    def waiting(self) -> int:
        """How many of those called up nobody has asked yet."""
        return sum(one.state == WAITING for one in self.calls)


@dataclass(frozen=True)
class Line:
    """A village of the list: with a forum, or one whose sample may be drawn."""

    village_code: str
    forum_id: UUID | None
    held_on: date | None
    closed_at: datetime | None
    sampled: int | None
    waiting: int | None
    visited: int | None
    listed: int | None


def listed(session: Session, within: str | None) -> list[Line]:
    """Forums of the asker's part of an area, open ones first; then villages that could have one."""
    asked = {"within": within, "most": MOST, "enough": drawing.VISITED}
    return [Line(**row) for row in session.execute(_LISTED, asked).mappings()]


def standing(session: Session, actor: Actor, village: str) -> Standing:
    """How far the village's recording is. Raises Problem `not-found` outside the asker's areas."""
    area = places.asked(session, actor, village)
    if area is None or area.level != AreaLevel.VILLAGE:
        raise Problem("not-found")
    return Standing(area, Recording.of(session.execute(_RECORDING, {"village": village}).one()))


def of_village(session: Session, village: str) -> Forum | None:
    """The village's forum of this round."""
    return session.scalar(
        select(Forum).where(
            Forum.village_code == village, Forum.round_id == quality.current(session)
        )
    )


def read(session: Session, forum: Forum) -> Shown:
    """All of a forum."""
    results = session.scalars(
        select(BackCheck)
        .where(BackCheck.forum_id == forum.id)
        .order_by(BackCheck.received_at, BackCheck.id)
    ).all()
    houses = _houses(session, forum.id, results)
    people = session.execute(_PEOPLE, {"forum": forum.id})
    names: dict[UUID, str] = {one.account_id: one.name_th for one in people}
    askers = session.scalars(
        select(ForumAsker).where(ForumAsker.forum_id == forum.id).order_by(ForumAsker.named_at)
    )
    return Shown(
        forum,
        houses,
        _calls(houses),
        [
            Asker(one.account_id, names.get(one.account_id, ""), one.ended_at is not None)
            for one in askers
        ],
        names,
        [one for one in results if one.standing != "counted"],
    )


def waiting(session: Session, forum: UUID) -> int:
    """How many of those called up nobody has asked yet."""
    results = session.scalars(select(BackCheck).where(BackCheck.forum_id == forum)).all()
    return sum(one.state == WAITING for one in _calls(_houses(session, forum, results)))


def of_interview(session: Session, interview: UUID) -> tuple[Forum, Called, bytes] | None:
    """The forum that asked this interview's household again, what came of it, and the digest of
    the revision that it is compared with."""
    found = session.execute(
        select(Forum, ForumHouse)
        .join(ForumHouse, ForumHouse.forum_id == Forum.id)
        .where(ForumHouse.interview_id == interview)
    ).one_or_none()
    if found is None:
        return None
    forum, house = found
    results = session.scalars(
        select(BackCheck)
        .where(BackCheck.forum_id == forum.id, BackCheck.household_id == house.household_id)
        .order_by(BackCheck.received_at, BackCheck.id)
    ).all()
    houses = _houses(session, forum.id, results)
    called_one = next(one for one in houses if one.household == house.household_id)
    return forum, called_one, house.digest


def version_of(session: Session, forum: Forum) -> str:
    """The questionnaire of the forum's round."""
    return session.get_one(Round, forum.round_id).questionnaire_id


def version_now(session: Session) -> str:
    """The questionnaire of the current round; empty where there is none."""
    return session.scalar(select(Round.questionnaire_id).where(Round.is_current)) or ""


def first_told(session: Session, interview: UUID, digest: bytes) -> dict[str, Any]:
    """The revision that was drawn, as the register keeps it."""
    kept: dict[str, Any] | None = session.scalar(
        text("select answers from revisions where interview_id = :interview and digest = :digest"),
        {"interview": interview, "digest": digest},
    )
    return kept or {}


def _houses(session: Session, forum: UUID, results: Sequence[BackCheck]) -> list[Called]:
    rows = session.execute(
        select(ForumHouse, Household.house_number, Household.head_name)
        .join(Household, Household.id == ForumHouse.household_id)
        .where(ForumHouse.forum_id == forum)
        .order_by(ForumHouse.place)
    )
    by_house: dict[UUID, list[BackCheck]] = {}
    for one in results:
        if one.standing == "counted":
            by_house.setdefault(one.household_id, []).append(one)
    return [
        _called(house, number, head, stands(by_house.get(house.household_id, [])))
        for house, number, head in rows
    ]


def stands(results: Sequence[BackCheck]) -> BackCheck | None:
    """Which of a household's results stands: asked beats what failed, else the latest."""
    asked = [one for one in results if one.outcome == "asked"]
    kept = asked or results
    return kept[-1] if kept else None


def _called(house: ForumHouse, number: str, head: str | None, result: BackCheck | None) -> Called:
    return Called(
        house.household_id,
        house.interview_id,
        house.first_asker,
        house.stratum,
        house.place,
        house.is_reserve,
        number,
        head,
        result.outcome if result else WAITING,
        result,
    )


def _calls(houses: Sequence[Called]) -> list[Called]:
    """As they are called up: the sample, then those of the reserve who take somebody's place."""
    by_id = {one.household: one for one in houses}
    plain = [
        House(one.household, one.stratum, one.place, one.is_reserve, one.state) for one in houses
    ]
    return [by_id[one.household] for one in called(plain)]
