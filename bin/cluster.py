"""A private PostGIS server in the project's folder; the system's own is never touched.

As root it runs as Debian's `postgres` (PostgreSQL refuses root), otherwise as whoever calls.
Standard library only: it must work before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

AS_ROOT = os.geteuid() == 0
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
shared_buffers = 256MB
wal_compression = lz4
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
# what people told us stays out of the log: no parameters, no failed rows, no failed statements
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
log_min_error_statement = panic
"""
DURABLE = "fsync = on\nfull_page_writes = on\nsynchronous_commit = on\n"
FAST = "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\nmax_wal_size = 4GB\n"


class ClusterFailed(RuntimeError):
    """The server could not be made, started or stopped."""


@dataclass(frozen=True)
class Server:
    """A running server: where it listens and its superuser's password."""

    home: Path
    port: int
    password: str

    def address(self, database: str = "postgres") -> str:
        """The superuser's connection; only for making roles and databases."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{database}"


def programs() -> Path:
    """The folder of the newest PostgreSQL that has PostGIS beside it."""
    found = [
        folder / "bin"
        for folder in Path("/usr/lib/postgresql").glob("*")
        if (folder / "bin/postgres").exists()
        and Path(f"/usr/share/postgresql/{folder.name}/extension/postgis.control").exists()
    ]
    if not found:
        raise ClusterFailed("PostgreSQL with PostGIS is not installed")
    return max(found, key=lambda folder: int(folder.parent.name))


def run(*command: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a program as the server's user, from a folder and with a umask that fit any caller."""
    words = [str(word) for word in command]
    if AS_ROOT:
        words = ["runuser", "-u", "postgres", "--", *words]
    done = subprocess.run(words, text=True, cwd="/", umask=0o022, capture_output=True, check=False)
    if check and done.returncode:
        raise ClusterFailed(f"{words[-1]}: {done.stdout}{done.stderr}"[-2000:])
    return done


def home(wanted: Path) -> Path:
    """The folder itself, or one under /var/lib where `postgres` cannot enter it."""
    wanted = wanted.absolute()
    wanted.parent.mkdir(parents=True, exist_ok=True)
    if AS_ROOT and run("test", "-x", wanted.parent, check=False).returncode:
        name = hashlib.sha256(str(wanted).encode()).hexdigest()[:10]
        return Path("/var/lib") / f"jpt-{name}"
    return wanted


def up(wanted: Path, *, fast: bool = False) -> Server:
    """The server runs when this returns; a new one is made where there is none."""
    root = home(wanted)
    root.mkdir(parents=True, exist_ok=True)
    if AS_ROOT:
        shutil.chown(root, "postgres", "postgres")
        root.chmod(0o755)
    if not (root / "data/PG_VERSION").exists():
        _make(root, fast)
    port = running_port(root) or _start(root)
    return Server(root, port, (root / "password").read_text())


def down(wanted: Path) -> None:
    """No server runs in the folder when this returns."""
    root = home(wanted)
    if (root / "data/postmaster.pid").exists():
        run(programs() / "pg_ctl", "-D", root / "data", "-m", "fast", "-w", "stop", check=False)


def remove(wanted: Path) -> None:
    """Neither server nor data are left."""
    down(wanted)
    shutil.rmtree(home(wanted), ignore_errors=True)


def running_port(root: Path) -> int | None:
    """The port of the living server, from lines 1 and 4 of postmaster.pid.

    A killed postmaster may stay a zombie that `pg_ctl` believes alive: the process decides.
    """
    pid_file = root / "data/postmaster.pid"
    try:
        lines = pid_file.read_text().splitlines()
        state = Path(f"/proc/{lines[0]}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, IndexError):
        return None
    if state == "Z":
        pid_file.unlink()
        return None
    if len(lines) < 4:
        return None
    ready = run(programs() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", lines[3], check=False)
    return int(lines[3]) if ready.returncode == 0 else None


def _make(root: Path, fast: bool) -> None:
    shutil.rmtree(root / "data", ignore_errors=True)  # one that was broken off half-way
    password = root / "password"
    password.touch(0o600)
    password.chmod(0o600)
    password.write_text(secrets.token_urlsafe(24))
    if AS_ROOT:
        shutil.chown(password, "postgres", "postgres")
    options = ["-k", "-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8"]
    where = ["-D", root / "data", f"--pwfile={password}"]
    run(programs() / "initdb", *where, *options, *(["--no-sync"] if fast else []))
    with (root / "data/postgresql.conf").open("a") as settings:
        settings.write(SETTINGS + (FAST if fast else DURABLE))


def _start(root: Path) -> int:
    """A port may be taken meanwhile; a killed server's children hold its memory for a moment."""
    for _ in range(20):
        where = ["-D", root / "data", "-l", root / "log"]
        options = ["-w", "-t", "60", "-o", f"-p {free_port()}"]
        run(programs() / "pg_ctl", *where, *options, "start", check=False)
        if port := running_port(root):
            return port
        time.sleep(0.5)
    raise ClusterFailed((root / "log").read_text()[-2000:])


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
