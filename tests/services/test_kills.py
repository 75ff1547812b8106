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
    "receipts": "select count(*) from receipts r where r.interview_id = i.id and level = 'data'",
}
ENVELOPE_OF = "select interview_id::text, level, jws from receipts"
RECEIVED = "select sealed_sha256 from evidence where received_at is not null"


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
    told: dict[str, str] = field(default_factory=dict)

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
        return self._put(path, one.envelope, one.headers, f"{one.interview}-revision", step)

    def put_file(self, one: Sealed, step: int | None = None) -> Answer:
        """Sends its photo, stopping at this step."""
        [(digest, content)] = one.files.items()
        path = f"/api/v1/interviews/{one.interview}/evidence/{digest}"
        key = {"Jpt-Ingest-Key": one.key}
        return self._put(path, content, key, f"{one.interview}-file", step)

    def _put(
        self, path: str, body: bytes, more: dict[str, str], name: str, step: int | None
    ) -> Answer:
        headers = APP | more | {"Authorization": f"Hand-In {self.phone.token}"}
        if step is not None:
            headers["Jpt-Step"] = f"{name} {step}"
        kind = "application/octet-stream"
        return Client(self.server.port).put(path, data=body, headers=headers, content_type=kind)

    def learn(self, one: Sealed) -> tuple[list[str], list[str]]:
        """The steps of taking a revision, and of taking a file."""
        assert self.put(one, 0).status_code == 201
        assert self.put_file(one, 0).status_code == 201
        names = (self.steps / f"{one.interview}-{what}.steps" for what in ("revision", "file"))
        revision, file = (name.read_text().split("\n") for name in names)
        return revision, file

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
        _, (revision, file) = [stage.learn(one) for one in stage.interviews(2)]
        assert {"heard", "committed", "answered"} <= set(revision)
        assert {"heard", "flushed", "renamed", "committed", "answered"} <= set(file)
        made = stage.interviews(len(revision) + len(file) + 3)
        before, at_file, safe = (
            made[: len(revision)],
            made[len(revision) : -3],
            made[-3:],
        )
        for one in [*at_file, *safe]:
            assert stage.put(one).status_code == 201
        told = {one.interview: stage.put_file(one).get_json()["receipt"] for one in safe}
        with ThreadPoolExecutor(len(made)) as pool:
            sent = [pool.submit(stage.put, one, n) for n, one in enumerate(before, 1)]
            sent += [pool.submit(stage.put_file, one, n) for n, one in enumerate(at_file, 1)]
            names = {f"{one.interview}-revision" for one in before}
            names |= {f"{one.interview}-file" for one in at_file}
            wait_until_all_have_stopped(stage, names)
            kill(stage)
            (stage.steps / "go").touch()
            told |= answers([*before, *at_file], sent)
        come_back(stage)
        held = is_sound(stage, told)
        assert 0 < len(held & {one.interview for one in before}) < len(before)
        is_taken_when_sent_again(stage, made, told)


def wait_until_all_have_stopped(stage: Stage, names: set[str]) -> None:
    """At their step; or at their end, where a folder that was there already made it shorter."""
    deadline = time.monotonic() + 60
    while left := names - {one.stem for one in stage.steps.iterdir()}:
        assert time.monotonic() < deadline, left
        time.sleep(0.05)


def answers(made: list[Sealed], sent: list[Future[Answer]]) -> dict[str, str]:
    """The receipts that reached the phone; a broken connection and a polite 503 are no receipt."""
    told = {}
    for one, future in zip(made, sent, strict=True):
        if isinstance(future.exception(), OSError | Exception) and future.exception():
            continue
        answer = future.result()
        assert answer.status_code in (200, 201, 503), answer.text
        if answer.status_code != 503 and answer.get_json()["receipt"]:
            told[one.interview] = answer.get_json()["receipt"]
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
