"""A register of its own that is really durable, on a server that a test may kill."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cluster
import database as databases
import psycopg

from tests.fixtures.database import KEYS, VAR, migrate, own

HOME, NAME = own("durable-test-pg"), "killed"


@contextmanager
def register() -> Iterator[tuple[cluster.Server, databases.Addresses]]:
    """An empty, migrated database; one test process at a time has this server."""
    VAR.mkdir(exist_ok=True)
    with own("durable-test-pg.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server = cluster.up(HOME)
        secret = databases.passwords(KEYS)
        databases.ensure_roles(server, secret)
        with psycopg.connect(server.address(), autocommit=True) as connection:
            connection.execute(f"drop database if exists {NAME} with (force)")
        databases.create_database(server, NAME)
        found = databases.addresses(server, secret, NAME)
        migrate(found.owner)
        yield server, found
        cluster.down(HOME)


def postmaster(server: cluster.Server) -> int:
    """The process id of the server's first process."""
    return int((server.home / "data/postmaster.pid").read_text().split()[0])


def children(parent: int) -> list[int]:
    """The processes that this one has started."""
    return [int(one) for one in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def kill(server: cluster.Server) -> None:
    """As when the power goes: no process of the server gets to finish anything."""
    first = postmaster(server)
    every = [first, *children(first)]
    for process in every:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    while any(lives(process) for process in every):
        time.sleep(0.02)


def lives(process: int) -> bool:
    """Whether it still runs; a killed one may wait for its parent's notice."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def recover(server: cluster.Server) -> None:
    """The killed server runs again where it ran, recovered from its log."""
    cluster.running_port(server.home)  # forgets a postmaster that is dead and not yet buried
    where = ["-D", server.home / "data", "-l", server.home / "log"]
    program = cluster.programs() / "pg_ctl"
    cluster.run(program, *where, "-w", "-t", "60", "-o", f"-p {server.port}", "start")
