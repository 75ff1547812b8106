"""The households that a check points at, and what has been said of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Subquery, Text, cast, func, select, true
from sqlalchemy.orm import Session, aliased

from webapp.models.household import Household
from webapp.models.interview import Interview
from webapp.models.quality import Clearance, Explanation, QualityException, VillageQuality
from webapp.queries import quality

PAGE = 50
KEY = ("village_code", "is_cleared", "code", "household_id")
"""In which order they are listed, and where a page goes on."""


@dataclass(frozen=True)
class Found:
    """One household with the reason why it is pointed at; newest words said of it last.

    `digest` is of the revision that its interview shows now.
    """

    village: str
    code: str
    household: UUID
    interview: UUID | None
    digest: bytes
    house_number: str
    is_cleared: bool
    detail: dict[str, Any]
    said: list[Said]

    @property
    def place(self) -> str:
        """Where the list goes on after this one."""
        return "\n".join((self.village, str(int(self.is_cleared)), self.code, str(self.household)))


@dataclass(frozen=True)
class Said:
    """A decision about an exception; `by` may be out of the reader's sight."""

    is_cleared: bool
    reason: str
    by: UUID
    at: datetime


def listed(session: Session, area: str, check: int, after: str | None = None) -> list[Found]:
    """A village's or a subdistrict's exceptions of one check, open ones first in each village."""
    page = _page(session, area, check, after)
    one = aliased(QualityException, page)
    rows = (
        select(one, Household.house_number, Interview.head_digest)
        .join(Household, Household.id == one.household_id)
        .outerjoin(Interview, Interview.id == one.interview_id)
        .order_by(*(page.c[name] for name in KEY))
    )
    found = session.execute(rows).all()
    said = _said(session, check, [row[0].household_id for row in found])
    return [
        _found(one, number, digest or b"", said.get(one.household_id, []))
        for one, number, digest in found
    ]


def explanations(session: Session, village: str) -> list[Explanation]:
    """What officers said about the village's figures, newest first."""
    return list(
        session.scalars(
            select(Explanation)
            .where(
                Explanation.village_code == village,
                Explanation.round_id == quality.current(session),
            )
            .order_by(Explanation.id.desc())
            .limit(PAGE)
        )
    )


def _page(session: Session, area: str, check: int, after: str | None) -> Subquery:
    """The next ones of the list: from each village no more than a page of its index is read."""
    codes = cast(_villages(session, area), ARRAY(Text))
    villages = func.unnest(codes).table_valued("code").render_derived()
    key = [QualityException.__table__.c[name] for name in KEY]
    of_one = select(QualityException).where(
        QualityException.round_id == quality.current(session),
        QualityException.check_no == check,
        QualityException.village_code == villages.c.code,
    )
    if after is not None:
        of_one = of_one.where(func.row(*key) > func.row(*_unpacked(after)))
    those = of_one.order_by(*key).limit(PAGE).lateral()
    ordered = (those.c[name] for name in KEY)
    return (
        select(those).join_from(villages, those, true()).order_by(*ordered).limit(PAGE).subquery()
    )


def _villages(session: Session, area: str) -> list[str]:
    """The village, or those of the subdistrict that have been judged."""
    if len(area) > 6:
        return [area]
    return list(
        session.scalars(
            select(VillageQuality.village_code).where(
                VillageQuality.subdistrict_code == area,
                VillageQuality.round_id == quality.current(session),
            )
        )
    )


def _said(session: Session, check: int, households: list[UUID]) -> dict[UUID, list[Said]]:
    rows = session.scalars(
        select(Clearance)
        .where(Clearance.household_id.in_(households), Clearance.check_no == check)
        .order_by(Clearance.id)
    )
    said: dict[UUID, list[Said]] = {}
    for one in rows:
        told = Said(one.is_cleared, one.reason, one.made_by, one.made_at)
        said.setdefault(one.household_id, []).append(told)
    return said


def _found(one: QualityException, number: str, digest: bytes, said: list[Said]) -> Found:
    return Found(
        one.village_code,
        one.code,
        one.household_id,
        one.interview_id,
        digest,
        number,
        one.is_cleared,
        one.detail,
        said,
    )


def _unpacked(after: str) -> tuple[str, bool, str, UUID]:
    village, cleared, code, household = after.split("\n")
    return village, cleared == "1", code, UUID(household)
