"""What the register reads to answer a question: by its indexes, and not much more than it shows.

The plans are the server's own, as carried out for the application's role under row-level security,
inside database functions too.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

from tests.fixtures.large import LARGE, LargeRegister, Reading
from tests.house import (
    asked,
    asked_desk,
    asked_evidence,
    asked_forum,
    asked_quality,
    asked_review,
    asked_screening,
)
from tests.house.asked import Asked, Known
from webapp import queries


@pytest.fixture(scope="session")
def known(large_register: LargeRegister) -> Known:
    """What is asked about."""
    return Known.of(large_register)


def large_of(register: LargeRegister, reading: Reading) -> dict[str, int]:
    """Rows read of tables that are large."""
    return {name: n for name, n in reading.rows.items() if register.sizes.get(name, 0) >= LARGE}


ALL = [
    *asked.ALL,
    *asked_quality.QUALITY,
    *asked_forum.FORUM,
    *asked_screening.SCREENING,
    *asked_desk.DESK,
    *asked_evidence.EVIDENCE,
    *asked_review.REVIEW,
]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_a_question_reads_by_its_indexes_what_it_needs(
    one: Asked, large_register: LargeRegister, known: Known
) -> None:
    who = one.who(known) if callable(one.who) else one.who
    reading = large_register.asked(who, lambda session: one.question(session, known))
    read = large_of(large_register, reading)
    assert not reading.whole & set(read), f"read whole: {reading.whole & set(read)}"
    assert one.uses <= reading.indexes, f"not used: {one.uses - reading.indexes}"
    assert max(read.values(), default=0) <= one.most, read


def test_the_large_register_tells_a_table_that_is_read_whole(
    large_register: LargeRegister,
) -> None:
    from sqlalchemy import text

    reading = large_register.asked(
        asked.INSPECTOR, lambda s: s.scalar(text("select count(*) from villages where moo > 1"))
    )
    assert reading.whole == {"villages"}
    assert reading.rows["villages"] >= LARGE


def public() -> set[str]:
    """Every function of webapp/queries that asks the database."""
    found = set()
    for module in pkgutil.iter_modules(queries.__path__):
        loaded = importlib.import_module(f"webapp.queries.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            ours = function.__module__ == loaded.__name__ and not name.startswith("_")
            if ours and "session" in inspect.signature(function).parameters:
                found.add(f"{module.name}.{name}")
    return found


@pytest.mark.parametrize(
    "module",
    [
        "map",
        "interviews",
        "households",
        "progress",
        "rounds",
        "held",
        "quality",
        "quality_exceptions",
        "readiness",
        "reconciliation",
        "working_group",
        "screening",
        "worklist",
        "review",
    ],
)
def test_every_question_is_listed(module: str) -> None:
    listed = {one.name.split()[0] for one in ALL}
    assert {name for name in public() if name.startswith(f"{module}.")} <= listed
