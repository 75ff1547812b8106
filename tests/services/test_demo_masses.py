"""Households by the thousand: printed rows look like received ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from database import Addresses
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.fixtures.lists import forget_everything
from webapp.demo import copying, masses
from webapp.demo.masses import Batch, Wanted
from webapp.demo.templates import Printed
from webapp.models.evidence import Evidence
from webapp.models.household import Household
from webapp.models.interview import Interview, Member, Receipt, Revision
from webapp.models.progress import VillageProgress
from webapp.services import personal_numbers

WANTED = Wanted(households=240, villages=12, interviewed=0.9, templates=12, seed=1)


@pytest.fixture
def mass(app: Flask, register: Session, database: Addresses) -> Iterator[Session]:
    """A small mass, made the way the large ones are."""
    forget_everything(register)
    keys, today = app.extensions["keys"], date(2026, 6, 15)
    made = masses.generate(register, database.loader, keys, WANTED, today, lambda done: None)
    assert made == 240
    register.rollback()
    yield register
    forget_everything(register)


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def check_rollups(session: Session) -> None:
    for state in ("todo", "received", "returned", "accepted", "closed"):
        counted = session.scalar(select(func.sum(getattr(VillageProgress, state))))
        with_state = select(func.count()).select_from(Household).where(Household.state == state)
        assert counted == session.scalar(with_state)
    lengths = select(func.array_length(VillageProgress.surveyed, 1)).distinct()
    assert set(session.scalars(lengths)) == {31}


class TestAMass:
    def test_fills_every_table_as_intake_would(self, app: Flask, mass: Session) -> None:
        interviews = count(mass, Interview)
        assert 190 < interviews <= 240
        assert count(mass, Revision) == interviews
        assert count(mass, Receipt) >= interviews
        assert count(mass, VillageProgress) == 12
        assert count(mass, Member) == mass.scalar(select(func.sum(Interview.people)))
        check_rollups(mass)
        self.check_one(app, mass)

    def check_one(self, app: Flask, session: Session) -> None:
        row = session.scalars(
            select(Interview).where(
                Interview.outcome == "interviewed", Interview.point.is_not(None)
            )
        ).first()
        assert row is not None
        revision = session.get_one(Revision, (row.id, row.head_digest))
        assert revision.answers["interview"] == str(row.id)
        assert revision.answers["household"]["village"] == row.village_code
        assert [one["no"] for one in revision.evaluation["indicators"]] == list(range(1, 32))
        listed = {one["sealed_sha256"] for one in revision.answers["evidence"] if "sha256" in one}
        files = session.scalars(select(Evidence).where(Evidence.interview_id == row.id)).all()
        assert {one.sealed_sha256.hex() for one in files} == listed
        assert all(one.decoded_at for one in files)
        member = session.scalars(
            select(Member).where(Member.national_id_sealed.is_not(None))
        ).first()
        assert member is not None
        about = f"members {member.interview_id} {member.digest.hex()} {member.ordinal}"
        fields = app.extensions["keys"].secrets["fields"]
        number = personal_numbers.open_sealed(fields, member.national_id_sealed or b"", about)
        assert number.startswith("199")


class TestAPrintedText:
    def test_has_its_gaps_filled(self) -> None:
        printed = Printed.of(b'{"id":"@id@","lat":"@=lat@","again":"@id@"}')
        filled = printed.filled({"id": b"7", "lat": b"17.5"})
        assert filled == b'{"id":"7","lat":17.5,"again":"7"}'


class TestBatches:
    def test_share_the_households_out_evenly(self) -> None:
        found: list[Batch] = list(masses.batches(list(range(7)), 30_000))  # type: ignore[arg-type]
        assert sum(one.households for one in found) == 30_000
        assert {count for one in found for _, count in one.villages} == {4285, 4286}


class TestACopiedRow:
    def test_is_counted_and_measured(self) -> None:
        assert copying.row([b"ab", None]) == b"\x00\x02\x00\x00\x00\x02ab\xff\xff\xff\xff"
