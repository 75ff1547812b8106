"""The register's connections, its transactions, and the database's view of who asks."""

from __future__ import annotations

import select
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from psycopg import Connection, Cursor
from sqlalchemy import Connection as Bound
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.orm import Session

from webapp.config import Config
from webapp.domain.actors import Actor, Scope

_SET = "select set_config('synchronous_commit', 'on', true), " + ", ".join(
    f"set_config('jpt.{name}', %({name})s, true)"
    for name in (
        "role",
        "account",
        "areas",
        "households",
        "interviews",
        "door_token",
        "door_name",
        "level",
    )
)
_SAFE = text(
    "select rolsuper or rolbypassrls as too_strong, current_setting('fsync') as fsync, "
    "current_setting('full_page_writes') as full_page_writes, "
    "current_setting('data_checksums') as data_checksums, "
    "exists (select from pg_class where relowner = pg_roles.oid) as owns "
    "from pg_roles where rolname = current_user"
)

_engines: list[Engine] = []
"""The application's own, once it is configured."""
_DRIVER = "driver"


def make_engine(url: str, pool_size: int = 8) -> Engine:
    """A pool of connections that never waits for ever on a lock or a statement."""
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=20,
        connect_args={
            "application_name": "jpt",
            "options": "-c lock_timeout=5s -c statement_timeout=15s "
            "-c idle_in_transaction_session_timeout=30s -c timezone=UTC",
        },
    )
    event.listen(engine, "checkout", _refuse_dead)
    return engine


def _refuse_dead(connection: Connection, *_: object) -> None:
    """A server that ended has closed its end, which an idle connection shows without a question."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if connection.closed or poll.poll(0):
        raise DisconnectionError


def configure(config: Config) -> Engine:
    """Bind the application's sessions to its database; refuse one that is not safe."""
    engine = make_engine(config.database_url, config.pool_size)
    if not config.testing:
        assert_safe(engine)
    engine.dispose()  # a process that comes from this one must not find our connections
    _engines[:] = [engine]
    return engine


def assert_safe(engine: Engine) -> None:
    """Stop the start where the role could see past row-level security or a commit could vanish.

    Raises:
        RuntimeError: the role is superuser, bypasses row security or owns objects, or the server
            runs without fsync, full page writes or checksums.
    """
    with engine.connect() as connection:
        found = connection.execute(_SAFE).one()
    if found.too_strong or found.owns:
        raise RuntimeError("the application's database role must own nothing and obey row security")
    for name in ("fsync", "full_page_writes", "data_checksums"):
        if getattr(found, name) != "on":
            raise RuntimeError(
                f"the database runs with {name} off: acknowledged data could be lost"
            )


@contextmanager
def transaction(actor: Actor | Scope) -> Iterator[Session]:
    """One act: all of it is kept, or an exception undoes all of it.

    The database sees only what the actor may see, until the end of this transaction.
    """
    scope = actor.scope() if isinstance(actor, Actor) else actor
    with _engines[0].begin() as connection, _session(connection) as session:
        enter(session, scope)
        yield session
        session.flush()


def enter(session: Session, scope: Scope) -> None:
    """Give the transaction under way another scope (the register working on one interview)."""
    values = {name.removeprefix("jpt."): value for name, value in scope.settings().items()}
    ask(session, _SET, values)


def ask(session: Session, question: LiteralString, values: Mapping[str, Any]) -> Cursor[Any]:
    """A statement in the driver's own words (`%(name)s`), with the errors of all others.

    For what comes by the hundred a second: the mapper costs as much as the database there.
    """
    with _errors_of_the_mapper():
        return _driver(session).execute(question, values)


def _session(connection: Bound) -> Session:
    """The mapper joins the connection's transaction when it is first used: many acts never do."""
    return Session(connection, expire_on_commit=False, info={_DRIVER: _driver_of(connection)})


def _driver(session: Session) -> Connection[Any]:
    known: Connection[Any] | None = session.info.get(_DRIVER)
    return known or _driver_of(session.connection())


def _driver_of(connection: Bound) -> Connection[Any]:
    found: Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    return found


@contextmanager
def _errors_of_the_mapper() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise DBAPIError.instance(None, None, error, psycopg.Error) from error
