"""What a household costs at the least on this machine: `python tests/benchmarks/floor.py`.

Each part that no register can leave out, alone and warm: HTTP by the same gunicorn and a Flask that
does nothing, one durable commit of as many bytes, the files flushed, the cryptography, the JSON and
the rules. Their sum is no register (nobody is asked whether they may, nothing is found again), but
the difference to `intake.py rates` is what could be saved at the most. CPU, not waiting.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bin"))

import psycopg  # noqa: E402
from flask import Flask, request  # noqa: E402

from tests.benchmarks import making, sending  # noqa: E402
from tests.benchmarks.intake import loop_us, stage  # noqa: E402
from tests.benchmarks.stage import BENCH, THREADS, WORKERS, Stage, cpu_ms  # noqa: E402
from tests.fixtures.application import Server  # noqa: E402
from tests.handset import Sealed  # noqa: E402
from webapp import keys  # noqa: E402
from webapp.domain import engine  # noqa: E402
from webapp.services import receipts, sealing  # noqa: E402

WORK, BLOCKS, CLIENTS = 600, 20, 8
STORED = 14 * 1024
"""Bytes that intake writes for a household into the database's log."""
ANSWER = {"receipt": "x" * 620, "level": "complete", "missing": []}

app = Flask(__name__)


@app.get("/health")
def health() -> str:
    """It is up."""
    return "up"


@app.put("/<path:_>")
def take(_: str) -> tuple[dict[str, object], int]:
    """Reads what was sent and says what a phone is told."""
    request.get_data()
    return ANSWER, 201


class Bare(Server):
    """The same gunicorn, in front of the application above."""

    def _command(self) -> list[str]:
        served = "tests.benchmarks.floor:app"
        return [served if one == "wsgi:app" else one for one in super()._command()]


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lock", default=os.devnull, help="a file to hold while it is measured")
    chosen = asked.parse_args()
    with stage() as one, Path(chosen.lock).open("w") as lock:
        patterns = making.patterns(one.phone)
        work = [
            making.interview(one.phone, patterns[number % len(patterns)], house, with_files=True)
            for number, house in enumerate(one.households(WORK))
        ]
        bare = Bare(one.environment, BENCH / "bare.log", workers=WORKERS, threads=THREADS)
        bare.start()
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            print(f"loop {loop_us():.0f} µs")
            told = http(bare, work) + commits(one) + parts(work)
        finally:
            bare.stop()
    for name, spent in told:
        print(f"{name:44}{spent:8.3f} ms")
    print(f"{'together':44}{sum(spent for _, spent in told):8.3f} ms")


Told = list[tuple[str, float]]


def http(bare: Server, work: list[Sealed]) -> Told:
    """gunicorn and Flask, for a household with its files in one request."""
    master = bare.process.pid if bare.process else 0
    sending.send(bare.port, "", "whole", work, CLIENTS, 60)
    before = cpu_ms(master)
    sent = sending.send(bare.port, "", "whole", work, CLIENTS, 60)
    return [("HTTP: gunicorn, Flask, 130 KB read", (cpu_ms(master) - before) / sent.done)]


def commits(on: Stage) -> Told:
    """One row of as many bytes, flushed; what the driver costs and what the server costs."""
    content = os.urandom(STORED)
    address = on.cluster.address(on.database)
    with psycopg.connect(address) as database:
        database.execute("create table if not exists floor (id bigserial primary key, held bytea)")
        database.execute("alter table floor alter held set storage external")
        database.commit()

        def once() -> None:
            database.execute("insert into floor (held) values (%s)", (content,))
            database.commit()

        each(once)
        before = cpu_ms(on.postmaster)
        driver = each(once)
        server = (cpu_ms(on.postmaster) - before) / WORK
        database.execute("drop table floor")
        database.commit()
    return [("commit of 14 KB, the driver", driver), ("commit of 14 KB, PostgreSQL", server)]


def parts(work: list[Sealed]) -> Told:
    """Files, cryptography, JSON and rules."""
    held, sent = keys.load(BENCH / "keys"), work[0]
    plain = json.dumps(sent.document, ensure_ascii=False).encode()
    interview, digest = UUID(sent.interview), bytes.fromhex(sent.digest)
    [public] = receipts.public_keys(held)["keys"]
    signed = sealing.sign_as_author(held.receipt, interview, digest)
    about = f"jpt/1 interview {interview} {sent.digest}".encode()
    private = held.ingest[sent.key]
    rules = {one: sent.document.get(one) for one in engine.READ}
    acts: dict[str, Callable[[], object]] = {
        "two files written and flushed": lambda: flushed(sent.files),
        "HPKE opened": lambda: sealing.SUITE.decrypt(sent.envelope, private, info=about),
        "a signature checked": lambda: sealing.is_signed_by(public, signed, interview, digest),
        "a receipt signed": lambda: sealing.sign_as_author(held.receipt, interview, digest),
        "JSON read and written, digest": lambda: (
            hashlib.sha256(plain).digest(),
            json.dumps(json.loads(plain), ensure_ascii=False),
        ),
        "the rules, in QuickJS": lambda: engine.judge(sent.document["questionnaire"], rules),
    }
    return [(what, each(act)) for what, act in acts.items()]


def flushed(files: dict[str, bytes]) -> None:
    """Each file under its digest, it and its folder flushed."""
    folder = BENCH / "floor"
    folder.mkdir(exist_ok=True)
    for content in files.values():
        digest = hashlib.sha256(content).hexdigest()
        with (folder / "new").open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        (folder / "new").replace(folder / digest)
    there = os.open(folder, os.O_RDONLY)
    os.fsync(there)
    os.close(there)


def each(act: Callable[[], object]) -> float:
    """Milliseconds of this thread's CPU: the middle of some blocks."""

    def block() -> float:
        started = time.thread_time()
        for _ in range(WORK // BLOCKS):
            act()
        return (time.thread_time() - started) * 1000 / (WORK // BLOCKS)

    return median(block() for _ in range(BLOCKS))


if __name__ == "__main__":
    main()
