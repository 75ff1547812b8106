"""Made-up villages by the thousand, each with a volunteer of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from random import Random

from geoalchemy2.shape import to_shape
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from webapp.demo import cast, cells
from webapp.demo.cast import Person
from webapp.demo.chance import source
from webapp.demo.mass_rows import Village
from webapp.domain import areas
from webapp.domain.actors import Role
from webapp.models.account import Account, Device, Grant
from webapp.models.area import Area
from webapp.models.area import Village as VillageRow
from webapp.models.household import Assignment
from webapp.services import passwords

FIRST_MOO, LAST_MOO = 10, 999
PIECE = 1_000


def settle(session: Session, wanted: int, round_id: str, pepper: bytes) -> list[Village]:
    """So many villages more are in the register, spread over all subdistricts in use."""
    known = set(session.scalars(select(VillageRow.code)))
    places = _subdistricts(session)
    hashed = passwords.hash_password("mass-demo-2565", pepper)
    made = list(islice(_villages(places, known), wanted))
    if len(made) < wanted:
        raise ValueError(f"only {len(made)} villages fit: seed more of the registry")
    for start in range(0, wanted, PIECE):
        _write(session, made[start : start + PIECE], round_id, hashed)
    return made


def _subdistricts(session: Session) -> list[tuple[str, BaseGeometry | None]]:
    rows = session.execute(
        select(Area.code, Area.boundary)
        .where(Area.level == "subdistrict", Area.is_active)
        .order_by(Area.boundary.is_(None), Area.code)
    )
    return [(code, to_shape(edge) if edge is not None else None) for code, edge in rows]


def _villages(
    places: Sequence[tuple[str, BaseGeometry | None]], known: set[str]
) -> Iterator[Village]:
    """Subdistrict by subdistrict, round after round; numbers past 99 make codes of nine digits."""
    drawn = [place for place in places if place[1] is not None] or list(places)
    for moo in range(FIRST_MOO, LAST_MOO + 1):
        for subdistrict, edge in drawn:
            code = f"{subdistrict}{moo:02}"
            if code not in known:
                yield _village(code, subdistrict, edge)


def _village(code: str, subdistrict: str, edge: BaseGeometry | None) -> Village:
    chance = source(0, "mass village", code)
    place = cells.point_inside(chance, edge) if edge is not None else _anywhere(chance)
    visitor = _visitor(code)
    path = areas.village_path(subdistrict, code)
    return Village(code, subdistrict, path, place.x, place.y, visitor.id, visitor.device)


def _anywhere(chance: Random) -> Point:
    """Somewhere in the middle of the country, for a registry without boundaries."""
    return Point(chance.uniform(100, 104), chance.uniform(14, 18))


def _visitor(village: str) -> Person:
    name = f"mass-{village}"
    return Person(name, f"อาสา จำลอง{village}", Role.VOLUNTEER, (village,), village, village)


def _write(session: Session, made: Sequence[Village], round_id: str, hashed: str) -> None:
    for table, rows in (
        (Area, [_area(one) for one in made]),
        (VillageRow, [_village_row(one) for one in made]),
        (Account, [_account(one, hashed) for one in made]),
        (Grant, [_grant(one) for one in made]),
        (Device, [_device(one) for one in made]),
        (Assignment, [_assignment(one, round_id) for one in made]),
    ):
        session.execute(insert(table), rows)


def _area(one: Village) -> dict[str, object]:
    return {
        "code": one.code,
        "level": "village",
        "parent_code": one.subdistrict,
        "path": one.path,
        "name_th": f"บ้านจำลองที่ {int(one.code[6:])}",
    }


def _village_row(one: Village) -> dict[str, object]:
    return {
        "code": one.code,
        "subdistrict_code": one.subdistrict,
        "moo": int(one.code[6:]),
        "kind": "village",
        "point": f"SRID=4326;POINT({one.longitude} {one.latitude})",
    }


def _account(one: Village, hashed: str) -> dict[str, object]:
    visitor = _visitor(one.code)
    return {
        "id": one.account,
        "role": "volunteer",
        "username": visitor.username,
        "name_th": visitor.name_th,
        "path": one.path,
        "password_hash": hashed,
    }


def _grant(one: Village) -> dict[str, object]:
    return {"account_id": one.account, "area_code": one.code, "path": one.path}


def _device(one: Village) -> dict[str, object]:
    visitor = _visitor(one.code)
    return {
        "id": one.device,
        "account_id": one.account,
        "public_key": cast.public_jwk(visitor.device_key),
        "token_hash": source(0, "token", visitor.username).randbytes(32),
        "token_expires_at": datetime(2000, 1, 1, tzinfo=UTC),
    }


def _assignment(one: Village, round_id: str) -> dict[str, object]:
    return {
        "round_id": round_id,
        "account_id": one.account,
        "village_code": one.code,
        "path": one.path,
    }
