"""The list of volunteers, streamed row by row for an export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from webapp.models.survey_round import Round

AT_ONCE = 500
_LIST = text("select * from jpt_volunteer_list(:round, :within)")


@dataclass(frozen=True)
class Volunteer:
    """One volunteer; `phone` is sealed, `households` and `done` are counts of the round."""

    account: UUID
    path: str
    name_th: str
    title_th: str | None
    username: str
    status: str
    home_village_code: str | None
    phone: bytes | None
    order_number: str | None
    order_issued: date | None
    villages: str | None
    households: int
    done: int


def pages(session: Session, within: str) -> Iterator[list[Volunteer]]:
    """Every volunteer of the area in pages, by a cursor of the server: memory stays the same."""
    asked = {"round": session.scalar(select(Round.id).where(Round.is_current)), "within": within}
    rows = session.execute(_LIST, asked, execution_options={"yield_per": AT_ONCE})
    for part in rows.mappings().partitions():
        yield [Volunteer(**row) for row in part]
