"""A row of every table about people in each of six villages, and everybody who may ask for it.

Rows are made from the models: a new table gets its rows by itself, as long as its columns are named
as the others are; what a check constraint wants stands in `SPECIAL`.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    Uuid,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Session

from tests.services.scopes_places import (
    AROUND,
    BESIDE,
    NEAR,
    NEXT_ROUND,
    OWN,
    PLACES,
    POINT,
    ROUND,
    SPARE,
    VILLAGES,
    Place,
    path_of,
)
from tests.services.scopes_rows import NAMED, POINTS_AT, SPECIAL
from webapp.domain.actors import NOBODY, Actor, Level, Role, Scope, door, intake
from webapp.models import Base


@dataclass(frozen=True)
class Who:
    """Somebody who asks the database, by the settings of their transaction; None: none are set."""

    name: str
    scope: Scope | None

    @property
    def role(self) -> str:
        """Empty where nothing is set."""
        return self.scope.role if self.scope else ""

    def covers(self, path: str | None) -> bool:
        """Whether the path lies in one of the areas."""
        return bool(path and self.scope and any(path.startswith(a) for a in self.scope.areas))


def desk(number: int, role: Role, code: str | None, level: Level | None = None) -> Who:
    """Somebody at a desk, of an area or of none."""
    areas = (path_of(code) if code != "TH" else "TH.",) if code else ()
    name = f"{level or role} of {code or 'nowhere'}"
    return Who(name, Actor(UUID(int=number), role, name, f"desk{number}", level, areas).scope())


def volunteer(name: str, where: Place, **scope: Any) -> Who:
    """A village's volunteer, with the assignments given here."""
    actor = Actor(where.volunteer, Role.VOLUNTEER, name, name, **scope)
    return Who(name, actor.scope())


DESKS = [
    desk(1, Role.INSPECTOR, "4301"),
    desk(2, Role.INSPECTOR, "4401"),
    desk(3, Role.INSPECTOR, None),
    desk(4, Role.VIEWER, "4301"),
    desk(5, Role.OFFICER, "4301", Level.DISTRICT),
    desk(6, Role.OFFICER, "4302", Level.DISTRICT),
    desk(7, Role.OFFICER, "43", Level.PROVINCE),
    desk(8, Role.OFFICER, "TH", Level.DEPARTMENT),
]
EVERYBODY = [
    *DESKS,
    volunteer("volunteer of a village", OWN, areas=(OWN.path,)),
    volunteer("volunteer of one household", BESIDE, households=(BESIDE.household,)),
    volunteer("volunteer without work", NEAR),
    Who("nobody asks", None),
    Who("nobody", NOBODY),
    Who(
        "intake at work",
        Scope(
            "intake",
            BESIDE.volunteer,
            households=(OWN.household, NEAR.household),
            interviews=(OWN.interview,),
        ),
    ),
    Who(
        "intake of one household",
        Scope("intake", BESIDE.volunteer, households=(OWN.household,), interviews=(OWN.interview,)),
    ),
    Who("intake of nothing", intake(account=OWN.volunteer)),
    Who("door with a token", door(token=OWN.token)),
    Who("door with a name", door(name=f"v{OWN.code}")),
    Who("decoder", Scope("decoder")),
    Who("register", Scope("register", OWN.waiting)),
    Who("sealer", Scope("sealer")),
    Who("copier", Scope("copier")),
    Who("finder", Scope("finder")),
    Who("reckoner", Scope("reckoner")),
    Who("made-up role", Scope("superuser", OWN.volunteer, ("TH.",), (OWN.household,))),
]


THERE = ("rounds", "service_windows", "village_progress", "follow_ups", "volunteer_standings")
"""Tables that get their rows with the areas, or by triggers."""


COMPARED = text("delete from follow_ups where interview_id = :interview")
"""One interview may be accepted at once with others."""


@dataclass
class Rows:
    """Everything that was put in, as the register holds it."""

    by_table: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def account(self, key: UUID) -> dict[str, Any]:
        """One person."""
        return self.of("accounts", key)

    def of(self, table: str, key: object) -> dict[str, Any]:
        """The row of that id."""
        return next(row for row in self.by_table[table] if row["id"] == key)


def people_tables() -> list[Table]:
    """Tables with people's data, parents first."""
    return [one for one in Base.metadata.sorted_tables if one.info.get("people")]


def build(session: Session, known: Collection[str]) -> Rows:
    """A row of each known table in each village but the spare one; everything is committed."""
    _areas(session)
    tables = [one for one in Base.metadata.sorted_tables if one.name in known]
    for table in (one for one in tables if one.name not in THERE):
        for values in _accounts() if table.name == "accounts" else _rows(table):
            session.execute(table.insert().values(**values))
    session.execute(COMPARED, {"interview": BESIDE.interview})
    session.commit()
    return Rows({t.name: [dict(r) for r in session.execute(select(t)).mappings()] for t in tables})


def fresh(column: Column[Any]) -> Any:
    """Some value of the column's type that nobody has used."""
    kinds: Iterable[tuple[type, Callable[[], Any]]] = (
        (Uuid, uuid.uuid4),
        (LargeBinary, lambda: secrets.token_bytes(32)),
        (Boolean, lambda: False),
        (Integer, lambda: 1),
        (DateTime, lambda: datetime.now(UTC)),
        (Date, date.today),
        (JSONB, dict),
        (ARRAY, list),
    )
    return next((make() for kind, make in kinds if isinstance(column.type, kind)), _word(column))


def _word(column: Column[Any]) -> Any:
    return 1 if column.type.python_type is int else f"x{secrets.token_hex(8)}"


def _rows(table: Table) -> list[dict[str, Any]]:
    return [
        {column.name: value for column in table.columns if (value := _value(column, where)) != ...}
        for where in PLACES
        if where is not SPARE
    ]


def _value(column: Column[Any], where: Place) -> Any:
    """`...` where the database gives the value."""
    special = SPECIAL.get(column.table.name, {}).get(column.name) or NAMED.get(column.name)
    if special:
        return special(where)
    given = column.server_default is not None or column.identity is not None
    if given or column.nullable or column.computed is not None:
        return ...
    return next((_pointed_at(key, where) for key in column.foreign_keys), None) or fresh(column)


def _pointed_at(key: ForeignKey, where: Place) -> Any:
    """The village's row of the other table; its number where it is numbered."""
    told = POINTS_AT.get(key.column.table.name)
    if told:
        return told(where)
    return PLACES.index(where) + 1 if key.column.identity is not None else None


def _accounts() -> list[dict[str, Any]]:
    """The people at their desks; in each village a volunteer at work and one who waits."""
    made = [_account(one.scope.account, one) for one in DESKS if one.scope]
    for where in PLACES:
        common = {"role": "volunteer", "path": where.path, "password_hash": None}
        made.append(common | _named(where.volunteer, f"v{where.code}"))
        made[-1]["password_hash"] = "never read"
        made.append(common | _named(where.waiting, f"w{where.code}") | {"status": "waiting"})
    return made


def _account(key: UUID | None, one: Who) -> dict[str, Any]:
    scope = one.scope or NOBODY
    path = scope.areas[0] if scope.areas else "TH."
    named = _named(key, f"desk{key.int if key else 0}")
    level = {"level": scope.level or None, "password_hash": "never read"}
    return {"role": one.role, "path": path} | named | level


def _named(key: UUID | None, username: str) -> dict[str, Any]:
    return {"id": key, "username": username, "name_th": f"คุณ {username}"}


def _areas(session: Session) -> None:
    tables = Base.metadata.tables
    codes = {code[:end] for code in VILLAGES for end in (2, 4, 6, 8)}
    for code in sorted(codes, key=lambda one: (len(one), one)):
        level = {2: "province", 4: "district", 6: "subdistrict", 8: "village"}[len(code)]
        parent = "TH" if len(code) == 2 else code[:-2]
        values = {"code": code, "level": level, "parent_code": parent, "path": path_of(code)}
        values |= {"boundary": AROUND, "boundary_simple": AROUND} if len(code) == 6 else {}
        session.execute(tables["areas"].insert().values(**values, name_th=f"พื้นที่ {code}"))
        if level == "village":
            session.execute(
                tables["villages"]
                .insert()
                .values(code=code, subdistrict_code=code[:6], moo=1, kind="village", point=POINT)
            )
    for key in (ROUND, NEXT_ROUND):
        session.execute(
            tables["rounds"]
            .insert()
            .values(id=key, name_th="รอบ", questionnaire_id="bmn-31", is_current=key == ROUND)
        )
    window = {"round_id": ROUND, "service": "recording", "opens_on": date(2000, 1, 1)}
    session.execute(tables["service_windows"].insert().values(**window))
    for where in PLACES:
        session.execute(
            tables["village_progress"]
            .insert()
            .values(round_id=ROUND, village_code=where.code, path=where.path, todo=1)
        )
