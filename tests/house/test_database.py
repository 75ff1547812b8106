"""What the database must hold for every table, view, function and role."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, MetaData, Table, text

pytestmark = pytest.mark.usefixtures("environment")

PLACES_AND_DATES = {
    "areas",
    "local_administration_areas",
    "local_administrations",
    "people_tallies",
    "quality_due",
    "register_totals",
    "rounds",
    "screening_due",
    "service_windows",
    "sign_in_attempts",
    "subdistrict_quality",
    "targets",
    "village_progress",
    "village_quality",
    "villages",
}
"""Tables that tell nothing about a person; every other table is behind row-level security."""

FOREIGN_KEYS_WITHOUT_INDEX = """
    select c.conrelid::regclass || ' ' || c.conname from pg_constraint c
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conparentid = 0
      and not exists (
        select from pg_index i where i.indrelid = c.conrelid and i.indisvalid
          and (select array_agg(k order by k) from unnest(
                (i.indkey::int2[])[0:cardinality(c.conkey) - 1]) k)
            = (select array_agg(k order by k) from unnest(c.conkey) k))
"""
OURS = """
    not exists (select from pg_depend d where d.objid = {oid} and d.deptype = 'e')
"""
VIEWS = f"""
    select relname, relkind::text, coalesce(array_to_string(reloptions, ','), '')
    from pg_class c where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace
      and {OURS.format(oid="c.oid")}
"""
DEFINERS = f"""
    select p.oid::regprocedure::text, coalesce(array_to_string(proconfig, ','), ''),
           proacl is null or exists (select from aclexplode(proacl) a where a.grantee = 0)
    from pg_proc p where prosecdef and {OURS.format(oid="p.oid")}
      and pronamespace = 'public'::regnamespace
"""
ROLES = """
    select rolname, rolsuper, rolbypassrls, rolcreaterole or rolcreatedb or rolreplication,
           exists (select from pg_class where relowner = r.oid)
             or exists (select from pg_proc where proowner = r.oid)
    from pg_roles r where rolname like 'jpt\\_%' order by rolname
"""


@pytest.fixture
def catalogue(owner_engine: Engine) -> Iterator[Connection]:
    """The database's own description of itself."""
    with owner_engine.connect() as connection:
        yield connection


@pytest.fixture
def metadata() -> MetaData:
    """The tables as the models describe them."""
    from webapp.models import Base

    return Base.metadata


def is_about_people(table: Table) -> bool:
    return bool(table.info.get("people"))


class TestATableWithPeoplesData:
    def test_is_marked_unless_it_is_about_places_and_dates(self, metadata: MetaData) -> None:
        unmarked = {t.name for t in metadata.tables.values() if not is_about_people(t)}
        assert unmarked <= PLACES_AND_DATES, unmarked - PLACES_AND_DATES

    def test_has_forced_row_level_security(self, metadata: MetaData, catalogue: Connection) -> None:
        rows = catalogue.execute(
            text(
                "select relname, relrowsecurity and relforcerowsecurity from pg_class "
                "where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
            )
        )
        forced = {row[0]: row[1] for row in rows}
        marked = {t.name for t in metadata.tables.values() if is_about_people(t)}
        assert marked
        assert not {name for name in marked if not forced.get(name)}

    def test_shows_the_application_nothing_while_nobody_asks(
        self, metadata: MetaData, database: object
    ) -> None:
        from sqlalchemy import create_engine

        engine = create_engine(database.app)  # type: ignore[attr-defined]
        with engine.connect() as connection:
            for table in filter(is_about_people, metadata.tables.values()):
                visible = "select has_table_privilege(:name, 'select')"
                if connection.scalar(text(visible), {"name": table.name}):
                    found = f"select count(*) from {table.name}"
                    assert connection.scalar(text(found)) == 0
        engine.dispose()


class TestAForeignKey:
    def test_has_an_index(self, catalogue: Connection) -> None:
        assert not catalogue.scalars(text(FOREIGN_KEYS_WITHOUT_INDEX)).all()


class TestAView:
    def test_obeys_the_row_security_of_who_asks(self, catalogue: Connection) -> None:
        for name, kind, options in catalogue.execute(text(VIEWS)):
            assert kind == "v", f"{name}: a materialized view has no row security"
            assert "security_invoker=true" in options or "security_invoker=on" in options, name


class TestAFunctionWithItsOwnersRights:
    def test_looks_names_up_in_fixed_schemas_and_is_not_for_everybody(
        self, catalogue: Connection
    ) -> None:
        for name, settings, everybody in catalogue.execute(text(DEFINERS)):
            assert "search_path=" in settings, name
            assert not everybody, f"{name}: revoke it from public"


class TestADatabaseRole:
    def test_has_the_rights_of_its_trade_and_no_more(self, catalogue: Connection) -> None:
        found = {row[0]: tuple(row[1:]) for row in catalogue.execute(text(ROLES))}
        # superuser, sees past row security, makes roles or databases, owns objects
        assert found == {
            "jpt_app": (False, False, False, False),
            "jpt_loader": (False, True, False, False),
            "jpt_owner": (False, False, False, True),
        }
