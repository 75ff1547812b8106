"""What looking costs in a large register: `python tests/benchmarks/reading.py [--times 60]`.

A program, not a test. It reads the register that JPT_* variables name (made by `flask demo load`
and `flask demo generate --households 1000000`), serves it on a port of this machine, and prints
milliseconds a request as a client beside the server sees them. It writes nothing but its readers'
sessions.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import secrets
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bin"))

import psycopg  # noqa: E402
from sqlalchemy import make_url  # noqa: E402

from tests.browsing import Client  # noqa: E402
from tests.fixtures.application import Server  # noqa: E402
from webapp.blueprints.sessions import COOKIE, token_hash  # noqa: E402
from webapp.demo import cast  # noqa: E402

HEADING = f"{'':46}{'p50 ms':>8}{'p95 ms':>8}{'max ms':>8}{'KB':>8}"
ZOOMS = (6, 8, 10, 11, 12, 13, 14, 16)
SOME = """
    select i.id::text, st_x(i.point), st_y(i.point), i.village_code, i.author_id::text
    from interviews i tablesample system (0.2) where i.point is not null limit 400
"""
SIGNED_IN = """
    insert into sessions (token_hash, account_id, data, expires_at)
    select %s, id, jsonb_build_object('role', role), now() + interval '1 hour'
    from accounts where username = %s
"""
SIZES = "select count(*), count(distinct village_code) from households"


@dataclass(frozen=True)
class Spot:
    """An interview somewhere in the register, to look at and to look around it."""

    interview: str
    longitude: float
    latitude: float
    village: str
    author: str

    def tile(self, zoom: int) -> str:
        """The address of the tile around it."""
        count, place = 2**zoom, math.radians(self.latitude)
        x = int((self.longitude + 180) / 360 * count)
        y = int((1 - math.asinh(math.tan(place)) / math.pi) / 2 * count)
        return f"/map/tiles/{zoom}/{x}/{y}.mvt"


class Reader:
    """One signed-in person who asks the same kind of thing again and again."""

    def __init__(self, port: int, username: str) -> None:
        self.client, token = Client(port), secrets.token_urlsafe(32)
        with psycopg.connect(address_of("JPT_OWNER_URL")) as connection:
            connection.execute(SIGNED_IN, (token_hash(token), username))
        self.client.cookies[COOKIE] = token

    def measure(self, name: str, addresses: list[str]) -> None:
        """Prints what these requests took; the first two warm up."""
        times, size = [], 0
        for address in [*addresses[:2], *addresses]:
            begun = time.perf_counter()
            answer = self.client.get(address)
            times.append((time.perf_counter() - begun) * 1000)
            size = max(size, len(answer.data))
            if answer.status_code != 200:
                raise SystemExit(f"{name}: {answer.status_code} {answer.text[:300]}")
        ordered = sorted(times[2:])
        p50, p95 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
        print(
            f"{name:46}{p50:8.1f}{p95:8.1f}{ordered[-1]:8.1f}{size / 1024:8.1f}",
            flush=True,
        )


def address_of(variable: str) -> str:
    """A database's address of the environment as libpq reads it."""
    url = make_url(os.environ[variable]).set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


def spots() -> list[Spot]:
    """Some interviews, and on the screen how many there are."""
    with psycopg.connect(address_of("JPT_LOADER_URL")) as connection:
        households, villages = connection.execute(SIZES).fetchone() or (0, 0)
        print(f"{households:,} households in {villages:,} villages")
        found = [Spot(*row) for row in connection.execute(SOME).fetchall()]
    random.Random(1).shuffle(found)
    return found


def look_at_the_map(who: str, reader: Reader, some: list[Spot]) -> None:
    """Tiles of every zoom, with filters, and the list beside them."""
    for zoom in ZOOMS:
        reader.measure(f"{who}: tile at zoom {zoom}", [one.tile(zoom) for one in some])
    filtered = [f"{one.tile(12)}?state=received&grade=good" for one in some]
    reader.measure(f"{who}: tile 12, state and grade", filtered)
    by_author = [f"{one.tile(12)}?volunteer={one.author}" for one in some]
    reader.measure(f"{who}: tile 12, one volunteer", by_author)
    reader.measure(f"{who}: list, first page", ["/map/households"] * len(some))
    villages = [f"/map/households?area={one.village}" for one in some]
    reader.measure(f"{who}: list of a village", villages)
    reader.measure(f"{who}: list, no evidence", ["/map/households?grade=none"] * len(some))
    reader.measure(
        f"{who}: list, one volunteer",
        [f"{v}&volunteer={o.author}" for v, o in zip(villages, some, strict=True)],
    )
    reader.measure(f"{who}: list, page after page", pages(reader, len(some)))
    reader.measure(f"{who}: what the filters offer", ["/map/filters"] * len(some))
    reader.measure(f"{who}: subdistrict boundaries", ["/map/boundaries/subdistrict.json"] * 5)
    reader.measure(f"{who}: a household's panel", [f"/interviews/{one.interview}" for one in some])


def pages(reader: Reader, count: int) -> list[str]:
    """The addresses of the list's following pages, as somebody who scrolls on asks for them."""
    found, address = [], "/map/households"
    for _ in range(count):
        found.append(address)
        after: str | None = reader.client.get(address).get_json()["next"]
        if not after:
            break
        address = f"/map/households?after={after}"
    return found


def come_home(reader: Reader) -> None:
    """A phone's list of a village: all of it the first time, and nothing new afterwards."""
    first, cursors, cursor = "/api/v1/changes?after=0", [], "0"
    more = True
    while more:
        cursors.append(f"/api/v1/changes?after={cursor}")
        told: dict[str, Any] = reader.client.get(cursors[-1]).get_json()
        cursor, more = told["cursor"], told["more"]
    reader.measure("phone: changes, first page", [first] * 20)
    reader.measure("phone: changes, all pages of a village", cursors)
    reader.measure("phone: changes, nothing new", [f"/api/v1/changes?after={cursor}"] * 20)
    for own in ("card", "forums", "notices"):
        reader.measure(f"phone: {own}", [f"/api/v1/{own}"] * 20)


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=60, help="requests a line")
    times = asked.parse_args().times
    some = spots()
    server = Server(dict(os.environ), Path(tempfile.mkdtemp()) / "log", workers=1)
    server.start()
    try:
        print(HEADING)
        for name in ("orawan", "chalerm"):
            person = cast.BY_NAME[name]
            reader = Reader(server.port, person.username)
            inside = [one for one in some if within(one, person)][:times]
            look_at_the_map(name, reader, inside)
        village = some[0].village
        come_home(Reader(server.port, f"mass-{village}"))
    finally:
        server.stop()


def within(one: Spot, person: cast.Person) -> bool:
    """Whether the person sees this place."""
    return any(one.village.startswith(code) or code == "TH" for code in person.areas)


if __name__ == "__main__":
    main()
