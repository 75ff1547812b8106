"""What the register holds without having placed it: opened to look at, and what it lies beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from webapp.domain import desk, questionnaire
from webapp.domain.desk import Facts, Situation
from webapp.domain.documents import Document
from webapp.domain.problems import Problem
from webapp.keys import Keys
from webapp.models.household import Household
from webapp.models.interview import Custody, Interview, Revision
from webapp.models.survey_round import Round
from webapp.services import carrying, desk_revisions, intake, standing
from webapp.services.intake import Opened, Sent

Content = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """One delivery in custody, opened where it can be."""

    kept: Custody
    opened: Opened | None

    @property
    def document(self) -> Document | None:
        """The finished interview; None where the bytes are none that we can read."""
        return self.opened.document if self.opened else None


@dataclass(frozen=True)
class Matter:
    """One thing to settle: what waits of an interview, and what the register shows beside it.

    `held` is what is settled together: the delivery asked about, and every other open one of the
    interview that tells of the same household, in the order of their revisions. `shown` is the
    interview itself where it is in the register, `other` the household's where that is another.
    """

    asked: Custody
    held: Sequence[Held]
    shown: Interview | None
    other: Interview | None
    house: Household | None
    leaves: Sequence[bytes]
    situation: Situation
    hindrance: str

    @cached_property
    def latest(self) -> Held:
        """The delivery that tells most: the highest revision."""
        return self.held[-1]

    @property
    def beside(self) -> Interview | None:
        """What it is compared with."""
        if self.situation in (Situation.CHANGE, Situation.BRANCHES):
            return self.shown
        return self.other

    @property
    def mark(self) -> str:
        """Changes as soon as anything of the matter does."""
        sides = [(one.id, one.head_digest, one.state) for one in (self.shown, self.other) if one]
        held = [(one.kept.id, one.kept.resolved_at) for one in self.held]
        return desk.mark(self.situation, sides, held, list(self.leaves))


def matter(session: Session, keys: Keys, custody: int) -> Matter:
    """The matter as it stands now, inside the asker's areas.

    Raises:
        Problem: `not-found` where there is none in the asker's areas.
    """
    asked = session.get(Custody, custody, populate_existing=True)
    if asked is None:
        raise Problem("not-found")
    held = _held(session, keys, asked)
    latest = held[-1].document
    shown = session.get(Interview, asked.interview_id, populate_existing=True)
    house = session.get(Household, asked.household_id) if asked.household_id else None
    other = _other(session, house, asked.interview_id)
    leaves = standing.leaves(session, asked.interview_id) if shown else []
    facts = _facts(session, asked, latest, house, shown, other, len(leaves))
    where, hindrance = desk.situation(facts)
    return Matter(asked, held, shown, other, house, leaves, where, hindrance)


@dataclass(frozen=True)
class Side:
    """One telling: whose revision it is, and what it says."""

    interview: UUID
    digest: bytes
    content: Content


def sides(session: Session, keys: Keys, found: Matter, digest: bytes = b"") -> tuple[Side, Side]:
    """What the register shows, and what waits beside it.

    Of revisions beside each other `digest` is the one to compare with the head.

    Raises:
        Problem: `moved-on` where there are no two.
    """
    shown = found.beside
    if shown is None:
        raise Problem("moved-on")
    left = Side(shown.id, shown.head_digest, _content_of(session, keys, shown))
    if found.situation is Situation.BRANCHES:
        others = [one for one in found.leaves if one != shown.head_digest]
        right = digest if digest in others else others[0]
        told = desk_revisions.opened(session, keys, shown.id, right).content
        return left, Side(shown.id, right, told)
    return left, waiting(session, keys, found)


def waiting(session: Session, keys: Keys, found: Matter) -> Side:
    """What waits, alone. Raises Problem `moved-on` where it cannot be read."""
    if found.situation is Situation.SETTLED and found.shown:
        told = _content_of(session, keys, found.shown)
        return Side(found.shown.id, found.shown.head_digest, told)
    document = found.latest.document
    if document is None:
        raise Problem("moved-on")
    told = carrying.with_numbers(session, keys, document).content
    return Side(document.interview, found.latest.kept.digest, told)


def _content_of(session: Session, keys: Keys, interview: Interview) -> Content:
    return desk_revisions.opened(session, keys, interview.id, interview.head_digest).content


def _held(session: Session, keys: Keys, asked: Custody) -> list[Held]:
    """The delivery, and what waits of the same interview and can be placed together with it."""
    mine = Held(asked, _open(keys, asked))
    if asked.resolved_at is not None or not _is_placeable(session, mine.document):
        return [mine]
    rows = session.scalars(
        select(Custody)
        .where(Custody.interview_id == asked.interview_id, Custody.resolved_at.is_(None))
        .where(Custody.envelope.is_not(None), Custody.id != asked.id)
    )
    others = [Held(one, _open(keys, one)) for one in rows]
    held = [mine, *(one for one in others if _belongs(session, one.document, mine.document))]
    return sorted(held, key=_order)


def _order(one: Held) -> tuple[int, bytes]:
    return (one.document.number if one.document else 0), bytes(one.kept.digest)


def _is_placeable(session: Session, document: Document | None) -> bool:
    """Whether nothing of the delivery itself is in the way."""
    if document is None or not questionnaire.exists(document.questionnaire):
        return False
    return _is_known_round(session, document) and _is_known_author(session, document)


def _belongs(session: Session, one: Document | None, mine: Document | None) -> bool:
    """Whether it tells of the same household, and can be placed."""
    if one is None or mine is None or not _is_placeable(session, one):
        return False
    return (one.round, one.household, one.village) == (mine.round, mine.household, mine.village)


def _is_known_round(session: Session, document: Document) -> bool:
    return bool(session.scalar(select(exists().where(Round.id == document.round))))


def _is_known_author(session: Session, document: Document) -> bool:
    """A volunteer's account that is there; nobody writes as the register."""
    known = session.scalar(select(func.jpt_is_volunteer(document.account)))
    return bool(known) and document.device != desk.REGISTER


def _open(keys: Keys, kept: Custody) -> Opened | None:
    if kept.envelope is None:
        return None
    sent = Sent(
        kept.interview_id,
        kept.digest,
        kept.ingest_key or "",
        kept.device_id,
        kept.signature or b"",
        kept.envelope,
    )
    try:
        return intake.unseal(keys, sent)
    except Problem:
        return None


def _other(session: Session, house: Household | None, interview: UUID) -> Interview | None:
    """The household's interview where it is another; of a settled pair the one beside it."""
    if house is None:
        return None
    if house.interview_id and house.interview_id != interview:
        return session.get(Interview, house.interview_id, populate_existing=True)
    return session.scalars(
        select(Interview)
        .where(Interview.household_id == house.id, Interview.id != interview)
        .where(Interview.state == "replaced")
        .order_by(Interview.updated_at.desc())
        .limit(1)
    ).first()


def _facts(
    session: Session,
    asked: Custody,
    latest: Document | None,
    house: Household | None,
    shown: Interview | None,
    other: Interview | None,
    leaves: int,
) -> Facts:
    in_register = session.get(Revision, (asked.interview_id, asked.digest)) is not None
    if latest is None:
        return Facts(asked.resolved_at is None, False, leaves=leaves, in_register=in_register)
    where = (latest.round, latest.village)
    listed = house is not None and (house.round_id, house.village_code) == where
    return Facts(
        waits=asked.resolved_at is None,
        is_known_version=questionnaire.exists(latest.questionnaire),
        is_known_round=_is_known_round(session, latest),
        is_known_author=_is_known_author(session, latest),
        household=listed or (house is None and latest.new_household),
        standing=house.interview_id if house else None,
        interview=asked.interview_id,
        own_household=None if shown is None else shown.household_id == latest.household,
        leaves=leaves,
        in_register=in_register,
    )
