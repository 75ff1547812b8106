"""What was acknowledged is still there when a process is killed or the power goes."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import world
from tests.fixtures.application import Server
from tests.fixtures.database import ROOT
from tests.handset import APP, Handset, Sealed

KEEP = """
import os, sys
from pathlib import Path
from webapp import files
content = b"sealed " * 30_000
files.keep(Path(sys.argv[1]), iter([content]), bytes.fromhex(sys.argv[2]), len(content))
os.write(1, b"kept")
"""
CONTENT = b"sealed " * 30_000
SENT, KILLED_AFTER, CLIENTS = 48, 12, 8


@pytest.fixture
def killable(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    """The served application of this test alone."""
    server = Server(environment, tmp_path / "log")
    server.start()
    yield server
    server.stop()


class TestAnEvidenceFile:
    def test_is_flushed_then_named_in_a_folder_on_disk_then_that_is_flushed(
        self, tmp_path: Path
    ) -> None:
        digest = hashlib.sha256(CONTENT).hexdigest()
        folder, calls = tmp_path / "evidence", tmp_path / "calls"
        traced = ["strace", "-f", "-y", "-s", "200", "-e", "trace=fsync,/rename.*,write"]
        keep = [sys.executable, "-c", KEEP, str(folder), digest]
        subprocess.run([*traced, "-o", calls, *keep], cwd=ROOT, check=True, timeout=60)
        assert told(calls.read_text(), folder) == [
            "fsync ",
            "fsync file",
            "fsync ",
            "rename",
            f"fsync /{digest[:2]}",
            "kept",
        ]


def told(calls: str, folder: Path) -> list[str]:
    """The calls that matter, in the order in which they came to an end."""
    kinds = (
        (rf"fsync\(\d+<{folder}/incoming/\w+>\) += 0", "fsync file"),
        (rf'rename\w*\(.*"{folder}/incoming/\w+", .*\) = 0', "rename"),
        (rf"fsync\(\d+<{folder}([^>]*)>\) += 0", "fsync {0}"),
        (r'write\(1\D.*"kept", 4\) += 4', "kept"),
    )
    found = []
    for line in calls.splitlines():
        for pattern, name in kinds:
            if match := re.search(pattern, line):
                found.append(name.format(*match.groups()))
                break
    return found


class TestAKilledWorker:
    def test_loses_nothing_it_gave_a_receipt_for(
        self, mali: Handset, the_world: Session, killable: Server
    ) -> None:
        made = [mali.interview(household=a_new_household(n)) for n in range(SENT)]
        killed = Event()
        receipts: dict[str, str] = {}

        def send(one: Sealed) -> None:
            if (told := handed_in(mali, killable, one)) is None:
                return
            receipts[one.digest] = told
            if len(receipts) >= KILLED_AFTER and not killed.is_set():
                killed.set()
                kill_workers(killable)

        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(send, made))
        assert killed.is_set()
        assert receipts.items() <= in_the_register(the_world).items()
        again = {one.digest: until_handed_in(mali, killable, one) for one in made}
        assert receipts.items() <= again.items()
        assert again == in_the_register(the_world)
        assert world.counts(the_world, world.NAM_SAI)["received"] == SENT


def a_new_household(number: int) -> dict[str, object]:
    """One that the volunteer found."""
    return {
        "id": str(uuid.uuid4()),
        "new": True,
        "village": world.NAM_SAI,
        "house_number": f"99/{number}",
    }


def handed_in(phone: Handset, server: Server, one: Sealed) -> str | None:
    """The receipt, or None where the connection broke before it came."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    path = f"/api/v1/interviews/{one.interview}/revisions/{one.digest}"
    right = {"Authorization": f"Hand-In {phone.token}", "Content-Type": "application/octet-stream"}
    try:
        connection.request("PUT", path, one.envelope, APP | one.headers | right)
        answer = connection.getresponse()
        content = answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    assert answer.status in (200, 201), content
    receipt: str = json.loads(content)["receipt"]
    return receipt


def until_handed_in(phone: Handset, server: Server, one: Sealed) -> str:
    """As a phone does: again, until there is a receipt."""
    for _ in range(40):
        if receipt := handed_in(phone, server, one):
            return receipt
        time.sleep(0.25)
    raise AssertionError("no receipt")


def kill_workers(server: Server) -> None:
    """Every worker ends at once, whatever it is doing; the master starts another."""
    assert server.process
    master = server.process.pid
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    assert workers
    for worker in workers:
        os.kill(int(worker), signal.SIGKILL)


def in_the_register(register: Session) -> dict[str, str]:
    """Every receipt of a revision that is held, by digest."""
    register.rollback()
    rows = register.execute(
        text(
            "select encode(digest, 'hex') as digest, jws from receipts "
            "join revisions using (interview_id, digest) join interviews i on i.id = interview_id"
        )
    )
    return {row.digest: row.jws for row in rows}
