"""Somebody at the desk of conflicts and custody; what a phone is told afterwards."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import world
from tests.deliveries import level_of
from tests.handset import APP, Handset, Sealed
from webapp.db import transaction
from webapp.domain.actors import Actor, Level, Role
from webapp.domain.desk import Way
from webapp.models.interview import Custody, Interview
from webapp.services import bringing_together, custody, settling
from webapp.services.bringing_together import Mixture
from webapp.services.custody import Matter
from webapp.services.settling import Choice

DISTRICT, PROVINCE = "TH.43.4301.", "TH.43."
NIDA = Actor(world.NIDA, Role.INSPECTOR, "นิดา", "nida", areas=(DISTRICT,))
ANAN = Actor(world.ANAN, Role.INSPECTOR, "อนันต์", "anan", areas=("TH.43.4302.",))
ORATHAI = Actor(
    world.OFFICER, Role.OFFICER, "อรทัย", "orathai", level=Level.PROVINCE, areas=(PROVINCE,)
)
WHY = "เทียบกับหัวหน้าครัวเรือนแล้ว"


class Desk:
    """The desk of one person: what they see of a matter, and what they do about it."""

    def __init__(self, app: Flask, actor: Actor) -> None:
        self.keys, self.actor = app.extensions["keys"], actor

    def matter(self, number: int) -> Matter:
        with transaction(self.actor) as session:
            return custody.matter(session, self.keys, number)

    def settle(self, number: int, way: Way, why: str = WHY, mark: str = "") -> None:
        seen = mark or self.matter(number).mark
        with transaction(self.actor) as session:
            settling.settle(session, self.keys, self.actor, Choice(number, way, why, seen), _now())

    def swap(self, number: int, why: str = WHY) -> None:
        choice = Choice(number, Way.STANDS, why, self.matter(number).mark)
        with transaction(self.actor) as session:
            settling.swap(session, self.keys, self.actor, choice, _now())

    def merge(self, number: int, wanted: Mixture, why: str = WHY) -> uuid.UUID:
        choice = Choice(number, Way.TOGETHER, why, self.matter(number).mark)
        with transaction(self.actor) as session:
            return bringing_together.bring_together(
                session, self.keys, self.actor, choice, wanted, _now()
            )


def _now() -> datetime:
    return datetime.now(UTC)


def open_matters(register: Session, reason: str | None = None) -> list[int]:
    """The lines of custody that nobody has settled, oldest first."""
    register.rollback()
    asked = select(Custody.id).where(Custody.resolved_at.is_(None)).order_by(Custody.id)
    return list(register.scalars(asked.where(Custody.reason == reason) if reason else asked))


def shown(register: Session, one: Sealed) -> Interview:
    """The interview as the register has it now."""
    register.rollback()
    return register.get_one(Interview, uuid.UUID(one.interview), populate_existing=True)


def planned(phone: Handset, one: Sealed) -> str:
    """The level of the receipt that the phone gets when it asks for the plan."""
    files = [e["sealed_sha256"] for e in one.document["evidence"] if "sealed_sha256" in e]
    item = {"interview": one.interview, "digest": one.digest, "evidence": files}
    answer = phone.client.post("/api/v1/plan", json={"items": [item]}, headers=APP)
    return level_of(answer.get_json()["items"][0]["receipt"])


def corrected(phone: Handset, bases: list[Sealed], **changes: Any) -> Sealed:
    """A revision based on these."""
    number = 1 + max(one.document["number"] for one in bases)
    more = {"number": number, "based_on": [one.digest for one in bases]}
    return phone.seal(bases[0].document | more | changes)


def count(register: Session, table: Any) -> int:
    """How many rows there are."""
    return register.scalar(select(func.count()).select_from(table)) or 0
