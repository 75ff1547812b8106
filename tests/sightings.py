"""Interviews put into the register by hand, for the follow-up to look at: photos, places, times."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import world
from webapp import db
from webapp.domain.actors import Scope
from webapp.services import following_up

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
PHOTO = 0x0F0F_3C3C_5A5A_6996
"""Some hash; `PHOTO ^ bits` is a photo that many bits away."""
LONGITUDE, LATITUDE = 102.701234, 17.851234

_HOUSEHOLD = text("""
    insert into households (id, round_id, village_code, path, house_number, state, interview_id,
        evidence_grade, accuracy, point)
    values (:household, :round, :village, :path, :house, :state, :id, 'good', :accuracy,
        case when cast(:longitude as float8) is not null
            then st_setsrid(st_point(:longitude, :latitude), 4326) end)
""")
_INTERVIEW = text("""
    insert into interviews (id, round_id, household_id, village_code, path, author_id, device_id,
        head_digest, head_number, state, mode, outcome, people, hard_open, soft_open,
        evidence_grade, evidence_due, point, accuracy, position_inside, interviewed_on)
    values (:id, :round, :household, :village, :path, :author, :device, :digest, 1, :state,
        :mode, 'interviewed', 1, 0, 0, 'good', 0,
        case when cast(:longitude as float8) is not null
            then st_setsrid(st_point(:longitude, :latitude), 4326) end,
        :accuracy, :inside, '2026-11-20')
""")
_REVISION = text("""
    insert into revisions (interview_id, digest, number, based_on, path, author_id, device_id,
        signature, questionnaire_id, app, ingest_key, envelope, answers, evaluation, findings)
    values (:id, :digest, 1, '{}', :path, :author, :device, '', 'bmn-31', '1', 'k', '',
        cast(:answers as jsonb), '{"failures": []}', cast(:intake as jsonb))
""")
_PHOTO = text("""
    insert into evidence (interview_id, sealed_sha256, kind, listed_in, path, author_id,
        received_at, decoded_at, visible, difference_hash)
    values (:id, :digest, 'photo', :digest, :path, :author, now(), now(), :visible, :hash)
""")


@dataclass(frozen=True)
class Sighting:
    """One interview; houses lie a hundred metres apart unless they are told otherwise."""

    number: int
    village: str = world.NAM_SAI
    author: UUID = world.MALI
    hash: int | None = None
    visible: int = 60
    longitude: float | None = None
    latitude: float | None = None
    accuracy: float = 10.0
    inside: bool | None = True
    minutes: float | None = None
    device: int = 1
    mode: str = "doorstep"
    state: str = "received"
    intake: list[dict[str, Any]] = field(default_factory=list)
    document: dict[str, Any] = field(default_factory=dict)
    placed: bool = True

    @property
    def id(self) -> UUID:
        return UUID(int=0x1000 + self.number)

    @property
    def digest(self) -> bytes:
        return self.number.to_bytes(32, "big")

    def values(self) -> dict[str, Any]:
        """What the statements above take."""
        own = self.longitude if self.longitude is not None else LONGITUDE + self.number * 0.000_94
        return {
            "id": self.id,
            "digest": self.digest,
            "round": world.ROUND,
            "household": UUID(int=0x2000 + self.number),
            "house": str(self.number),
            "village": self.village,
            "path": world.PATHS[self.village],
            "author": self.author,
            "device": UUID(int=0x3000 + self.device),
            "mode": self.mode,
            "state": self.state,
            "longitude": own if self.placed else None,
            "latitude": self.latitude if self.latitude is not None else LATITUDE,
            "accuracy": self.accuracy,
            "inside": self.inside,
            "visible": self.visible,
            "hash": self.hash,
            "intake": json.dumps(self.intake),
            "answers": json.dumps(self.told()),
        }

    def told(self) -> dict[str, Any]:
        """The document as far as a follow-up reads it; two hours apart unless told otherwise."""
        minutes = self.minutes if self.minutes is not None else self.number * 120
        ended = NOON + timedelta(minutes=minutes)
        position = {"kind": "position", "age_s": 1, "taken_at": ended.isoformat()}
        photo = {"kind": "photo", "sealed_sha256": self.digest.hex()}
        return {
            "evidence": [photo, position],
            "started_at": (ended - timedelta(minutes=20)).isoformat(),
            "finished_at": ended.isoformat(),
        } | self.document


def put(session: Session, *sightings: Sighting) -> None:
    """The interviews are in the register, their photos decoded; nobody has looked yet."""
    for one in sightings:
        values = one.values()
        session.execute(_HOUSEHOLD, values)
        session.execute(_INTERVIEW, values)
        session.execute(_REVISION, values)
        if one.hash is not None or one.visible < 60:
            session.execute(_PHOTO, values)
    session.commit()


def look(session: Session) -> None:
    """Everything on the list has been looked at, in the order in which it came."""
    db.enter(session, Scope("finder"))
    while following_up.look_at_one(session):
        pass
    assert session.scalar(text("select jpt_follow_up()")) is None


def open_findings(register: Session) -> set[tuple[str, int, int | None]]:
    """Code, whose, and with whom: by the sightings' numbers."""
    rows = register.execute(
        text("select code, interview_id, other_interview_id from findings where state = 'open'")
    )
    return {
        (code, one.int - 0x1000, other.int - 0x1000 if other else None) for code, one, other in rows
    }
