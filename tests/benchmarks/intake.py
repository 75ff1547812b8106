"""What taking an interview costs: `python tests/benchmarks/intake.py [rates|again|flush|held]`.

A program, not a test. It starts its own durable server under var/bench and speaks to this machine
only. Interviews are made, sealed and signed before the clock runs. Phones, workers and database
share the machine's cores: CPU is counted for each process, so what the phones cost is in no figure
but the rates. A machine that is shared is twice as slow at times: "loop" says how fast it was, by a
loop in Python. `--lock` names a file to hold while a line is measured, where others work beside.
"""

from __future__ import annotations

import argparse
import fcntl
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bin"))

from tests.benchmarks import making, sending  # noqa: E402
from tests.benchmarks.stage import Stage, children, pss_mb  # noqa: E402
from tests.handset import Sealed  # noqa: E402

CLIENTS = (1, 8, 32, 64)
MOST_A_SECOND = {1: 200, 8: 500, 32: 500, 64: 500}
BATCH, PLAN = 20, 50
FLUSH_MS = 10
HELD, ROUNDS = (5_000, 10_000, 1_000_000), 3
HEADING = (
    f"{'':38}{'per s':>7}{'p95 ms':>8}{'CPU ms':>8}{'workers':>8}{'database':>9}{'(phones)':>9}"
    f"{'WAL B':>8}{'loop µs':>9}  answers"
)


@dataclass(frozen=True)
class Measured:
    """One line of the table; CPU and WAL are per interview."""

    name: str
    rate: float
    p95: float
    workers_ms: float
    database_ms: float
    phones_ms: float
    wal: float
    loop: float
    statuses: dict[int, int]

    @property
    def cpu_ms(self) -> float:
        return self.workers_ms + self.database_ms

    def __str__(self) -> str:
        return (
            f"{self.name:38}{self.rate:7.0f}{self.p95:8.1f}{self.cpu_ms:8.2f}"
            f"{self.workers_ms:8.2f}{self.database_ms:9.2f}{self.phones_ms:9.2f}{self.wal:8.0f}"
            f"{self.loop:9.0f}  {self.statuses}"
        )


class Benchmark:
    """Measures on a stage; every interview is sent once."""

    def __init__(self, stage: Stage, seconds: float, lock: str) -> None:
        self.stage, self.seconds, self.lock = stage, seconds, lock
        self.patterns = making.patterns(stage.phone)

    def interviews(self, count: int, *, with_files: bool) -> list[Sealed]:
        """So many of new households."""
        return [
            making.interview(
                self.stage.phone,
                self.patterns[number % len(self.patterns)],
                household,
                with_files=with_files,
            )
            for number, household in enumerate(self.stage.households(count))
        ]

    def measure(
        self, name: str, act: str, work: list[Any], clients: int, *, size: int = 1
    ) -> Measured:
        """The work is done, or the time is over; a piece of work holds `size` interviews."""
        port, cookie = self.stage.server.port, self.stage.cookie
        with self._alone():
            loop = loop_us()
            wal, (workers, database) = self.stage.wal(), self.stage.cpu_ms()
            sent = sending.send(port, cookie, act, work, clients, self.seconds)
            workers_now, database_now = self.stage.cpu_ms()
            wal_now = self.stage.wal()
            loop = (loop + loop_us()) / 2
        done = max(1, sent.done * size)
        found = Measured(
            name,
            done / sent.seconds,
            sent.p95(),
            (workers_now - workers) / done,
            (database_now - database) / done,
            sent.cpu_ms / done,
            (wal_now - wal) / done,
            loop,
            {status: count for status, count in sent.statuses.items() if count},
        )
        print(found, flush=True)
        return found

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self.lock:
            yield
            return
        with Path(self.lock).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def warm(self) -> None:
        """Plans are made, pages are read, the engine has compiled its version."""
        print(HEADING)
        self.measure("warming up", "whole", self.interviews(400, with_files=True), 32)

    def rates(self) -> None:
        """One a request without and with evidence, its files apart, then twenty a request."""
        self.warm()
        for with_files in (False, True):
            for clients in CLIENTS:
                self.line(clients, with_files=with_files)
        self.memory()
        apart = self.interviews(int(100 * self.seconds), with_files=True)
        self.measure("files in requests of their own, 8", "one", apart, 8)
        many = self.interviews(int(500 * self.seconds) // BATCH * BATCH, with_files=False)
        self.measure("20 a request, 8 clients", "batch", pieces(many, BATCH), 8, size=BATCH)

    def line(self, clients: int, *, with_files: bool) -> Measured:
        """New interviews by so many phones at once."""
        count = int(MOST_A_SECOND[clients] * self.seconds)
        what, act = ("with", "whole") if with_files else ("without", "one")
        work = self.interviews(count, with_files=with_files)
        return self.measure(f"{what} evidence, {clients} clients", act, work, clients)

    def memory(self) -> None:
        """What is held after 64 phones sent their evidence; what processes share is divided."""
        workers = [pss_mb(one) for one in (self.stage.gunicorn, *children(self.stage.gunicorn))]
        each = ", ".join(f"{one:.0f}" for one in workers)
        print(f"memory: {sum(workers):.0f} MB in all for master and workers ({each}; PSS)")
        postmaster = self.stage.postmaster
        database = sum(pss_mb(one) for one in (postmaster, *children(postmaster)))
        print(f"        {database:.0f} MB for the database, its shared buffers among them")

    def again(self) -> None:
        """What a phone pays that sends what the register holds already."""
        self.warm()
        known = self.interviews(400, with_files=True)
        first = self.measure("400 sent first, 8 clients", "whole", known, 8)
        known = known[: first.statuses.get(201, 0) // PLAN * PLAN]
        second = self.measure("asked by plan again", "plan", pieces(known, PLAN), 8, size=PLAN)
        print(f"sent again ÷ first: {second.cpu_ms / first.cpu_ms:.3f} of the CPU")

    def flush(self) -> None:
        """Many phones against one where every commit takes ten milliseconds to be on disk."""
        self.warm()
        self.stage.set("commit_siblings", 0)
        self.stage.set("commit_delay", FLUSH_MS * 1000)
        try:
            for with_files in (False, True):
                one, many = (self.line(clients, with_files=with_files) for clients in (1, 32))
                print(f"32 clients ÷ 1 client, {FLUSH_MS} ms a flush: {many.rate / one.rate:.1f}")
        finally:
            self.stage.set("commit_delay", 0)

    def cost(self) -> float:
        """CPU of an interview with evidence: the middle of some rounds."""
        self.warm()
        return median(self.line(8, with_files=True).cpu_ms for _ in range(ROUNDS))


def loop_us() -> float:
    """How fast the machine is just now: a loop of 10,000 steps, the best of some."""

    def once() -> float:
        started = time.perf_counter()
        sum(number for number in range(10_000))
        return (time.perf_counter() - started) * 1e6

    return min(once() for _ in range(50))


def held(seconds: float, lock: str, sizes: list[int]) -> None:
    """The same by how much the register holds."""
    costs: dict[int, float] = {}
    for size in sizes:
        with stage(size) as one:
            print(f"{one.ask('select count(*) from interviews'):,} interviews held")
            costs[size] = Benchmark(one, seconds, lock).cost()
    for size, cost in costs.items():
        print(f"{size:,} held: {cost:.2f} ms, {cost / costs[sizes[0]]:.2f} of {sizes[0]:,}")


@contextmanager
def stage(held: int = 0) -> Iterator[Stage]:
    """A stage that is closed in the end."""
    one = Stage(held)
    try:
        yield one
    finally:
        one.close()


def pieces(work: list[Sealed], size: int) -> list[list[Sealed]]:
    """The work in bundles."""
    return [work[start : start + size] for start in range(0, len(work), size)]


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("what", choices=("rates", "again", "flush", "held"), nargs="?")
    asked.add_argument("--seconds", type=float, default=10, help="at most, for each line")
    asked.add_argument("--lock", default="", help="a file to hold while a line is measured")
    asked.add_argument("--sizes", type=int, nargs="+", default=HELD, help="held, for `held`")
    chosen = asked.parse_args()
    seconds = min(60.0, chosen.seconds)
    if chosen.what == "held":
        held(seconds, chosen.lock, chosen.sizes)
        return
    with stage() as one:
        getattr(Benchmark(one, seconds, chosen.lock), chosen.what or "rates")()


if __name__ == "__main__":
    main()
