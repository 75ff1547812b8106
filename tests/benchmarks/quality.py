"""What the quality sheet costs in a large register: `python tests/benchmarks/quality.py`.

A program, not a test. It reads the register that JPT_* variables name (made by `flask demo load`,
`flask demo generate --households 1000000` and `flask quality reckon`), serves it on a port of this
machine, and prints milliseconds a request as a client beside the server sees them; then what it
costs to judge a village whose figures have changed. It writes nothing but its readers' sessions:
judging is undone.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bin"))

import psycopg  # noqa: E402
from sqlalchemy import create_engine  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from tests.benchmarks.reading import HEADING, Reader, address_of  # noqa: E402
from tests.fixtures.application import Server  # noqa: E402
from webapp import db  # noqa: E402
from webapp.domain.actors import Scope  # noqa: E402
from webapp.services import reckoning  # noqa: E402

SIZES = """
    select (select count(*) from interviews), (select count(*) from village_quality),
        (select count(*) from quality_exceptions)
"""
JUDGED = """
    select village_code, subdistrict_code, (figures -> '4' ->> 'houses')::integer
    from village_quality where round_id = (select id from rounds where is_current)
        and path ^@ 'TH.43.' order by random() limit %s
"""
"""Of the demo's province, whatever else the country is filled with."""
WARM, COUNTED = 5, 40


def look(port: int, times: int) -> None:
    """The sheet of every level, its figures, exceptions and readiness."""
    with psycopg.connect(address_of("JPT_OWNER_URL")) as connection:
        villages = connection.execute(JUDGED, (times,)).fetchall()
    below = [row[1] for row in villages]
    districts = [code[:4] for code in below]
    print(HEADING)
    for who, name, codes in (
        ("chalerm", "the country's sheet", ["TH"] * times),
        ("anan", "a province's sheet", ["43"] * times),
        ("anan", "a district's sheet", districts),
        ("anan", "a subdistrict's sheet", below),
        ("anan", "a village's sheet", [row[0] for row in villages]),
    ):
        reader = Reader(port, who)
        reader.measure(name, [f"/office/quality/{code}" for code in codes])
        reader.measure(f"{name}, figures", [f"/office/quality/figures?area={c}" for c in codes])
    reader = Reader(port, "anan")
    checks = [random.choice((1, 4, 5, 6, 8)) for _ in villages]
    listed = [(row[0], no) for row, no in zip(villages, checks, strict=True)]
    reader.measure("a village's exceptions", [
        f"/office/quality/{code}/exceptions/{no}" for code, no in listed
    ])  # fmt: skip
    reader.measure("a village's readiness", [f"/office/readiness/{row[0]}" for row in villages])
    reader.measure("a district's readiness", [f"/office/readiness/{code}" for code in districts])
    houses = [f"/office/reconciliation/{int(row[0])}" for row in villages]
    reader.measure("houses of a village, all of them", houses)


def judge(villages: int) -> None:
    """Milliseconds to judge one village anew, for each thousand of its households."""
    engine = create_engine(os.environ["JPT_DATABASE_URL"])
    with psycopg.connect(address_of("JPT_OWNER_URL")) as connection:
        rows = connection.execute(JUDGED, (villages + WARM,)).fetchall()
        current = connection.execute("select id from rounds where is_current").fetchone()
    times, houses = [], []
    for village, _, count in rows:
        with Session(engine) as session:
            db.enter(session, Scope("reckoner"))
            for is_warm in (False, True):
                begun = time.perf_counter()
                reckoning.judge(session, str(current[0] if current else ""), village)
                if is_warm:
                    times.append(time.perf_counter() - begun)
                    houses.append(count or 0)
            session.rollback()
    engine.dispose()
    mean = statistics.mean(houses[WARM:])
    print(f"\njudging a village of {mean:,.0f} households: ", end="")
    print(f"{statistics.median(times[WARM:]) * 1000:.0f} ms (median of {villages}), ", end="")
    print(f"{sum(times[WARM:]) / max(1, sum(houses[WARM:])) * 160_000:.0f} ms for 160 households")


def main() -> None:
    """Serve, look, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=60)
    times = parser.parse_args().times
    with psycopg.connect(address_of("JPT_OWNER_URL")) as connection:
        sizes = connection.execute(SIZES).fetchone() or (0, 0, 0)
    print("{:,} interviews, {:,} villages judged, {:,} exceptions".format(*sizes))
    with tempfile.TemporaryDirectory() as folder:
        server = Server(dict(os.environ), Path(folder) / "log", workers=1, threads=4)
        server.start()
        try:
            look(server.port, times)
        finally:
            server.stop()
    judge(COUNTED)


if __name__ == "__main__":
    main()
