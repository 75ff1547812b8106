"""The demo's appointment orders: each names most who collect there, and somebody who never came."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Order:
    """A district's order: who signs it in, and whom it names."""

    area: str
    number: str
    officer: str
    named: tuple[str, ...]


ABSENT = "นายสมมุติ ยังไม่มา"
ORDERS = (
    Order("4301", "12/2569", "suda", ("mali", "somchai")),
    Order("4302", "7/2569", "ratana", ("prasert",)),
)


def settle(session: Session, folder: Path, keys: Keys, today: date) -> None:
    """Each district has its order, entered by its officer; there already, it stays."""
    for one in ORDERS:
        known = AppointmentOrder.area_code == one.area, AppointmentOrder.number == one.number
        if not session.scalar(select(AppointmentOrder.id).where(*known)):
            orders.enter(session, _officer(one), folder, keys.secrets, _written(one, today))


def _officer(one: Order) -> Actor:
    person = cast.BY_NAME[one.officer]
    paths = (f"TH.43.{one.area}.",)
    return Actor(person.id, Role.OFFICER, person.name_th, person.username, Level.DISTRICT, paths)


def _written(one: Order, today: date) -> orders.NewOrder:
    names = [Named(cast.BY_NAME[name].name_th) for name in one.named]
    return orders.NewOrder(
        id=uuid4(source(0, "order", one.number)),
        area_code=one.area,
        number=one.number,
        issued_on=today - timedelta(days=30),
        names=[*names, Named(ABSENT)],
    )
