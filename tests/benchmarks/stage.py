"""The stage of a benchmark: a durable server, a province of a thousand villages, gunicorn."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import cluster
import database as databases
import psycopg
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests import world
from tests.fixtures.application import Server
from tests.fixtures.database import ROOT, VAR, migrate
from tests.handset import Handset
from webapp import create_app, keys
from webapp.blueprints.sessions import COOKIE, token_hash
from webapp.config import Config

BENCH = VAR / "bench"
WORKERS, THREADS = 2, 32
SUBDISTRICTS, VILLAGES_EACH = range(10, 22), 99
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
PROVINCE = f"""
    insert into areas (code, level, parent_code, path, name_th, boundary, boundary_simple)
    select '4301' || s, 'subdistrict', '4301', 'TH.43.4301.4301' || s || '.', 'ตำบล ' || s, b, b
    from generate_series({SUBDISTRICTS[0]}, {SUBDISTRICTS[-1]}) s,
        st_geomfromewkt('{world.BOUNDARY}') b;
    insert into areas (code, level, parent_code, path, name_th)
    select a.code || lpad(v::text, 2, '0'), 'village', a.code,
        a.path || a.code || lpad(v::text, 2, '0') || '.', 'บ้าน ' || v
    from areas a, generate_series(1, {VILLAGES_EACH}) v
    where a.level = 'subdistrict' and a.code >= '4301{SUBDISTRICTS[0]}' and a.parent_code = '4301';
    insert into villages (code, subdistrict_code, moo, kind, point)
    select code, parent_code, substr(code, 7)::int, 'village', 'SRID=4326;POINT(102.7 17.85)'
    from areas where level = 'village' and parent_code >= '4301{SUBDISTRICTS[0]}'
        and parent_code < '4302';
    insert into assignments (round_id, account_id, village_code, path)
    select '{world.ROUND}', '{world.MALI}', code, path
    from areas where level = 'village' and parent_code >= '4301{SUBDISTRICTS[0]}'
        and parent_code < '4302';
"""
HOUSEHOLDS = """
    with village as (select code, path, row_number() over (order by code) - 1 as n from areas
        where code in (select village_code from assignments where account_id = %(mali)s)),
    listed as (
        insert into households (id, round_id, village_code, path, house_number, head_name)
        select gen_random_uuid(), %(round)s, v.code, v.path, h::text, 'หัวหน้า ตัวอย่าง'
        from generate_series(0, %(count)s - 1) h
        join village v on v.n = h %% (select count(*) from village)
        returning id, village_code, path, house_number),
    counted as (
        insert into village_progress as p (round_id, village_code, path, todo)
        select %(round)s, village_code, path, count(*) from listed group by village_code, path
        on conflict (round_id, village_code) do update set todo = p.todo + excluded.todo)
    select id, village_code, house_number from listed order by random()
"""


class Stage:
    """Everything that a benchmark needs, under var/bench; `close` stops it.

    With `held`, the register holds so many interviews already. Making a million takes minutes, so
    such a database stays for the next time.
    """

    def __init__(self, held: int = 0) -> None:
        BENCH.mkdir(parents=True, exist_ok=True)
        self.cluster = cluster.up(BENCH / "pg")
        self.secret = databases.passwords(BENCH / "keys")
        databases.ensure_roles(self.cluster, self.secret)
        keys.make(BENCH / "keys")
        self._open(held)
        self.server = Server(self.environment, BENCH / "log", workers=WORKERS, threads=THREADS)
        self.server.start()
        app = create_app(Config.from_environment(self.environment))
        client = app.test_client()
        token = secrets.token_urlsafe(32)
        self._sign_in(token)
        client.set_cookie(COOKIE, token)
        self.phone = Handset(client, world.MALI, "mali")
        self.phone.hello()
        self.cookie = f"{COOKIE}={token}"

    def close(self) -> None:
        """Nothing of it runs any more; what it wrote stays for a look."""
        self.server.stop()
        cluster.down(BENCH / "pg")

    def households(self, count: int) -> list[tuple[str, str, str]]:
        """So many new households of the list: id, village and house number."""
        with psycopg.connect(self._superuser()) as connection:
            found = connection.execute(
                HOUSEHOLDS, {"round": world.ROUND, "mali": world.MALI, "count": count}
            )
            rows = [(str(key), village, number) for key, village, number in found.fetchall()]
            connection.execute("analyze households")  # as a list is that was imported long before
            return rows

    def ask(self, question: str) -> Any:
        """What the database says, to one who sees everything."""
        with psycopg.connect(self._superuser(), autocommit=True) as connection:
            row = connection.execute(question).fetchone()
            return row[0] if row else None

    def set(self, name: str, value: int) -> None:
        """A setting of the server, from now on."""
        with psycopg.connect(self._superuser(), autocommit=True) as connection:
            connection.execute(f"alter system set {name} = {value}")
            connection.execute("select pg_reload_conf()")

    def wal(self) -> int:
        """Bytes of WAL written since the server was made."""
        return int(self.ask("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"))

    def cpu_ms(self) -> tuple[float, float]:
        """CPU time spent so far by gunicorn and by PostgreSQL."""
        return cpu_ms(self.gunicorn), cpu_ms(self.postmaster)

    @property
    def gunicorn(self) -> int:
        """The master's process id."""
        return self.server.process.pid if self.server.process else 0

    @property
    def postmaster(self) -> int:
        """The database server's process id."""
        return int((self.cluster.home / "data/postmaster.pid").read_text().split()[0])

    def _open(self, held: int) -> None:
        self.database = f"bench_{held}"
        self.addresses = databases.addresses(self.cluster, self.secret, self.database)
        self.environment = self.addresses.environment(BENCH) | {"JPT_DEMO": "1"}
        if held and self._exists():
            migrate(self.addresses.owner)
            return
        with psycopg.connect(self.cluster.address(), autocommit=True) as connection:
            connection.execute(f"drop database if exists {self.database} with (force)")
        databases.create_database(self.cluster, self.database)
        migrate(self.addresses.owner)
        self._build(held)

    def _exists(self) -> bool:
        """A database that was broken off half-way has another name."""
        with psycopg.connect(self.cluster.address()) as connection:
            asked = (
                "select from pg_database d where datname = %s and shobj_description(d.oid, %s) = %s"
            )
            values = (self.database, "pg_database", "finished")
            return connection.execute(asked, values).fetchone() is not None

    def _build(self, held: int) -> None:
        engine = create_engine(self.addresses.loader)
        with Session(engine) as session:
            world.build(session, keys.load(BENCH / "keys").secrets["pepper"])
        engine.dispose()
        with psycopg.connect(self._superuser(), autocommit=True) as connection:
            connection.execute(PROVINCE)
        if held:
            command = [sys.executable, "-m", "flask", "demo", "generate", f"--households={held}"]
            subprocess.run(command, cwd=ROOT, env=os.environ | self.environment, check=True)
        with psycopg.connect(self._superuser(), autocommit=True) as connection:
            connection.execute("vacuum (analyze)")
            connection.execute(f"comment on database {self.database} is 'finished'")

    def _sign_in(self, token: str) -> None:
        """Mali's session, without the page."""
        with psycopg.connect(self._superuser(), autocommit=True) as connection:
            connection.execute(
                "insert into sessions (token_hash, account_id, data, expires_at) "
                "values (%s, %s, '{\"role\": \"volunteer\"}', now() + interval '1 day')",
                (token_hash(token), world.MALI),
            )

    def _superuser(self) -> str:
        return self.cluster.address(self.database)


def children(parent: int) -> list[int]:
    """The processes that this one started and that live."""
    return [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/stat")
        if (fields := stat(path)) and int(fields[1]) == parent
    ]


def cpu_ms(parent: int) -> float:
    """User and system time of a process, of its living children and of its ended ones."""
    own = stat(Path(f"/proc/{parent}/stat"))
    total = sum(int(one) for one in own[11:15])
    for child in children(parent):
        total += sum(int(one) for one in stat(Path(f"/proc/{child}/stat"))[11:13])
    return total * TICK_MS


def stat(path: Path) -> list[str]:
    """A process's figures from its state on; none where it has ended."""
    try:
        return path.read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def pss_mb(process: int) -> float:
    """Memory of a process, what it shares divided among the sharers."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    line = next(one for one in text.splitlines() if one.startswith("Pss:"))
    return int(line.split()[1]) / 1024
