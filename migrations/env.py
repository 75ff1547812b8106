"""Runs migrations as the owner of the register's objects, one at a time, never waiting for ever."""

import os

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import create_engine, pool, text

from webapp.models import Base

LOCK = 7_310_043


def url() -> str:
    """The owner's address: an argument (tests) before the environment."""
    return context.config.attributes.get("url") or os.environ["JPT_OWNER_URL"]


def main() -> None:
    """Bring the database to the wanted revision under an advisory lock."""
    engine = create_engine(url(), poolclass=pool.NullPool)
    with engine.begin() as connection:
        connection.execute(text("set lock_timeout = '4s'"))
        connection.execute(text("set statement_timeout = '300s'"))
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=alembic_helpers.include_object,
            compare_server_default=False,
        )
        with context.begin_transaction():
            context.run_migrations()


main()
