"""What a new photo's search for its like costs: `python tests/benchmarks/alike.py [photos]`.

A program, not a test. A million photos of a thousand volunteers in 62 subdistricts, in a database
of their own on the tests' fast server, each with a hash of its own and every thousandth with a near
copy somewhere. First it prints what the thresholds rest on: how far drawn photos are from each
other, and from themselves when a phone or a person has changed them.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import median, quantiles
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bin"))

import cluster  # noqa: E402
import database as databases  # noqa: E402
import psycopg  # noqa: E402
from PIL import Image, ImageEnhance  # noqa: E402

from tests.fixtures.database import VAR, migrate  # noqa: E402
from webapp.demo import drawing  # noqa: E402
from webapp.domain import likeness  # noqa: E402
from webapp.services import decoding  # noqa: E402

PHOTOS, DRAWN, ASKED = 1_000_000, 300, 500
VOLUNTEERS, SUBDISTRICTS = 1_000, 62
CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "sent on (JPEG 40)": lambda one: _again(one, 40),
    "half the size": lambda one: one.resize((one.width // 2, one.height // 2)),
    "brighter by 25 %": lambda one: ImageEnhance.Brightness(one).enhance(1.25),
    "flatter by 30 %": lambda one: ImageEnhance.Contrast(one).enhance(0.7),
    "cut by 2 %": lambda one: _cut(one, 0.02),
    "cut by 4 %": lambda one: _cut(one, 0.04),
    "cut by 8 %": lambda one: _cut(one, 0.08),
    "turned by 2°": lambda one: one.rotate(2),
}
FILL = """
    insert into evidence (interview_id, sealed_sha256, kind, path, author_id, listed_in,
        received_at, decoded_at, visible, difference_hash)
    select gen_random_uuid(), sha256(n::text::bytea), 'photo',
        'TH.43.43' || to_char(s / 10 + 1, 'FM00') || '.43' || to_char(s / 10 + 1, 'FM00')
            || to_char(s %% 10 + 1, 'FM00') || '.x.',
        ('00000000-0000-4000-8000-' || to_char(v, 'FM000000000000'))::uuid, '\\x00',
        now(), now(), 60,
        (hashtextextended(case when n %% 1000 = 0 then (n - 1)::text else n::text end, 7)
            # case when n %% 1000 = 0 then 3 else 0 end)
    from (select n, n %% %(volunteers)s as v, n %% %(volunteers)s %% %(subdistricts)s as s
        from generate_series(1, %(photos)s) n) t
"""
SOMETHING = """
    set session_replication_role = replica; -- two interviews of nobody, so that no join is left out
    insert into interviews (id, round_id, household_id, village_code, path, author_id, device_id,
        head_digest, head_number, state, mode, outcome, people, hard_open, soft_open,
        evidence_grade, evidence_due, interviewed_on)
    select u, '', u, '', '', u, u, '', 1, 'received', 'doorstep', 'interviewed', 1, 0, 0, 'good',
        0, now() from (select gen_random_uuid() from generate_series(1, 2)) t (u)
        where (select count(*) from interviews) < 2;
    set session_replication_role = default;
"""
SAMPLE = """
    select difference_hash, author_id, path, (select id from interviews limit 1) from evidence
    where interview_id >= %s order by interview_id limit 1
"""
SEARCH = "select count(*) from jpt_alike(%s, %s, %s, %s, %s, %s, 200)"


def main(photos: int) -> None:
    """Prints the distances, then the times."""
    print_distances()
    server = cluster.up(VAR / "test-pg", fast=True)
    with psycopg.connect(_database(server, photos), autocommit=True) as connection:
        print_times(connection, photos)


def print_distances() -> None:
    """What the thresholds of `domain/likeness.py` rest on."""
    photos = [_drawn(number) for number in range(DRAWN)]
    hashes = [decoding.difference_hash(one) for one in photos]
    apart = sorted(likeness.distance(*pair) for pair in combinations(hashes, 2))
    print(f"two different photos ({len(apart):,} pairs): least {apart[0]}, median {median(apart)}")
    for bits in (likeness.SAME, *sorted(likeness.SIMILAR.values()), 10, 12, 14, 16):
        print(f"  at most {bits:2} bits: {sum(one <= bits for one in apart)} pairs")
    print("the same photo changed: median, 95th percentile, most")
    for name, change in CHANGES.items():
        moved = sorted(
            likeness.distance(known, decoding.difference_hash(change(one)))
            for one, known in zip(photos[:150], hashes, strict=False)
        )
        print(f"  {name:18} {moved[75]:3} {moved[142]:3} {moved[-1]:3}")
    seen = sorted(decoding.visible(one) for one in photos)
    print(f"visible comparisons of 64: least {seen[0]}, median {seen[150]}")


def print_times(connection: psycopg.Connection, photos: int) -> None:
    """The search alone, as the follow-up asks for it, for photos met by chance."""
    connection.execute(SOMETHING)
    connection.execute("vacuum evidence")
    connection.execute("set role jpt_owner")
    chance = Random(1)
    keys = [UUID(int=chance.getrandbits(128)) for _ in range(ASKED)]
    asked = [row for key in keys if (row := connection.execute(SAMPLE, [key]).fetchone())]
    for name in ("first time", "again"):
        times = list(_timed(connection, asked))
        print(f"{photos:,} photos, {name}: " + _figures(times))
    rows = connection.execute("explain (analyze, buffers) " + _plain(asked[0]))
    print("\n".join(f"  {row[0]}" for row in rows.fetchall()))


def _timed(connection: psycopg.Connection, asked: Iterable[tuple[object, ...]]) -> Iterator[float]:
    bits = (likeness.SIMILAR["volunteer"], likeness.SIMILAR["subdistrict"])
    for hashed, author, path, interview in asked:
        began = time.perf_counter()
        connection.execute(SEARCH, (interview, hashed, author, path, *bits)).fetchone()
        yield (time.perf_counter() - began) * 1000


def _figures(times: list[float]) -> str:
    cuts = quantiles(times, n=100)
    return f"p50 {cuts[49]:.2f} ms, p95 {cuts[94]:.2f} ms, most {max(times):.2f} ms"


def _plain(asked: tuple[object, ...]) -> str:
    """The wider of the two comparisons, for its plan."""
    hashed, _, path, _ = asked
    below = str(path)[:18]
    return (
        f"select interview_id from evidence where path ~>=~ '{below}' "
        f"and path ~<~ '{below[:-1]}/' and kind = 'photo' and difference_hash is not null "
        f"and bit_count((difference_hash # ({hashed})::bigint)::bit(64)) <= 6"
    )


def _database(server: cluster.Server, photos: int) -> str:
    """A database of so many photos, made once."""
    name = f"bench_alike_{photos}"
    secret = databases.passwords(VAR / "test-keys")
    databases.ensure_roles(server, secret)
    with psycopg.connect(server.address(), autocommit=True) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", [name])
        if known.fetchone():
            return server.address(name)
        databases.create_database(server, name)
    migrate(databases.addresses(server, secret, name).owner)
    with psycopg.connect(server.address(name), autocommit=True) as connection:
        sizes = {"photos": photos, "volunteers": VOLUNTEERS, "subdistricts": SUBDISTRICTS}
        connection.execute(FILL, sizes)
        connection.execute("vacuum analyze evidence")
    return server.address(name)


def _drawn(number: int) -> Image.Image:
    return decoding.open_picture(drawing.photo(Random(number), number % 7, str(number)))


def _again(picture: Image.Image, quality: int) -> Image.Image:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality)
    return Image.open(io.BytesIO(written.getvalue()))


def _cut(picture: Image.Image, share: float) -> Image.Image:
    wide, high = int(picture.width * share), int(picture.height * share)
    return picture.crop((wide, high, picture.width - wide, picture.height - high))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PHOTOS)
