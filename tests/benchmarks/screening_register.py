"""What screening costs: `python tests/benchmarks/screening_register.py [households]`.

A program, not a test. A mass of interviews in a database of its own (it stays for the next time),
two hundred to a village; every village is compared as the follow-up does, first with all to be
read, then again with nothing new. Prints time for each interview, memory, size, and the page.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bin"))

import cluster  # noqa: E402
import database as databases  # noqa: E402
import psycopg  # noqa: E402
from sqlalchemy import create_engine, text  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from tests.fixtures.database import VAR, migrate  # noqa: E402
from webapp import db, keys  # noqa: E402
from webapp.demo import masses  # noqa: E402
from webapp.domain.actors import Scope  # noqa: E402
from webapp.services import screening  # noqa: E402

HOUSEHOLDS, A_VILLAGE, TEMPLATES = 20_000, 200, 300
DEPARTMENT = Scope("officer", areas=("TH.",), level="department")
PAGE = text("select * from jpt_screened(:round, 'TH', 1e9, null, '', 50)")
SIZE = text(
    "select pg_total_relation_size('screenings') / greatest(1, (select count(*) from screenings))"
)


def register(households: int) -> databases.Addresses:
    """A register of so many households, made when it is not there."""
    server = cluster.up(VAR / "test-pg", fast=True)
    secret = databases.passwords(VAR / "test-keys")
    databases.ensure_roles(server, secret)
    name = f"bench_screening_{households}"
    found = databases.addresses(server, secret, name)
    with psycopg.connect(server.address(), autocommit=True) as connection:
        there = connection.execute("select from pg_database where datname = %s", (name,)).fetchone()
    if there is None:
        databases.create_database(server, name)
        migrate(found.owner)
        keys.make(VAR / "bench-screening" / "keys")
        wanted = masses.Wanted(households, households // A_VILLAGE, 1.0, TEMPLATES, seed=1)
        kept = keys.load(VAR / "bench-screening" / "keys")
        with Session(create_engine(found.loader)) as session:
            masses.generate(session, found.loader, kept, wanted, date.today(), lambda _: None)
        masses.analyze(found.owner)
    return found


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    """What came of it, and the milliseconds."""
    began = time.perf_counter()
    return act(), (time.perf_counter() - began) * 1000


def every_village(session: Session) -> int:
    """All villages are due and compared; how many."""
    db.enter(session, Scope("finder"))
    screening.again(session)
    villages = 0
    while screening.step(session):
        session.commit()
        db.enter(session, Scope("finder"))
        villages += 1
    session.commit()
    return villages


def main() -> None:
    """Print the figures."""
    found = register(int(sys.argv[1]) if len(sys.argv) > 1 else HOUSEHOLDS)
    with Session(create_engine(found.loader)) as loader, Session(create_engine(found.app)) as app:
        for table in ("findings", "volunteer_screenings", "screenings", "screening_due"):
            loader.execute(text(f"delete from {table}"))
        loader.commit()
        for name in ("read, measured, compared", "compared again"):
            villages, spent = timed(lambda: every_village(app))
            number = loader.scalar(text("select count(*) from screenings")) or 1
            loader.rollback()
            print(
                f"{name:28}{villages:6} villages {number:9,} interviews {spent / number:8.2f} ms "
                f"an interview {spent / villages:9.1f} ms a village",
                flush=True,
            )
        print(f"{loader.scalar(SIZE)} bytes an interview in the register")
        db.enter(app, DEPARTMENT)
        current = loader.scalar(text("select id from rounds where is_current"))
        spent_all = [
            timed(lambda: app.execute(PAGE, {"round": current}).all())[1] for _ in range(20)
        ]
        print(f"list of the country: {sorted(spent_all)[18]:.1f} ms (p95)")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


if __name__ == "__main__":
    main()
