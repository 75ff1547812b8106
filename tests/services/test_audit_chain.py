"""The audit log is chained within moments, and whatever is changed later is found, and where."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests import world
from webapp.cli.audit import SEALER
from webapp.db import transaction
from webapp.domain.actors import Role, Scope
from webapp.services import audit, audit_proof, audit_sealing, checkpoints
from webapp.services.audit_proof import Proof

ENTRIES = 40
OFFICER = Scope(Role.OFFICER.value, world.OFFICER, ("TH.43.",))


def act(count: int = 1) -> None:
    """Somebody does something, each time in a transaction of its own."""
    for place in range(count):
        with transaction(OFFICER) as session:
            path = world.PATHS[world.NAM_SAI]
            audit.note(session, "plan.window", world.OFFICER, path, before={"a": place})


def seal() -> int:
    with transaction(SEALER) as session:
        return audit_sealing.seal(session)


def seal_all(count: int) -> None:
    """So many entries are sealed; transactions of other tests on the server may hold it up."""
    deadline = time.monotonic() + 30
    while count > 0 and time.monotonic() < deadline:
        count -= seal()
        time.sleep(0.02)
    assert count == 0


class Log:
    """The sealed log with its checkpoints, and the owner's hand in it."""

    def __init__(self, app: Flask, register: Session, owner: Engine, file: Path) -> None:
        self.keys, self.register, self.owner, self.file = (
            app.extensions["keys"],
            register,
            owner,
            file,
        )

    def checkpoint(self) -> None:
        with transaction(SEALER) as session:
            head = audit_sealing.head(session)
        checkpoints.add(self.file, self.keys, head, datetime.now(UTC))

    def tamper(self, *statements: str, **values: object) -> None:
        with self.owner.begin() as connection:
            for statement in statements:
                connection.execute(text(statement), values)

    def proof(self) -> Proof:
        self.register.rollback()
        found = audit_proof.verify(self.register, checkpoints.read(self.file, self.keys))
        self.register.rollback()
        return found

    def kinds(self) -> set[str]:
        return {one.kind for one in self.proof().findings}


@pytest.fixture
def log(app: Flask, the_world: Session, owner_engine: Engine, tmp_path: Path) -> Log:
    """Forty entries in four batches, a checkpoint after each."""
    found = Log(app, the_world, owner_engine, tmp_path / "kept" / "audit.jws")
    for _ in range(4):
        act(ENTRIES // 4)
        seal_all(ENTRIES // 4)
        found.checkpoint()
    return found


@pytest.fixture(params=range(5))
def place(request: pytest.FixtureRequest) -> int:
    """A number of the chain, somewhere."""
    return random.Random(f"place {request.param}").randint(2, ENTRIES - 1)


class TestAnUntouchedLog:
    def test_is_proved_whole(self, log: Log) -> None:
        proof = log.proof()
        assert (proof.findings, proof.entries, proof.covered) == ([], ENTRIES, ENTRIES)
        assert proof.checkpoints == 4

    def test_holds_what_was_before_and_after(self, log: Log) -> None:
        kept = log.register.scalars(text("select before from audit_entries order by id limit 2"))
        assert list(kept) == [{"a": 0}, {"a": 1}]


class TestAnEntry:
    def test_that_was_edited_is_found(self, log: Log, place: int) -> None:
        log.tamper(
            "update audit_entries set before = '{\"a\": 999}' where id = "
            "(select entry_id from audit_seals where number = :place)",
            place=place,
        )
        [finding] = log.proof().findings
        assert (finding.kind, finding.where) == ("edited", place)

    def test_that_was_deleted_is_found(self, log: Log, place: int) -> None:
        log.tamper(
            "create temp table gone on commit drop as "
            "select entry_id from audit_seals where number = :place",
            "delete from audit_seals where number = :place",
            "delete from audit_entries where id in (select entry_id from gone)",
            place=place,
        )
        found = {(one.kind, one.where) for one in log.proof().findings}
        assert ("deleted", place) in found

    def test_that_was_put_in_with_a_made_up_time_is_found(self, log: Log, place: int) -> None:
        log.tamper(
            "insert into audit_entries (act, path, subject, at) "
            "values ('plan.window', 'TH.43.', '{}', now() - interval '3 days')"
        )
        assert log.kinds() == {"inserted"}
        seal_all(1)
        assert log.kinds() == {"inserted"}

    def test_that_was_put_in_as_an_older_transaction_is_found(self, log: Log, place: int) -> None:
        log.tamper(
            "insert into audit_entries (act, path, subject, at, changed_xid) "
            "select 'plan.window', 'TH.43.', '{}', sealed_at, entry_xid from audit_seals "
            "where number = :place and entry_id > 0",
            "update audit_entries set id = -1 where id = (select max(id) from audit_entries)",
            place=place,
        )
        [finding] = log.proof().findings
        assert (finding.kind, finding.where) == ("inserted", -1)

    def test_that_changed_places_with_another_is_found(self, log: Log, place: int) -> None:
        other = place - 1
        log.tamper(
            "update audit_seals set number = -number where number in (:place, :other)",
            "update audit_seals set number = :other where number = -:place",
            "update audit_seals set number = :place where number = -:other",
            place=place,
            other=other,
        )
        found = {(one.kind, one.where) for one in log.proof().findings}
        assert ("reordered", place) in found
        assert ("chain", other) in found


class TestTheEnd:
    def test_that_was_cut_off_is_found(self, log: Log, place: int) -> None:
        log.tamper("delete from audit_seals where number > :place", place=place)
        log.tamper(
            "delete from audit_entries e "
            "where not exists (select from audit_seals s where s.entry_id = e.id)"
        )
        findings = log.proof().findings
        assert findings
        assert {one.kind for one in findings} == {"truncated"}
        assert all(one.where > place for one in findings)

    def test_that_was_sealed_but_not_yet_signed_is_not_held_against_anybody(self, log: Log) -> None:
        act()
        seal_all(1)
        proof = log.proof()
        assert (proof.findings, proof.covered) == ([], ENTRIES)


class TestTheCheckpoints:
    @pytest.mark.parametrize("left", [0, 2])
    def test_that_are_gone_though_the_log_is_old_are_missed(self, log: Log, left: int) -> None:
        log.tamper("update audit_seals set sealed_at = now() - interval '61 minutes'")
        assert log.kinds() == set()
        log.file.write_bytes(b"".join(log.file.read_bytes().splitlines(keepends=True)[:left]))
        [finding] = log.proof().findings
        assert (finding.kind, finding.where) == ("unsigned", left * ENTRIES // 4 + 1)


class TestAChainMadeAnew:
    def test_does_not_fit_the_checkpoints(self, log: Log, place: int) -> None:
        """Whoever owns the database edits an entry and seals everything again from there."""
        log.tamper(
            "create temp table cut on commit drop as "
            "select entry_id from audit_seals where number = :place",
            "update audit_entries set act = 'plan.saved' where id in (select entry_id from cut)",
            "delete from audit_seals where number >= :place",
            place=place,
        )
        seal_all(ENTRIES - place + 1)
        assert "rewritten" in log.kinds()

    def test_is_found_with_a_forged_checkpoint_too(self, log: Log) -> None:
        lines = log.file.read_text().splitlines()
        head, body, signature = lines[1].split(".")
        lines[1] = ".".join((head, body[::-1], signature))
        log.file.write_text("\n".join(lines) + "\n")
        [finding] = log.proof().findings
        assert (finding.kind, finding.where) == ("checkpoint", 2)


class TestTheSealer:
    @pytest.fixture
    def open_act(self, the_world: Session, owner_engine: Engine) -> Iterator[Callable[[], None]]:
        """An act whose transaction is open; called, it commits."""
        with owner_engine.connect() as connection:
            connection.execute(
                text("insert into audit_entries (act, subject) values ('plan.window', '{}')")
            )
            yield connection.commit

    def test_waits_for_an_act_under_way_rather_than_pass_it_by(
        self, the_world: Session, open_act: Callable[[], None]
    ) -> None:
        act(3)
        assert seal() == 0
        open_act()
        seal_all(4)

    def test_leaves_the_chain_to_another_at_work(self, the_world: Session) -> None:
        act(3)
        with transaction(SEALER) as first:
            lock = select(func.pg_advisory_xact_lock(audit_sealing.SEALERS_LOCK))
            first.execute(lock)
            assert seal() == 0
        seal_all(3)

    def test_that_is_killed_leaves_nothing_half_done(self, log: Log) -> None:
        act(3)
        with suppress(KeyboardInterrupt), transaction(SEALER) as session:
            audit_sealing.seal(session)
            raise KeyboardInterrupt
        seal_all(3)
        assert log.proof().findings == []

    def test_refuses_a_database_whose_transactions_began_anew(self, log: Log) -> None:
        log.tamper("update audit_seals set entry_xid = '999999999999' where number = 40")
        with pytest.raises(audit_sealing.WentBack):
            seal()


class TestTheApplication:
    @pytest.mark.parametrize("table", ["audit_seals", "audit_entries"])
    @pytest.mark.parametrize("verb", ["update {} set at = now()", "delete from {}"])
    def test_cannot_change_what_is_sealed(self, log: Log, table: str, verb: str) -> None:
        statement = verb.format(table).replace(
            "at =", "sealed_at =" if "seals" in table else "at ="
        )
        with pytest.raises(DBAPIError, match="permission denied"), transaction(SEALER) as session:
            session.execute(text(statement))

    @pytest.mark.parametrize("scope", [OFFICER, Scope("volunteer", world.MALI)])
    def test_cannot_seal_as_a_person(self, log: Log, scope: Scope) -> None:
        with transaction(scope) as session:
            assert session.scalar(text("select count(*) from audit_seals")) == 0
            unsealed = "select count(*) from jpt_audit_unsealed('0', 0, 10)"
            assert session.scalar(text(unsealed)) == 0


class TestACheckpoint:
    def test_torn_by_a_power_cut_stops_nothing_and_is_said(self, log: Log) -> None:
        with log.file.open("ab") as file:
            file.write(b"eyJhbGciOi")
        act()
        seal_all(1)
        log.checkpoint()
        proof = log.proof()
        assert [(one.kind, one.where) for one in proof.findings] == [("checkpoint", 5)]
        assert proof.covered == ENTRIES + 1

    def test_is_written_once_though_two_sealers_come(self, log: Log) -> None:
        log.checkpoint()
        log.checkpoint()
        assert len(log.file.read_text().splitlines()) == 4
