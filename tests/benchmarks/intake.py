"""What taking an interview costs: `python tests/benchmarks/intake.py [--seconds 10]`.

A program, not a test. It starts its own durable server under var/bench and speaks to this machine
only. Interviews are made, sealed and signed before the clock runs.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bin"))

from tests.benchmarks import making, sending  # noqa: E402
from tests.benchmarks.stage import Stage, children, pss_mb  # noqa: E402
from tests.handset import Sealed  # noqa: E402

CLIENTS = (1, 8, 32)
MOST_A_SECOND = {1: 150, 8: 450, 32: 450}
BATCH, PLAN = 20, 50
HEADING = f"{'':34}{'per s':>8}{'p95 ms':>8}{'CPU ms':>8}{'python':>8}{'postgres':>9}{'WAL B':>8}"


@dataclass(frozen=True)
class Measured:
    """One line of the table; CPU and WAL are per interview."""

    name: str
    rate: float
    p95: float
    python_ms: float
    postgres_ms: float
    wal: float
    statuses: dict[int, int]

    @property
    def cpu_ms(self) -> float:
        return self.python_ms + self.postgres_ms

    def __str__(self) -> str:
        return (
            f"{self.name:34}{self.rate:8.0f}{self.p95:8.1f}{self.cpu_ms:8.2f}"
            f"{self.python_ms:8.2f}{self.postgres_ms:9.2f}{self.wal:8.0f}  {self.statuses}"
        )


class Benchmark:
    """Measures on a stage; every interview is sent once."""

    def __init__(self, stage: Stage, seconds: float) -> None:
        self.stage, self.seconds = stage, seconds
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
        wal, (python, postgres) = self.stage.wal(), self.stage.cpu_ms()
        port, cookie = self.stage.server.port, self.stage.cookie
        sent = sending.send(port, cookie, act, work, clients, self.seconds)
        python_now, postgres_now = self.stage.cpu_ms()
        done = max(1, sent.done * size)
        found = Measured(
            name,
            done / sent.seconds,
            sent.p95(),
            (python_now - python) / done,
            (postgres_now - postgres) / done,
            (self.stage.wal() - wal) / done,
            dict(sent.statuses),
        )
        print(found, flush=True)
        return found

    def run(self) -> None:
        """The whole table."""
        print(HEADING)
        self.measure("warming up", "one", self.interviews(100, with_files=True), 8)
        for with_files in (False, True):
            for clients in CLIENTS:
                count = int(MOST_A_SECOND[clients] * self.seconds)
                work = self.interviews(count, with_files=with_files)
                what = "with evidence" if with_files else "without evidence"
                self.measure(f"{what}, {clients} clients", "one", work, clients)
        many = self.interviews(int(400 * self.seconds) // BATCH * BATCH, with_files=False)
        self.measure("20 in a request, 8 clients", "batch", pieces(many, BATCH), 8, size=BATCH)
        self.again()
        for worker in children(self.stage.gunicorn):
            print(f"memory of worker {worker}: {pss_mb(worker):.0f} MB (PSS)")

    def again(self) -> None:
        """What a phone pays that sends what the register holds already."""
        known = self.interviews(400, with_files=True)
        first = self.measure("400 sent first, 8 clients", "one", known, 8)
        known = known[: first_done(first)]
        second = self.measure("asked by plan again", "plan", pieces(known, PLAN), 8, size=PLAN)
        print(f"sent again ÷ first: {second.cpu_ms / first.cpu_ms:.3f} of the CPU")


def first_done(measured: Measured) -> int:
    """How many whole plans the register holds: three answers for each interview."""
    return measured.statuses.get(201, 0) // 3 // PLAN * PLAN


def pieces(work: list[Sealed], size: int) -> list[list[Sealed]]:
    """The work in bundles."""
    return [work[start : start + size] for start in range(0, len(work), size)]


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=10, help="at most, for each line")
    seconds = min(60.0, asked.parse_args().seconds)
    stage = Stage()
    try:
        Benchmark(stage, seconds).run()
    finally:
        stage.close()


if __name__ == "__main__":
    main()
