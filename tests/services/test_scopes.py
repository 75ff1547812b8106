"""Row-level security alone: the application's checks are off, plain SQL asks the database."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, Table, Uuid, create_engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tests.fixtures.database import empty
from tests.services import (
    scopes_desk,
    scopes_follow_up,
    scopes_forum,
    scopes_functions,
    scopes_lists,
    scopes_orders,
    scopes_quality,
    scopes_screening,
    scopes_world,
)
from tests.services.scopes_conditions import Condition
from tests.services.scopes_expected import PLAN, TABLES
from tests.services.scopes_places import PLACES
from tests.services.scopes_world import EVERYBODY, Rows, Who
from webapp import db

CALLS = (
    scopes_functions.CALLS
    | scopes_follow_up.CALLS
    | scopes_desk.CALLS
    | scopes_orders.CALLS
    | scopes_screening.CALLS
    | scopes_quality.CALLS
    | scopes_forum.CALLS
)
TABLE_NAMES = [*(table.name for table in scopes_world.people_tables()), *PLAN]
DEFINERS = """
    select p.oid::regprocedure::text, p.proname from pg_proc p
    where prosecdef and pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      and has_function_privilege('jpt_app', p.oid, 'execute')
"""

CHANGEABLE = """
    select attname from pg_attribute where attrelid = cast(:name as regclass) and attnum > 0
        and not attisdropped and has_column_privilege('jpt_app', attrelid, attnum, 'update')
"""
GUARDED = """
    select relname from pg_class where relnamespace = 'public'::regnamespace and relforcerowsecurity
"""


@pytest.fixture(scope="module")
def rows(owner_engine: Engine, tables_to_clear: list[str], environment: object) -> Iterator[Rows]:
    """Everything that is in the register, made once for all tests here, which undo what they do."""
    empty(owner_engine, tables_to_clear)
    with Session(owner_engine) as session:
        yield scopes_world.build(session, TABLES)
    empty(owner_engine, tables_to_clear)


@pytest.fixture(scope="module")
def asked(database: Any, rows: Rows) -> Iterator[Connection]:
    """A connection of the application's role, in a transaction that is undone."""
    engine = create_engine(database.app, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def as_somebody(connection: Connection, who: Who) -> Session:
    """Their transaction; whatever was set before is forgotten with it."""
    connection.rollback()
    session = Session(connection, join_transaction_mode="create_savepoint")
    if who.scope:
        db.enter(session, who.scope)
    return session


def key_of(table: Table, row: Any) -> tuple[Any, ...]:
    """The row's primary key."""
    return tuple(
        bytes(v) if isinstance(v := row[c.name], memoryview) else v for c in table.primary_key
    )


def touched(session: Session, statement: str, table: Table) -> set[tuple[Any, ...]]:
    """The keys of the rows a statement returns; none where the role has no right to it at all."""
    try:
        with session.begin_nested():
            found = session.execute(text(statement)).mappings().all()
    except DBAPIError as refused:
        if not isinstance(refused.orig, psycopg.errors.InsufficientPrivilege):
            raise
        return set()
    return {key_of(table, row) for row in found}


def accepts(session: Session, table: Table, row: dict[str, Any]) -> bool:
    """Whether the rights allow a copy of the row; constraints are looked at after them."""
    left_out = [c.name for c in table.columns if c.identity is not None or c.computed is not None]
    values = {name: value for name, value in row.items() if name not in left_out}
    try:
        with session.begin_nested() as savepoint:
            session.execute(table.insert().values(values | fresh_id(table)).inline())
            savepoint.rollback()
    except IntegrityError:
        return True
    except DBAPIError as refused:
        if not isinstance(refused.orig, psycopg.errors.InsufficientPrivilege):
            raise
        return False
    return True


def fresh_id(table: Table) -> dict[str, Any]:
    """An id that nobody has, where it is not the id that says whom the row is about."""
    tells = table.name in ("accounts", "households", "interviews")
    has = "id" in table.c and isinstance(table.c.id.type, Uuid)
    return {"id": uuid.uuid4()} if has and not tells else {}


def allowed(
    conditions: tuple[Condition, ...], who: Who, table: Table, rows: Rows
) -> set[tuple[Any, ...]]:
    """The keys of the rows for which one condition holds."""
    return {
        key_of(table, row)
        for row in rows.by_table[table.name]
        if any(condition(who, row, rows) for condition in conditions)
    }


def differences(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """By who asks: what they got and should not, what they should and did not."""
    return {
        name: {"too much": got - wanted[name], "too little": wanted[name] - got}
        for name, got in found.items()
        if got != wanted[name]
    }


@pytest.fixture(params=TABLE_NAMES)
def table(request: pytest.FixtureRequest) -> Table:
    """Each table about people."""
    from webapp.models import Base

    found: Table = Base.metadata.tables[request.param]
    assert found.name in TABLES, f"say who may do what with {found.name} in scopes_expected.py"
    return found


class TestATable:
    def test_shows_to_each_what_is_theirs(
        self, table: Table, asked: Connection, rows: Rows
    ) -> None:
        found = {
            who.name: touched(as_somebody(asked, who), f"select * from {table.name}", table)
            for who in EVERYBODY
        }
        wanted = {who.name: allowed(TABLES[table.name].see, who, table, rows) for who in EVERYBODY}
        assert differences(found, wanted) == {}

    def test_is_changed_only_by_whose_act_it_is(
        self, table: Table, asked: Connection, rows: Rows
    ) -> None:
        keys = {column.name for column in table.primary_key}
        plain = [c.name for c in table.columns if c.computed is None]
        name = next((one for one in plain if one not in keys), plain[0])
        name = next(iter(TABLES[table.name].columns), name)
        statement = f"update {table.name} set {name} = {name} returning *"
        found = {w.name: touched(as_somebody(asked, w), statement, table) for w in EVERYBODY}
        rights = TABLES[table.name].change
        assert (
            differences(found, {w.name: allowed(rights, w, table, rows) for w in EVERYBODY}) == {}
        )

    def test_is_shortened_only_by_whose_act_it_is(
        self, table: Table, asked: Connection, rows: Rows
    ) -> None:
        statement = f"delete from {table.name} returning *"
        found = {w.name: touched(as_somebody(asked, w), statement, table) for w in EVERYBODY}
        rights = TABLES[table.name].remove
        assert (
            differences(found, {w.name: allowed(rights, w, table, rows) for w in EVERYBODY}) == {}
        )

    def test_takes_rows_only_from_whose_act_it_is(
        self, table: Table, asked: Connection, rows: Rows
    ) -> None:
        found: dict[str, Any] = {}
        for who in EVERYBODY:
            session = as_somebody(asked, who)
            held = rows.by_table[table.name]
            found[who.name] = {key_of(table, r) for r in held if accepts(session, table, r)}
        rights = TABLES[table.name].add
        assert (
            differences(found, {w.name: allowed(rights, w, table, rows) for w in EVERYBODY}) == {}
        )

    def test_has_rows_for_others_too(self, table: Table, rows: Rows) -> None:
        assert len(rows.by_table[table.name]) == len(PLACES) - 1 or (
            table.name == "accounts" or table.name in scopes_world.THERE
        )

    def test_is_changed_only_where_an_act_changes_it(
        self, table: Table, owner_engine: Engine
    ) -> None:
        rights = TABLES[table.name]
        wanted = set(rights.columns or table.c.keys()) if rights.change else set()
        with owner_engine.connect() as connection:
            found = set(connection.scalars(text(CHANGEABLE), {"name": table.name}))
        assert found == wanted or (not rights.columns and found <= wanted)

    def test_is_there_for_each_that_row_policies_guard(self, owner_engine: Engine) -> None:
        with owner_engine.connect() as connection:
            assert set(connection.scalars(text(GUARDED))) == set(TABLES)


class TestAFunctionWithItsOwnersRights:
    def test_says_who_may_learn_what_from_it(self, owner_engine: Engine) -> None:
        with owner_engine.connect() as connection:
            names = {row.proname for row in connection.execute(text(DEFINERS))}
        assert names == set(CALLS), "keep scopes_functions.py in step"

    @pytest.mark.parametrize("name", sorted(CALLS))
    def test_answers_only_whom_it_is_for(self, name: str, asked: Connection, rows: Rows) -> None:
        call = CALLS[name]
        found, wanted = {}, {}
        for who in EVERYBODY:
            found[who.name] = scopes_functions.learnt(as_somebody(asked, who), call)
            wanted[who.name] = call.for_whom(who)
        assert {n: got for n, got in found.items() if got != wanted[n]} == {}
        assert any(wanted.values()), "a function that answers nobody"

    @pytest.mark.parametrize("name", sorted(scopes_lists.WIDE))
    def test_tells_of_no_other_area_when_it_is_asked_for_more(
        self, name: str, asked: Connection, rows: Rows
    ) -> None:
        asks, wanted = scopes_lists.WIDE[name]
        found = {w.name: scopes_lists.told_of(as_somebody(asked, w), asks) for w in EVERYBODY}
        assert differences(found, {who.name: wanted(who) for who in EVERYBODY}) == {}
        assert any(found.values())

    def test_of_another_function_is_not_for_the_application(self, asked: Connection) -> None:
        for call in scopes_functions.INNER:
            with pytest.raises(DBAPIError, match="permission denied"):
                as_somebody(asked, EVERYBODY[0]).execute(text(call))
