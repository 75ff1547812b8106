"""Any number of made-up households for benchmarks: printed from templates, loaded by COPY."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain
from multiprocessing import get_context

import psycopg
from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from webapp.demo import copying, mass_places, mass_rows, province, rounds, templates
from webapp.demo.chance import source
from webapp.demo.mass_rows import Copy, SealingKeys, Village
from webapp.demo.templates import Template
from webapp.keys import Keys
from webapp.models.survey_round import Round
from webapp.services.progress import ARRAYS, COLUMNS, GRADES, STATES

HOUSEHOLDS_A_BATCH = 5_000
_PATIENT = "set statement_timeout = 0; set default_toast_compression = 'lz4'"

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Wanted:
    """How large a mass is to be made."""

    households: int
    villages: int
    interviewed: float
    templates: int
    seed: int


@dataclass(frozen=True)
class Mass:
    """What every batch needs to know."""

    url: str
    seed: int
    round_id: str
    interviewed: float
    templates: list[Template]
    keys: SealingKeys


@dataclass(frozen=True)
class Batch:
    """Some villages, and how many households each of them gets."""

    number: int
    villages: list[tuple[Village, int]]

    @property
    def households(self) -> int:
        """How many in all."""
        return sum(count for _, count in self.villages)


@dataclass
class Counts:
    """One village's rollup while its households are drawn."""

    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COLUMNS, 0))
    arrays: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in ARRAYS})

    def add(self, template: Template | None) -> None:
        """One household more."""
        if template is None:
            self.numbers["todo"] += 1
            return
        tally = template.tally
        self.numbers[tally.state] += 1
        self.numbers[f"evidence_{tally.grade}"] += 1
        self.numbers["people"] += tally.people
        for name, more in zip(ARRAYS, (tally.surveyed, tally.failing, tally.not_met), strict=True):
            self.arrays[name] = _sum(self.arrays[name], more)


def generate(
    session: Session, url: str, keys: Keys, wanted: Wanted, today: date, progress: Progress
) -> int:
    """So many households more are in the register, with interviews; how many.

    `session` and `url` are the loader's. Province and round are settled where there is none.
    """
    round_id = session.scalar(select(Round.id).where(Round.is_current))
    if round_id is None:
        province.settle(session)
        round_id = rounds.settle(session, today)
    pepper = keys.secrets["pepper"]
    villages = mass_places.settle(session, wanted.villages, round_id, pepper)
    session.commit()
    made = templates.make(wanted.seed, today, round_id, wanted.templates)
    sealing = SealingKeys(keys.ingest_id, keys.secrets["fields"], keys.secrets["blind_index"])
    mass = Mass(url, wanted.seed, round_id, wanted.interviewed, made, sealing)
    return load(mass, list(batches(villages, wanted.households)), progress)


def analyze(url: str) -> None:
    """The planner knows the new sizes at once; `url` is the owner's."""
    with psycopg.connect(address(url), autocommit=True) as connection:
        connection.execute("set statement_timeout = 0")
        connection.execute("vacuum (analyze)")


def load(mass: Mass, batches: list[Batch], progress: Progress) -> int:
    """All batches are in the register, each in a transaction of its own; how many households."""
    done = 0
    workers = min(len(os.sched_getaffinity(0)), len(batches))
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (mass,)) as pool:
        waiting = [pool.submit(_load_batch, batch) for batch in batches]
        for finished in as_completed(waiting):
            done += finished.result()
            progress(done)
    return done


def batches(villages: list[Village], households: int) -> Iterator[Batch]:
    """The households shared out evenly, about so many to a batch."""
    each, rest = divmod(households, len(villages))
    waiting: list[tuple[Village, int]] = []
    number = 0
    for place, village in enumerate(villages):
        waiting.append((village, each + (place < rest)))
        if sum(count for _, count in waiting) >= HOUSEHOLDS_A_BATCH:
            yield Batch(number, waiting)
            waiting, number = [], number + 1
    if waiting:
        yield Batch(number, waiting)


@cache
def _held() -> list[Mass]:
    """What this worker process was begun with."""
    return []


def _begin(mass: Mass) -> None:
    _held().append(mass)


def _load_batch(batch: Batch) -> int:
    mass = _held()[0]
    with psycopg.connect(address(mass.url)) as connection:
        connection.execute(_PATIENT)
        drawn: list[Copy] = []
        rollups: list[tuple[Village, Counts]] = []
        for village, count in batch.villages:
            copies = _draw(mass, village, count)
            counts = Counts()
            for one in copies:
                counts.add(one.template)
            drawn += copies
            rollups.append((village, counts))
        _copy_all(connection, mass, batch, drawn)
        _copy_rollups(connection, mass.round_id, rollups)
    return len(drawn)


def address(url: str) -> str:
    """A SQLAlchemy address as libpq reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _draw(mass: Mass, village: Village, count: int) -> list[Copy]:
    chance = source(mass.seed, "mass", village.code)
    return [
        mass_rows.draw(
            chance,
            village,
            mass.round_id,
            number,
            chance.choice(mass.templates) if chance.random() < mass.interviewed else None,
        )
        for number in range(1, count + 1)
    ]


def _copy_all(connection: psycopg.Connection, mass: Mass, batch: Batch, drawn: list[Copy]) -> None:
    chance = source(mass.seed, "numbers", batch.number)
    keys = mass.keys
    told = [(one, one.template, one.interview) for one in drawn if one.template and one.interview]
    rows: dict[str, Iterable[mass_rows.Row]] = {
        "households": (mass_rows.household(one) for one in drawn),
        "interviews": (mass_rows.interview(one, made, id) for one, made, id in told),
        "revisions": (mass_rows.revision(one, made, id, keys) for one, made, id in told),
        "members": chain.from_iterable(
            mass_rows.members(one, made, id, keys, chance) for one, made, id in told
        ),
        "evidence": chain.from_iterable(
            mass_rows.evidence(one, made, id, keys) for one, made, id in told
        ),
        "receipts": chain.from_iterable(
            mass_rows.receipts(one, made, id) for one, made, id in told
        ),
    }
    for table, columns in mass_rows.COLUMNS.items():
        copying.copy(connection, table, columns, rows[table])


def _copy_rollups(
    connection: psycopg.Connection, round_id: str, rollups: list[tuple[Village, Counts]]
) -> None:
    names = (*STATES, "people", *(f"evidence_{grade}" for grade in GRADES))
    rows = (
        (
            round_id.encode(),
            village.code.encode(),
            village.path.encode(),
            *(copying.whole(counts.numbers[name]) for name in names),
            *(copying.numbers(counts.arrays[name]) for name in ARRAYS),
        )
        for village, counts in rollups
    )
    columns = ("round_id", "village_code", "path", *names, *ARRAYS)
    copying.copy(connection, "village_progress", columns, rows)


def _sum(one: list[int], other: list[int]) -> list[int]:
    if not one or not other:
        return list(one or other)
    return [a + b for a, b in zip(one, other, strict=True)]
