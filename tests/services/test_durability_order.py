"""Seen by the kernel: what makes an answer true is on disk before the answer leaves."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tests import durable, world
from tests.browsing import Client
from tests.fixtures.application import Server
from tests.handset import APP, Handset, Sealed
from webapp import keys

CALLS = "trace=fsync,fdatasync,/rename.*,write,sendto,sendmsg,writev"
KINDS = (
    (r"f(?:data)?sync\(\d+<[^>]*/evidence/incoming/\w+>\) += 0", "file on disk"),
    (r"rename\w*\(.*/evidence/incoming/\w+", "file named"),
    (r"fsync\(\d+<[^>]*/evidence/[0-9a-f]{2}>\) += 0", "folder on disk"),
    (r"sendto\(.*jpt_file_arrival", "row of the file"),
    (r"sendto\(.*jpt_arrival", "questions"),
    (r"sendto\(.*COMMIT", "commit asked"),
    (r"fdatasync\(\d+<[^>]*/pg_wal/\w+>\) += 0", "log on disk"),
    (r"(?:sendto|sendmsg|write|writev)\(.*HTTP/1\.1 20[01]", "answer"),
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Handset, int]]:
    """A durable register, an application of its own, a phone; and the database's first process."""
    tmp_path = tmp_path_factory.mktemp("served")
    with durable.register() as (server, addresses):
        keys.make(tmp_path / "keys")
        with Session(create_engine(addresses.loader, poolclass=NullPool)) as session:
            world.build(session, keys.load(tmp_path / "keys").secrets["pepper"])
        app = Server(addresses.environment(tmp_path), tmp_path / "log")
        try:
            app.start()
            phone = Handset(Client(app.port), world.MALI, "mali")  # type: ignore[arg-type]
            phone.sign_in()
            phone.hello()
            yield app, phone, durable.postmaster(server)
        finally:
            app.stop()


@contextmanager
def traced(log: Path, *roots: int) -> Iterator[None]:
    """Every call that matters of these processes and their children, in one order."""
    every = [str(one) for root in roots for one in (root, *durable.children(root))]
    attach = [word for one in every for word in ("-p", one)]
    options = ["-f", "-y", "-s", "300", "-e", CALLS, "-o", str(log)]
    with subprocess.Popen(["strace", *options, *attach], stderr=subprocess.PIPE) as tracer:
        assert tracer.stderr
        attached = 0
        while attached < len(every):
            attached += b"attached" in tracer.stderr.readline()
        yield
        time.sleep(0.3)
        tracer.send_signal(signal.SIGINT)
        tracer.stderr.read()


def told(log: Path) -> list[str]:
    """The calls that matter, in the order in which they came to an end."""
    found = []
    for line in log.read_text(errors="replace").splitlines():
        for pattern, name in KINDS:
            if re.search(pattern, line):
                found.append(name)
                break
    return found


def a_household(phone: Handset) -> Sealed:
    """One that is on no list yet, with a photo."""
    house = {"id": str(uuid.uuid4()), "new": True, "village": world.NAM_SAI, "house_number": "5"}
    return phone.interview({"photo": os.urandom(9_000)}, household=house)


def put(server: Server, phone: Handset, path: str, body: bytes, more: dict[str, str]) -> None:
    headers = APP | more | {"Authorization": f"Hand-In {phone.token}"}
    kind = "application/octet-stream"
    answer = Client(server.port).put(path, data=body, headers=headers, content_type=kind)
    assert answer.status_code == 201, answer.text


def send(server: Server, phone: Handset, one: Sealed) -> None:
    path = f"/api/v1/interviews/{one.interview}/revisions/{one.digest}"
    put(server, phone, path, one.envelope, one.headers)


def send_file(server: Server, phone: Handset, one: Sealed) -> None:
    [(digest, content)] = one.files.items()
    path = f"/api/v1/interviews/{one.interview}/evidence/{digest}"
    put(server, phone, path, content, {"Jpt-Ingest-Key": one.key})


def send_whole(server: Server, phone: Handset, one: Sealed) -> None:
    parts = [one.envelope, *one.files.values()]
    sizes = {"Jpt-Parts": ",".join(str(len(part)) for part in parts)}
    path = f"/api/v1/interviews/{one.interview}/whole/{one.digest}"
    put(server, phone, path, b"".join(parts), one.headers | sizes)


class TestTheAnswer:
    def test_to_an_interview_leaves_after_the_log_is_on_disk(
        self, served: tuple[Server, Handset, int], tmp_path: Path
    ) -> None:
        server, phone, database = served
        assert server.process
        one = a_household(phone)
        with traced(tmp_path / "calls", server.process.pid, database):
            send(server, phone, one)
        seen = told(tmp_path / "calls")
        assert seen.count("answer") == 1, seen
        assert "log on disk" in seen[seen.index("questions") : seen.index("answer")], seen

    def test_to_a_household_leaves_after_its_files_folder_and_log_are_on_disk(
        self, served: tuple[Server, Handset, int], tmp_path: Path
    ) -> None:
        server, phone, database = served
        assert server.process
        one = a_household(phone)
        with traced(tmp_path / "calls", server.process.pid, database):
            send_whole(server, phone, one)
        seen = told(tmp_path / "calls")
        wanted = ["file on disk", "file named", "folder on disk", "questions"]
        assert list(dict.fromkeys(one for one in seen if one in wanted)) == wanted, seen
        assert "log on disk" in seen[seen.index("questions") : seen.index("answer")], seen

    def test_to_a_file_leaves_after_file_folder_and_log_are_on_disk(
        self, served: tuple[Server, Handset, int], tmp_path: Path
    ) -> None:
        server, phone, database = served
        assert server.process
        one = a_household(phone)
        send(server, phone, one)
        with traced(tmp_path / "calls", server.process.pid, database):
            send_file(server, phone, one)
        seen = told(tmp_path / "calls")
        wanted = ["file on disk", "file named", "folder on disk", "row of the file"]
        assert list(dict.fromkeys(one for one in seen if one in wanted)) == wanted, seen
        assert "log on disk" in seen[seen.index("row of the file") : seen.index("answer")], seen
