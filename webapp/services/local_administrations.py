"""Local administrations (อปท.) as an officer keeps them: one by one, beside the imported list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain.actors import Actor
from webapp.domain.problems import Problem
from webapp.models.area import Area, LocalAdministration, LocalAdministrationArea, Village
from webapp.services import audit
from webapp.services.local_administration_import import PROVINCIAL, TYPES

COVERAGES = ("full", "partial")
LONGEST_NAME = 120


class Refused(Exception):
    """What cannot be saved as it is: the text's key by the name of the box."""

    def __init__(self, boxes: dict[str, str]) -> None:
        super().__init__(", ".join(boxes))
        self.boxes = boxes


@dataclass(frozen=True)
class Wanted:
    """An อปท. as the officer has it; `coverage` by subdistrict: full or partial."""

    revision: int
    type: str
    name_th: str
    code: str
    district_code: str
    coverage: Mapping[str, str]


def save(session: Session, actor: Actor, id: int | None, wanted: Wanted) -> int:
    """The อปท. is as the officer has it, covering these subdistricts and no other; its number.

    Without `id` it is a new one. Villages keep theirs: one that lies in a subdistrict no longer
    covered keeps the อปท. from being changed so.

    Raises:
        Problem: `not-found` outside the officer's areas, `stale` if it was changed since.
        Refused: a box that cannot be, or a subdistrict that another has as a whole.
    """
    path = _path(session, actor, wanted.district_code)
    row = _row(session, actor, id, wanted)
    before = _fields(session, row) if row else {}
    _check(session, row, wanted)
    if row is None:
        row = LocalAdministration()
        session.add(row)
    else:
        row.revision += 1
    row.type, row.name_th = wanted.type, wanted.name_th.strip()
    row.code, row.district_code = wanted.code.strip() or None, wanted.district_code
    session.flush()
    _cover(session, actor, row.id, wanted.coverage)
    was, now = audit.changes(before, _fields(session, row))
    if now:
        audit.note(
            session, "administration.saved", actor.account, path, before=was, after=now,
            local_administration=f"{row.type} {row.name_th}",
        )  # fmt: skip
    return row.id


def _path(session: Session, actor: Actor, district: str) -> str:
    path = session.scalar(select(Area.path).where(Area.code == district, Area.level == "district"))
    if path is None or not actor.works_in(path):
        raise Problem("not-found")
    return path


def _row(
    session: Session, actor: Actor, id: int | None, wanted: Wanted
) -> LocalAdministration | None:
    if id is None:
        return None
    row = session.get(LocalAdministration, id, with_for_update=True)
    if row is None:
        raise Problem("not-found")
    _path(session, actor, row.district_code)
    if row.revision != wanted.revision:
        raise Problem("stale")
    return row


def _check(session: Session, row: LocalAdministration | None, wanted: Wanted) -> None:
    wrong: dict[str, str] = {}
    if wanted.type not in TYPES.values():
        wrong["type"] = "areas.type_wrong"
    if not 0 < len(wanted.name_th.strip()) <= LONGEST_NAME:
        wrong["name_th"] = "areas.name_missing"
    elif _is_taken(session, row, wanted):
        wrong["name_th"] = "areas.administration_taken"
    for subdistrict, how in wanted.coverage.items():
        if how not in COVERAGES:
            wrong[f"cover-{subdistrict}"] = "areas.coverage_wrong"
        elif wanted.type != PROVINCIAL and _is_claimed(session, row, subdistrict, how):
            wrong[f"cover-{subdistrict}"] = "areas.coverage_claimed"
    for subdistrict in _villages_left(session, row, wanted):
        wrong[f"cover-{subdistrict}"] = "areas.coverage_villages"
    if wrong:
        raise Refused(wrong)


def _is_taken(session: Session, row: LocalAdministration | None, wanted: Wanted) -> bool:
    other = session.scalar(
        select(LocalAdministration.id).where(
            LocalAdministration.type == wanted.type,
            LocalAdministration.name_th == wanted.name_th.strip(),
            LocalAdministration.district_code == wanted.district_code,
        )
    )
    return other is not None and (row is None or other != row.id)


def _is_claimed(
    session: Session, row: LocalAdministration | None, subdistrict: str, how: str
) -> bool:
    """Where one has the whole subdistrict, no other can have any of it (check 1 of the letter)."""
    others = (
        select(LocalAdministrationArea.coverage)
        .join(LocalAdministration)
        .where(
            LocalAdministrationArea.subdistrict_code == subdistrict,
            LocalAdministration.type != PROVINCIAL,
            LocalAdministration.id != (row.id if row else -1),
        )
    )
    claims = list(session.scalars(others))
    return "full" in claims or (how == "full" and bool(claims))


def _villages_left(session: Session, row: LocalAdministration | None, wanted: Wanted) -> list[str]:
    if row is None:
        return []
    found = session.scalars(
        select(Village.subdistrict_code)
        .where(
            Village.local_administration_id == row.id,
            Village.subdistrict_code.not_in(wanted.coverage),
        )
        .distinct()
    )
    return list(found)


def _cover(session: Session, actor: Actor, id: int, coverage: Mapping[str, str]) -> None:
    """Subdistricts outside the officer's areas stay as they are."""
    table = LocalAdministrationArea
    paths = session.execute(select(Area.code, Area.path).where(Area.code.in_(coverage)))
    for code, path in paths.all():
        if not actor.works_in(path):
            raise Problem("not-found")
        how = coverage[code]
        session.execute(
            insert(table)
            .values(local_administration_id=id, subdistrict_code=code, coverage=how)
            .on_conflict_do_update(
                index_elements=["local_administration_id", "subdistrict_code"],
                set_={"coverage": how},
            )
        )
    session.execute(
        delete(table).where(
            table.local_administration_id == id, table.subdistrict_code.not_in(coverage)
        )
    )


def _fields(session: Session, row: LocalAdministration) -> dict[str, object]:
    covers = session.execute(
        select(LocalAdministrationArea.subdistrict_code, LocalAdministrationArea.coverage)
        .where(LocalAdministrationArea.local_administration_id == row.id)
        .order_by(LocalAdministrationArea.subdistrict_code)
    )
    return {
        "type": row.type,
        "name_th": row.name_th,
        "code": row.code,
        "covers": [f"{code} {how}" for code, how in covers],
    }
