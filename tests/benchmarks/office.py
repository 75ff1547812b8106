"""What the back office's lists and searches cost: `python tests/benchmarks/office.py [work]`.

A program, not a test. 200,000 people in a database of their own, on the tests' fast server: once
all of one district, once spread over the country as they are in life (`district` or `country` asks
for one alone). Each page is asked for in this process, as an officer of district, province and
department. Figures are the server's time of a whole request: guard, queries, page.
"""

from __future__ import annotations

import fcntl
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bin"))

import cluster  # noqa: E402
import database as databases  # noqa: E402
import psycopg  # noqa: E402
from flask.testing import FlaskClient  # noqa: E402
from sqlalchemy import create_engine  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from tests import handset, officer, world  # noqa: E402
from tests.benchmarks import office_work  # noqa: E402
from tests.benchmarks.office_spread import SPREADS, Spread  # noqa: E402
from tests.fixtures.database import VAR, migrate  # noqa: E402
from tests.officer import OURS  # noqa: E402
from webapp import create_app, keys  # noqa: E402
from webapp.config import Config  # noqa: E402
from webapp.services import details  # noqa: E402

ACCOUNTS, ROUNDS = 200_000, 20
GIVEN = ("สมชาย", "สมหญิง", "มะลิ", "แก้วใจ", "ประเสริฐ", "กัลยา", "บุญมี", "ไพบูลย์", "เพ็ญศรี", "วันเพ็ญ")
FAMILY = ("ตัวอย่าง", "สมมุติ", "จำลอง", "ทดลอง", "นิทาน", "แบบ")
STATES = ("active",) * 90 + ("waiting",) * 5 + ("suspended",) * 2 + ("refused",) * 2 + ("closed",)
ROLES = ("volunteer",) * 96 + ("inspector",) * 2 + ("viewer",) * 2
AN_ORDER = "select min(id::text) from appointment_orders where area_code = '4301'"
A_PERSON = """
    select min(id::text) from accounts where path like 'TH.43.4301.%' and role = 'volunteer'
"""
REFUSED_INSPECTORS = "/office/people?status=refused&role=inspector"


class Office:
    """An application on a database of many people, and the officers who look at them.

    Making so many takes a minute, so the database stays for the next time.
    """

    def __init__(self, accounts: int, spread: Spread) -> None:
        self.spread = spread
        self._use = (VAR / "test-pg.users").open("w")
        fcntl.flock(self._use, fcntl.LOCK_SH)  # a test run that ends leaves the server to us
        server = cluster.up(VAR / "test-pg", fast=True)
        secret = databases.passwords(VAR / "test-keys")
        databases.ensure_roles(server, secret)
        name = f"bench_{spread.name}_{accounts}"
        self.addresses = databases.addresses(server, secret, name)
        self.superuser = server.address(name)
        with psycopg.connect(server.address(), autocommit=True) as connection:
            asked = "select from pg_database where datname = %s"
            is_there = connection.execute(asked, (name,)).fetchone() is not None
        if not is_there:
            databases.create_database(server, name)
        migrate(self.addresses.owner)
        self.var = VAR / "bench-office"
        keys.make(self.var / "keys")
        environment = self.addresses.environment(self.var)
        self.app = create_app(Config.from_environment(environment | {"JPT_TESTING": "1"}))
        with psycopg.connect(self.superuser) as connection:
            is_empty = connection.execute("select from accounts limit 1").fetchone() is None
        if is_empty:
            self._build(accounts)
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            office_work.add(connection, spread)

    def client(self, username: str) -> FlaskClient:
        """A signed-in officer's browser."""
        client = self.app.test_client()
        answer = handset.sign_in(client, username)
        if answer.status_code != 302:
            raise RuntimeError(f"{username} could not sign in")
        return client

    def first(self, asked: str) -> str:
        """What a question of one row and one value answers."""
        with psycopg.connect(self.superuser) as connection:
            found = connection.execute(asked).fetchone()
        return found[0] if found else ""

    def _build(self, accounts: int) -> None:
        kept: dict[str, bytes] = self.app.extensions["keys"].secrets
        engine = create_engine(self.addresses.loader)
        with Session(engine) as session:
            world.build(session, kept["pepper"])
            officer.officer(session, "suda", "district", "4301")
            officer.officer(session, "chalerm", "department", "TH")
        engine.dispose()
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            connection.execute(self.spread.areas)
            villages = connection.execute(
                "select code, path from areas where level = 'village' order by code"
            ).fetchall()
            _copy_people(connection, villages, kept, accounts)
            connection.execute("vacuum analyze")


def _copy_people(
    connection: psycopg.Connection[Any],
    villages: list[tuple[str, str]],
    kept: dict[str, bytes],
    accounts: int,
) -> None:
    columns = "(id, role, username, name_th, path, status)"
    with connection.cursor().copy(f"copy accounts {columns} from stdin") as rows:
        for number in range(accounts):
            rows.write_row(_account(number, *villages[number % len(villages)]))
    columns = "(account_id, national_id, national_id_index, phone, phone_index, home_village_code)"
    with connection.cursor().copy(f"copy person_details {columns} from stdin") as rows:
        for number in range(accounts):
            village, _ = villages[number % len(villages)]
            numbers = {"national_id": national_id(number), "phone": f"08{number:08}"}
            sealed = details.sealed(kept, account_id(number), numbers)
            rows.write_row((account_id(number), *sealed.values(), village))


def _account(number: int, _: str, path: str) -> tuple[object, ...]:
    given = f"{GIVEN[number % len(GIVEN)]}{number // 997 % 7 or ''}"
    name = f"{given} {FAMILY[number % len(FAMILY)]}{number // 60}"
    role, state = ROLES[number * 7 % 100], STATES[number * 13 % 100]
    return account_id(number), role, f"u{number:07}-x", name, path, state


def account_id(number: int) -> UUID:
    """Spread as random ids are."""
    return UUID(int=(number + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128, version=4)


def national_id(number: int) -> str:
    """A number that begins 199 and is nobody's."""
    return f"199{number:010}"


@contextmanager
def quiet() -> Iterator[None]:
    """The log lines of the requests go nowhere."""
    kept = os.dup(2)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def measure(name: str, act: Callable[[], Any]) -> None:
    """The line of a table in milliseconds; the least is what it costs where nobody works beside."""
    spent: list[float] = []
    with quiet():
        for _ in range(3):
            act()
        gc.disable()
        for _ in range(ROUNDS):
            began = time.perf_counter()
            act()
            spent.append((time.perf_counter() - began) * 1000)
        gc.enable()
    found = quantiles(spent, n=20)
    print(f"{name:62}{min(spent):8.1f}{found[9]:8.1f}{found[18]:8.1f}", flush=True)


def pages(client: FlaskClient, office: Office, who: str) -> None:
    """Every list of one officer."""

    def get(address: str) -> Callable[[], None]:
        def ask() -> None:
            if client.get(address).status_code != 200:
                raise RuntimeError(f"{address} was not answered")

        return ask

    def search(words: str) -> Callable[[], None]:
        def ask() -> None:
            client.post("/office/people/search", data={"words": words}, headers=OURS)
            get("/office/people")()

        return ask

    measure(f"{who}: front page", get("/office/"))
    for what, address in (
        ("waiting", "/office/people"),
        ("all", "/office/people?status=all"),
        ("refused inspectors", REFUSED_INSPECTORS),
        ("closed viewers (none)", "/office/people?status=closed&role=viewer"),
        ("one subdistrict", "/office/people?status=all&area=430115"),
    ):
        measure(f"{who}: {what}", get(address))
    for what, words in (
        ("search: common given name", "สมชาย"),
        ("search: one letter", "ส"),
        ("search: family name", "นิทาน1234"),
        ("search: nobody", "ไม่มีใครชื่อนี้"),
        ("search: ID number", national_id(4321)),
        ("search: telephone", f"08{77777:08}"),
        ("search: username", "u0004321"),
    ):
        measure(f"{who}: {what} (two requests)", search(words))
    search("")()
    measure(f"{who}: one person", get(f"/office/people/{office.first(A_PERSON)}"))


def work(client: FlaskClient, office: Office, who: str) -> None:
    """The lists of what people have to do, and of what was done."""
    order = office.first(AN_ORDER)
    for what, address in (
        ("assignments by village", "/office/assignments"),
        ("one village, whom to give it to", "/office/assignments/43011501"),
        ("orders and check 3 of one's own area", "/office/orders"),
        ("orders and check 3 of a subdistrict", "/office/orders?area=430115"),
        ("everybody whom no order names", "/office/orders?who=without_order&area=43"),
        ("one order, names still open", f"/office/orders/{order}?only=open"),
        ("log of a million acts", "/office/audit"),
        ("log of one subdistrict", "/office/audit?area=430115"),
        ("log of one kind of act", "/office/audit?act=person.closed"),
        ("areas of a district", "/office/areas/?area=4301"),
        ("villages of a subdistrict", "/office/areas/?area=430115"),
        ("notices", "/office/notices/"),
        ("progress", "/progress?area=4301"),
        ("progress of a village", "/progress?area=43011501"),
        ("progress, figures alone", "/progress/figures?area=4301"),
    ):
        measure(f"{who}: {what}", lambda at=address: _answered(client, at))


def _answered(client: FlaskClient, address: str) -> None:
    if (status := client.get(address).status_code) != 200:
        raise RuntimeError(f"{address}: {status}")


def next_pages(client: FlaskClient, who: str) -> None:
    """The hundredth page of everybody."""
    import html
    import re

    address = "/office/people?status=all"
    with quiet():
        for _ in range(100):
            page = client.get(address).get_data(as_text=True)
            found = re.search(r'rel="next" href="([^"]+)"', page)
            if not found:
                break
            address = html.unescape(found[1])
    measure(f"{who}: the hundredth page", lambda: client.get(address))


def table(spread: Spread) -> None:
    """The figures of one spread."""
    office = Office(ACCOUNTS, spread)
    if "prepare" in sys.argv:
        return
    print(f"{ACCOUNTS:,} people, {spread.says:<40}{'least':>8}{'p50 ms':>8}{'p95 ms':>8}")
    for username, who in (("suda", "district"), ("orathai", "province"), ("chalerm", "department")):
        with quiet():
            client = office.client(username)
        if "work" not in sys.argv:
            pages(client, office, who)
            next_pages(client, who)
        work(client, office, who)


def main() -> None:
    """Print a table for each spread; with `work` its second half, with `prepare` nothing yet."""
    named = [one for one in SPREADS if one.word in sys.argv]
    for spread in named or SPREADS:
        table(spread)


if __name__ == "__main__":
    main()
