"""Areas to choose from, level by level or by a village's name; open to everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models.area import Area, Village

MOST_FOUND = 30
PREFIXES = ("", "บ้าน", "ชุมชน")
_SHORT = {"province": "จ.", "district": "อ.", "subdistrict": "ต."}


@dataclass(frozen=True)
class Choice:
    """One area of a list."""

    code: str
    name_th: str
    level: str


@dataclass(frozen=True)
class Place:
    """A village with what lies above it, as people say where they live."""

    code: str
    name_th: str
    above_th: str

    def __str__(self) -> str:
        return f"{self.name_th} {self.above_th}".strip()


def below(session: Session, code: str, inside: Sequence[str] = ()) -> list[Choice]:
    """The areas right below one, by name; villages by their number.

    With `inside`, only those that lie in one of these paths, or around one of them.
    """
    rows = session.execute(
        select(Area.code, Area.name_th, Area.level, Area.path, Village.moo)
        .outerjoin(Village, Village.code == Area.code)
        .where(Area.parent_code == code, Area.is_active)
        .order_by(Village.moo, Area.name_th, Area.code)
    )
    return [
        Choice(row.code, _with_moo(row.name_th, row.moo), row.level)
        for row in rows
        if not inside or any(row.path.startswith(one) or one.startswith(row.path) for one in inside)
    ]


def named(session: Session, codes: Iterable[str]) -> dict[str, Choice]:
    """The areas of these codes that are there."""
    rows = session.execute(
        select(Area.code, Area.name_th, Area.level).where(Area.code.in_(list(codes)))
    )
    return {row.code: Choice(*row) for row in rows}


def levels_of(session: Session, code: str) -> list[str]:
    """The codes from the province down to this area; empty where there is none of that code."""
    path = session.scalar(select(Area.path).where(Area.code == code, Area.is_active))
    return path.strip(".").split(".")[1:] if path else []


def villages_called(session: Session, begins: str) -> list[Place]:
    """Villages whose name begins so, with or without บ้าน or ชุมชน; 30 at most."""
    text = " ".join(begins.split())
    if len(text) < 2:
        return []
    village = select(Area.code).where(
        Area.level == "village",
        Area.is_active,
        or_(*(Area.name_th.op("^@")(prefix + text) for prefix in PREFIXES)),
    )
    codes = session.scalars(village.order_by(Area.name_th, Area.code).limit(MOST_FOUND)).all()
    found = places(session, codes)
    return [found[code] for code in codes]


def first_village(session: Session, paths: Sequence[str]) -> str | None:
    """The code of some village inside these areas, for an example; None where there is none yet."""
    inside = or_(*(Area.path.startswith(path, autoescape=True) for path in paths))
    found = select(Village.code).join(Area, Area.code == Village.code).where(inside)
    return session.scalar(found.where(Area.is_active).order_by(Village.code).limit(1))


def places(session: Session, codes: Iterable[str]) -> dict[str, Place]:
    """Areas with the names of what lies above them, by code."""
    rows = session.execute(
        select(Area.code, Area.name_th, Area.level, Area.path, Village.moo)
        .outerjoin(Village, Village.code == Area.code)
        .where(Area.code.in_(list(codes)))
    ).all()
    above = named(session, {code for row in rows for code in _above(row.path)})
    return {
        row.code: Place(
            row.code,
            _SHORT.get(row.level, "") + _with_moo(row.name_th, row.moo),
            " ".join(_SHORT[above[code].level] + above[code].name_th for code in _above(row.path)),
        )
        for row in rows
    }


def code_of(path: str) -> str:
    """The code of the area that a path leads to."""
    return path.strip(".").split(".")[-1]


def place_of_path(session: Session, path: str) -> Place | None:
    """The area of a path, said with what lies above it."""
    return places(session, [code_of(path)]).get(code_of(path))


def _above(path: str) -> list[str]:
    """The areas above, nearest first, without the country."""
    return path.strip(".").split(".")[1:-1][::-1]


def _with_moo(name: str, moo: int | None) -> str:
    return f"หมู่ {moo} {name}" if moo is not None and moo < 50 else name
