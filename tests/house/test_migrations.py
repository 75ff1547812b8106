"""Migrations: numbered without gaps, argued, and together the same as the models."""

from __future__ import annotations

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from geoalchemy2 import alembic_helpers
from sqlalchemy import Engine
from sqlalchemy.dialects import postgresql

from tests.house import tree


@pytest.fixture
def migrations() -> list[Script]:
    """From the first to the newest."""
    scripts = ScriptDirectory.from_config(Config(toml_file=str(tree.ROOT / "pyproject.toml")))
    return list(scripts.walk_revisions())[::-1]


class TestMigrations:
    def test_are_numbered_without_gaps_and_named_after_what_they_do(
        self, migrations: list[Script]
    ) -> None:
        for number, migration in enumerate(migrations, start=1):
            assert re.fullmatch(rf"{number:04d}_[a-z0-9_]+", migration.revision)
            assert migration.path.endswith(f"/{migration.revision}.py")

    def test_follow_one_another_in_one_line(self, migrations: list[Script]) -> None:
        before = [None, *(migration.revision for migration in migrations[:-1])]
        assert [migration.down_revision for migration in migrations] == before

    def test_say_why(self, migrations: list[Script]) -> None:
        assert all((migration.module.__doc__ or "").strip() for migration in migrations)

    def test_add_up_to_the_models(
        self, owner_engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from webapp.models.base import Base, TransactionId

        monkeypatch.setitem(postgresql.base.ischema_names, "xid8", TransactionId)
        with owner_engine.connect() as connection:
            context = MigrationContext.configure(
                connection,
                opts={"include_object": alembic_helpers.include_object, "compare_type": True},
            )
            assert compare_metadata(context, Base.metadata) == []
