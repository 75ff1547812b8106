"""The world of the rights' tests, made once for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.fixtures.database import empty
from tests.web import rights_world


@pytest.fixture(scope="module")
def rights(
    app: Flask, owner_engine: Engine, tables_to_clear: list[str]
) -> Iterator[rights_world.Rights]:
    """Everybody and everything they may ask about."""
    empty(owner_engine, tables_to_clear)
    yield rights_world.build(app, owner_engine)
    empty(owner_engine, tables_to_clear)
