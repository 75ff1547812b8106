"""Worker or database server killed at every step of intake: no receipt lied, nothing is half."""

from __future__ import annotations

import hashlib
import os
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from cluster import Server as Cluster
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tests import books, durable, world
from tests.benchmarks.stage import HOUSEHOLDS, PROVINCE
from tests.browsing import Answer, Client
from tests.fixtures.application import Server
from tests.handset import APP, Handset, Sealed
from webapp import files, keys

PARTS = {
    "households": "select count(*) from households h where h.interview_id = i.id",
    "revisions": "select count(*) from revisions r where r.interview_id = i.id",
    "members": "select count(*) from members m where m.interview_id = i.id",
    "receipts": "select count(distinct digest) from receipts r where r.interview_id = i.id",
}
ENVELOPE_OF = "select interview_id::text, level, jws from receipts"
NOT_COMPLETE = """select r.interview_id from receipts r join interviews i on i.id = r.interview_id
    where r.level = 'complete' and i.evidence_due > 0"""
RECEIVED = "select sealed_sha256 from evidence where received_at is not null"
WAYS = {
    "put": {"heard", "committed", "answered"},
    "put_file": {"heard", "flushed", "renamed", "committed", "answered"},
    "put_whole": {"heard", "flushed", "renamed", "committed", "answered"},
    "post": {"heard", "committed", "answered"},
}
"""What a phone may send, by the function below, and steps that each must have. `post` is last."""
OCTETS = {"content_type": "application/octet-stream"}


class Braked(Server):
    """The application that stops where a request says."""

    def _command(self) -> list[str]:
        return ["tests.stepping:app" if one == "wsgi:app" else one for one in super()._command()]


@dataclass
class Stage:
    """A durable register, the served application before it, and one volunteer's phone."""

    cluster: Cluster
    server: Braked
    phone: Handset
    steps: Path
    evidence: Path
    superuser: str
    loader: str
    beside: dict[str, Sealed] = field(default_factory=dict)

    def interviews(self, count: int) -> list[Sealed]:
        """So many of as many villages, each with a photo."""
        with psycopg.connect(self.superuser) as connection:
            wanted = {"round": world.ROUND, "mali": world.MALI, "count": count}
            rows = connection.execute(HOUSEHOLDS, wanted).fetchall()
        return [self._interview(*row) for row in rows]

    def _interview(self, household: uuid.UUID, village: str, number: str) -> Sealed:
        where = {"id": str(household), "new": False, "village": village, "house_number": number}
        return self.phone.interview({"photo": os.urandom(9_000)}, household=where)

    def put(self, one: Sealed, step: int | None = None) -> Answer:
        """Sends the revision, stopping at this step."""
        path = f"/api/v1/interviews/{one.interview}/revisions/{one.digest}"
        headers = self._headers(one, step) | one.headers
        return self._client().put(path, data=one.envelope, headers=headers, **OCTETS)

    def put_file(self, one: Sealed, step: int | None = None) -> Answer:
        """Sends its photo, stopping at this step."""
        [(digest, content)] = one.files.items()
        path = f"/api/v1/interviews/{one.interview}/evidence/{digest}"
        headers = self._headers(one, step) | {"Jpt-Ingest-Key": one.key}
        return self._client().put(path, data=content, headers=headers, **OCTETS)

    def put_whole(self, one: Sealed, step: int | None = None) -> Answer:
        """Sends both in one request, as a phone does first, stopping at this step."""
        parts = [one.envelope, *one.files.values()]
        sizes = {"Jpt-Parts": ",".join(str(len(part)) for part in parts)}
        headers = self._headers(one, step) | one.headers | sizes
        path = f"/api/v1/interviews/{one.interview}/whole/{one.digest}"
        return self._client().put(path, data=b"".join(parts), headers=headers, **OCTETS)

    def post(self, one: Sealed, step: int | None = None) -> Answer:
        """Sends the revision beside another household's in one request, stopping at this step."""
        items = {"items": [one.item, self.beside[one.interview].item]}
        headers = self._headers(one, step)
        return self._client().post("/api/v1/revisions", json=items, headers=headers)

    def _client(self) -> Client:
        return Client(self.server.port)

    def _headers(self, one: Sealed, step: int | None) -> dict[str, str]:
        stop = {} if step is None else {"Jpt-Step": f"{one.interview} {step}"}
        return APP | stop | {"Authorization": f"Hand-In {self.phone.token}"}

    def learn(self, way: str, one: Sealed) -> int:
        """How many steps it takes to bring this in that way."""
        if way == "put_file":
            assert self.put(one).status_code == 201
        assert getattr(self, way)(one, 0).status_code in (200, 201)
        steps = (self.steps / f"{one.interview}.steps").read_text().split("\n")
        assert set(steps) >= WAYS[way]
        return len(steps)

    def look(self) -> Session:
        """A session that sees every row."""
        return Session(create_engine(self.loader, poolclass=NullPool))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Everything of this test alone; a thousand villages in which Mali works."""
    with durable.register() as (server, addresses):
        keys.make(tmp_path / "keys")
        superuser = server.address(durable.NAME)
        with Session(create_engine(addresses.loader, poolclass=NullPool)) as session:
            world.build(session, keys.load(tmp_path / "keys").secrets["pepper"])
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute(PROVINCE)
        steps = tmp_path / "steps"
        steps.mkdir()
        more = {"JPT_STEPS": str(steps), "JPT_POOL_SIZE": "80", "JPT_TESTING": "0"}
        environment = addresses.environment(tmp_path) | more
        app = Braked(environment, tmp_path / "log", threads=80)
        app.start()
        phone = Handset(Client(app.port), world.MALI, "mali")  # type: ignore[arg-type]
        phone.sign_in()
        phone.hello()
        yield Stage(server, app, phone, steps, tmp_path / "evidence", superuser, addresses.loader)
        app.stop()


def kill_workers(stage: Stage) -> None:
    assert stage.server.process
    for worker in durable.children(stage.server.process.pid):
        os.kill(worker, signal.SIGKILL)


def kill_database(stage: Stage) -> None:
    durable.kill(stage.cluster)


class TestAKillAtEachStep:
    @pytest.mark.parametrize("kill", [kill_workers, kill_database])
    def test_leaves_whole_what_was_acknowledged_and_nothing_half(
        self, stage: Stage, kill: Callable[[Stage], None]
    ) -> None:
        tries, safe = everything_to_try(stage)
        told = {one.interview: stage.put_file(one).get_json()["receipt"] for one in safe}
        with ThreadPoolExecutor(len(tries)) as pool:
            sent = [pool.submit(getattr(stage, a.way), a.one, a.step) for a in tries]
            wait_until_all_have_stopped(stage, {a.one.interview for a in tries})
            kill(stage)
            (stage.steps / "go").touch()
            told |= answers(tries, sent)
        come_back(stage)
        held = is_sound(stage, told)
        for way in ("put", "put_whole", "post"):
            those = {a.one.interview for a in tries if a.way == way}
            assert 0 < len(held & those) < len(those), way
        for one, beside in stage.beside.items():
            assert (one in held) == (beside.interview in held)
        made = [*(a.one for a in tries), *stage.beside.values(), *safe]
        is_taken_when_sent_again(stage, made, told)


@dataclass(frozen=True)
class Try:
    """One interview sent in one way, stopped at one step."""

    way: str
    one: Sealed
    step: int


def everything_to_try(stage: Stage) -> tuple[list[Try], list[Sealed]]:
    """Each way stopped at each of its steps, and three that are held before anything happens."""
    *first, beside = stage.interviews(len(WAYS) + 1)
    stage.beside[first[-1].interview] = beside
    lengths = {way: stage.learn(way, one) for way, one in zip(WAYS, first, strict=True)}
    wanted = [(way, step) for way, steps in lengths.items() for step in range(1, steps + 1)]
    *made, a, b, c = stage.interviews(len(wanted) + lengths["post"] + 3)
    tries = [Try(way, made.pop(), step) for way, step in wanted]
    posted = [one.one.interview for one in tries if one.way == "post"]
    stage.beside = dict(zip(posted, made, strict=True))
    for one in [*(one.one for one in tries if one.way == "put_file"), a, b, c]:
        assert stage.put(one).status_code == 201
    return tries, [a, b, c]


def wait_until_all_have_stopped(stage: Stage, names: set[str]) -> None:
    """At their step; or at their end, where a folder that was there already made it shorter."""
    deadline = time.monotonic() + 60
    while left := names - {one.stem for one in stage.steps.iterdir()}:
        assert time.monotonic() < deadline, left
        time.sleep(0.05)


def answers(tries: list[Try], sent: list[Future[Answer]]) -> dict[str, str]:
    """The receipts that reached the phone; a broken connection and a polite 503 are no receipt."""
    told = {}
    for one, future in zip(tries, sent, strict=True):
        if isinstance(future.exception(), OSError | Exception) and future.exception():
            continue
        answer = future.result()
        assert answer.status_code in (200, 201, 503), answer.text
        said = answer.get_json()
        for item in said.get("items", [said]):
            if item.get("receipt"):
                told[item.get("interview", one.one.interview)] = item["receipt"]
    return told


def come_back(stage: Stage) -> None:
    """Server and application run again."""
    if not durable.lives(durable.postmaster(stage.cluster)):
        durable.recover(stage.cluster)
    deadline = time.monotonic() + 60
    while not stage.server.answers():
        assert time.monotonic() < deadline, stage.server.log.read_text()[-2000:]
        time.sleep(0.1)


def is_sound(stage: Stage, told: dict[str, str]) -> set[str]:
    """What was told is held word for word, every interview is whole, every row has its file."""
    with stage.look() as session:
        receipts = session.execute(text(ENVELOPE_OF)).all()
        assert told.items() <= {(one.interview_id, one.jws) for one in receipts}
        counts = ", ".join(f"({query}) as {name}" for name, query in PARTS.items())
        for row in session.execute(text(f"select id, {counts} from interviews i")).mappings():
            assert {row[name] for name in PARTS} == {1}, dict(row)
        whole = {str(one) for one in session.scalars(text("select id from interviews"))}
        assert {one.interview_id for one in receipts} == whole
        assert books.kept_counts(session) == books.recounted(session)
        assert not session.scalars(text(NOT_COMPLETE)).all()
        for digest in session.scalars(text(RECEIVED)):
            content = files.read(stage.evidence, bytes(digest))
            assert hashlib.sha256(content).digest() == bytes(digest)
    return whole


def is_taken_when_sent_again(stage: Stage, made: list[Sealed], told: dict[str, str]) -> None:
    """As a phone does afterwards: everything ends complete, once."""
    for one in made:
        assert stage.put(one).status_code in (200, 201)
        receipt = stage.put_file(one).get_json()
        assert receipt["level"] == "complete"
        told[one.interview] = receipt["receipt"]
    assert is_sound(stage, told) >= {one.interview for one in made}
