"""What has changed for a volunteer since the phone last asked, page by page, without a lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ScalarSelect,
    Text,
    and_,
    cast,
    exists,
    func,
    literal,
    select,
    text,
    tuple_,
    union,
)
from sqlalchemy.orm import Session, aliased

from webapp.models.area import Area, LocalAdministration, Village
from webapp.models.household import Household
from webapp.models.survey_round import Round
from webapp.queries import returns, roster
from webapp.queries.returns import FROM_THE_START, Since

PAGE = 500
FIRST = UUID(int=0)
_HORIZON = text("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")


@dataclass(frozen=True)
class Cursor:
    """Rows up to this transaction and id have been handed out; returns by a count of their own."""

    transaction: int = 0
    household: UUID = FIRST
    returns: Since = FROM_THE_START

    @classmethod
    def parse(cls, written: str) -> Cursor:
        """Raises ValueError for anything but what `str()` makes, or made before returns."""
        number, *rest = written.split("_")
        if len(rest) not in (0, 1, 3):
            raise ValueError("no cursor")
        household = UUID(rest[0]) if rest else FIRST
        if rest and str(household) != rest[0]:
            raise ValueError("no household")
        since = Since(*map(_whole, rest[1:])) if len(rest) == 3 else FROM_THE_START
        return cls(_whole(number), household, since)

    def __str__(self) -> str:
        since = self.returns
        return f"{self.transaction}_{self.household}_{since.transaction}_{since.decision}"


@dataclass(frozen=True)
class Page:
    """Households of a round that changed, where to go on, and whether more wait.

    Not `settled` are changes that something still under way keeps back: ask again in a moment.
    """

    households: list[dict[str, Any]]
    cursor: Cursor
    more: bool
    round: str
    settled: bool
    returns: returns.Told


def households(session: Session, after: Cursor, villages: Sequence[str]) -> Page:
    """The next households of the asker's scope in these villages, in order of change; and returns.

    Of the current round, with last year's members of those still to visit. Only rows of
    transactions older than every one still open are handed out, so none is skipped. The villages
    are named so that an index serves, which it cannot for the row policy's comparison of paths.
    """
    horizon: int = session.scalars(_HORIZON).one()
    changed = cast(cast(Household.changed_xid, Text), BigInteger)
    listed = and_(Household.village_code.in_(villages), Household.round_id == _current_round())
    rows = session.execute(
        select(
            changed,
            Household.id,
            Household.village_code,
            Household.house_number,
            Household.house_code,
            Household.head_name,
            Household.people_registered,
            Household.state,
            func.st_y(Household.point),
            func.st_x(Household.point),
        )
        .where(tuple_(changed, Household.id) > tuple_(literal(after.transaction), after.household))
        .where(changed < horizon, listed)
        .order_by(changed, Household.id)
        .limit(PAGE)
    ).all()
    more = len(rows) == PAGE
    told = returns.given_back(session, after.returns, horizon)
    reached = rows[-1] if rows else (after.transaction, after.household)
    last = Cursor(reached[0], reached[1], told.since)
    rosters = roster.of(session, [row[1] for row in rows if row[7] == "todo"])
    found = [_household(row) | _roster(rosters.get(row[1])) for row in rows]
    late = exists().where(changed >= horizon, listed)
    settled = more or (told.settled and not session.scalar(select(late)))
    current = session.scalar(select(_current_round())) or ""
    return Page(found, last, more or told.more, current, settled, told)


def _whole(written: str) -> int:
    if not (written.isascii() and written.isdigit() and int(written) < 2**63):
        raise ValueError("no number")
    return int(written)


def villages(
    session: Session, areas: tuple[str, ...], single: tuple[UUID, ...]
) -> list[dict[str, Any]]:
    """The villages in which the volunteer works, with all that an interview's cover shows.

    `whole` tells a village that is theirs from one of which they have single households.
    """
    own, subdistrict, district, province = (aliased(Area) for _ in range(4))
    # A union, not an "or" over two tables: of 80,000 villages only theirs are looked at.
    whole = select(Area.code).where(Area.path.in_(areas))
    theirs = union(whole, _villages_of(single)) if single else whole
    rows = session.execute(
        select(
            Village.code,
            own.name_th,
            Village.moo,
            Village.kind,
            Village.subdistrict_code,
            subdistrict.name_th,
            district.name_th,
            province.name_th,
            LocalAdministration.name_th,
            LocalAdministration.type,
            func.st_x(Village.point),
            func.st_y(Village.point),
            own.path.in_(areas),
        )
        .join(own, own.code == Village.code)
        .join(subdistrict, subdistrict.code == Village.subdistrict_code)
        .join(district, district.code == subdistrict.parent_code)
        .join(province, province.code == district.parent_code)
        .outerjoin(LocalAdministration, LocalAdministration.id == Village.local_administration_id)
        .where(Village.code.in_(theirs))
        .order_by(Village.code)
    )
    return [_village(row) for row in rows]


def boundary(session: Session, subdistrict: str) -> str | None:
    """A subdistrict's simplified boundary as GeoJSON text; five decimals are a metre."""
    return session.scalar(
        select(func.st_asgeojson(func.coalesce(Area.boundary_simple, Area.boundary), 5)).where(
            Area.code == subdistrict, Area.level == "subdistrict"
        )
    )


def _current_round() -> ScalarSelect[str]:
    return select(Round.id).where(Round.is_current).scalar_subquery()


def _roster(members: list[dict[str, Any]] | None) -> dict[str, Any]:
    return {"roster": members} if members else {}


def _villages_of(single: tuple[UUID, ...]) -> Any:
    return select(Household.village_code).where(Household.id.in_(single))


def _household(row: Any) -> dict[str, Any]:
    names = ("id", "village", "house_number", "house_code", "head_name", "people", "state")
    found = dict(zip(names, row[1:8], strict=True))
    return found | {"id": str(row[1]), "lat": row[8], "lon": row[9], "removed": False}


def _village(row: Any) -> dict[str, Any]:
    names = ("code", "name_th", "moo", "kind", "subdistrict_code", "subdistrict_th")
    found: dict[str, Any] = dict(zip(names, row[:6], strict=True))
    found |= {"district_th": row[6], "province_th": row[7]}
    found["local_administration"] = {"name": row[8], "type": row[9]} if row[8] else None
    found["point"] = [row[10], row[11]] if row[10] is not None else None
    return found | {"whole": row[12]}
