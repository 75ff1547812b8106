"""Why an interview's evidence has its grade, and what somebody should look at in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session, aliased

from webapp.domain import evidence_reasons, likeness, looked_at
from webapp.domain.evidence_reasons import Reason, Seen
from webapp.domain.findings import KINDS, Kind
from webapp.models.area import Area
from webapp.models.evidence import Evidence
from webapp.models.household import Household
from webapp.models.interview import Interview, Revision
from webapp.models.review import Finding

ALIKE = ("photo_same", "photo_similar")
_SEEN = text("select jpt_seen_position(:interview)")


@dataclass(frozen=True)
class Side:
    """The other household of a pair, where the asker may see it."""

    household: UUID
    house_number: str
    village: str


@dataclass(frozen=True)
class Told:
    """One finding with its words; `is_pair` without `other` lies outside the asker's areas."""

    id: int
    code: str
    kind: Kind
    state: str
    detail: dict[str, Any]
    is_pair: bool
    other: Side | None
    closing_reason: str | None
    closed_by: UUID | None


@dataclass(frozen=True)
class Looked:
    """The reasons of the grade, and the findings: open ones first, the heaviest first."""

    reasons: list[Reason]
    findings: list[Told]
    waits: bool

    @property
    def open(self) -> list[Told]:
        """Those that nobody has explained."""
        return [one for one in self.findings if one.state == "open"]

    @property
    def closed(self) -> list[Told]:
        """Those that a person has closed."""
        return [one for one in self.findings if one.state != "open" and one.closed_by]


def read(
    session: Session, interview: Interview, head: Revision, pictures: Sequence[Evidence]
) -> Looked:
    """What is known of the interview's evidence; row-level security hides other areas' side."""
    findings = _findings(session, interview.id)
    told = session.scalar(_SEEN, {"interview": interview.id}) or {"spot": None, "waits": True}
    seen = _seen(interview, head, pictures, findings, told)
    return Looked(evidence_reasons.explain(seen), findings, bool(told["waits"]))


def _findings(session: Session, interview: UUID) -> list[Told]:
    other, house, village = aliased(Interview), aliased(Household), aliased(Area)
    rows = session.execute(
        select(Finding, house.id, house.house_number, village.name_th)
        .outerjoin(other, other.id == Finding.other_interview_id)
        .outerjoin(house, house.id == other.household_id)
        .outerjoin(village, village.code == house.village_code)
        .where(Finding.interview_id == interview, Finding.code.in_(KINDS))
        .order_by(Finding.state != "open", Finding.weight.desc(), Finding.id)
    ).all()
    return [_told(*row) for row in rows]


def _told(one: Finding, household: UUID | None, number: str, village: str) -> Told:
    return Told(
        one.id,
        one.code,
        KINDS[one.code],
        one.state,
        one.detail,
        one.other_interview_id is not None,
        Side(household, number, village) if household else None,
        one.closing_reason,
        one.closed_by,
    )


def _seen(
    interview: Interview,
    head: Revision,
    pictures: Sequence[Evidence],
    findings: Sequence[Told],
    told: dict[str, Any],
) -> Seen:
    listed = {str(one.get("sealed_sha256")) for one in _evidence(head)}
    held = [
        one
        for one in pictures
        if one.received_at and one.sealed_sha256.hex() in listed and one.kind
    ]
    photos = [one for one in held if one.kind == "photo"]
    compared = all(one.decoded_at for one in photos) and not told["waits"]
    spot = looked_at.spot_of(told["spot"])
    return Seen(
        kinds=frozenset(str(one.kind) for one in held),
        due=interview.evidence_due,
        note=any(one.get("kind") == "other" and one.get("note") for one in _evidence(head)),
        spot=spot,
        inside=interview.position_inside,
        old=looked_at.is_old(head.answers),
        alike=any(one.code in ALIKE and one.state == "open" for one in findings)
        or (False if compared else None),
        plain=bool(photos) and not any(map(_shows_something, photos)),
        accepted=bool(told["spot"] and told["spot"]["accepted"]),
    )


def _evidence(head: Revision) -> list[dict[str, Any]]:
    return [one for one in head.answers.get("evidence") or [] if isinstance(one, dict)]


def _shows_something(photo: Evidence) -> bool:
    return photo.visible is None or likeness.says_something(photo.visible)
