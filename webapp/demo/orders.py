"""The demo's appointment order: it names most of those who collect, and somebody who never came."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.demo import cast
from webapp.demo.chance import source, uuid4
from webapp.domain.actors import Actor, Level, Role
from webapp.domain.appointments import Named
from webapp.keys import Keys
from webapp.models.appointment import AppointmentOrder
from webapp.services import orders

NUMBER = "12/2569"
NAMED = ("mali", "somchai")
ABSENT = "นายสมมุติ ยังไม่มา"


def settle(session: Session, folder: Path, keys: Keys, today: date) -> None:
    """The first district has its order, entered by its officer; there already, it stays."""
    if session.scalar(select(AppointmentOrder.id).where(AppointmentOrder.number == NUMBER)):
        return
    officer = cast.BY_NAME["suda"]
    actor = Actor(
        officer.id,
        Role.OFFICER,
        officer.name_th,
        officer.username,
        Level.DISTRICT,
        ("TH.43.4301.",),
    )
    names = [Named(cast.BY_NAME[one].name_th) for one in NAMED] + [Named(ABSENT)]
    new = orders.NewOrder(
        id=uuid4(source(0, "order", NUMBER)),
        area_code="4301",
        number=NUMBER,
        issued_on=today - timedelta(days=30),
        names=names,
    )
    orders.enter(session, actor, folder, keys.secrets, new)
