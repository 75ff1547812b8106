"""One revision made of two tellings, and an officer's own changes: by whom, why, what follows."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import books, world
from tests.desk import NIDA, ORATHAI, WHY, Desk, corrected, open_matters, planned, shown
from tests.handset import Handset, Sealed
from webapp.db import transaction
from webapp.domain.desk import REGISTER
from webapp.domain.problems import Problem
from webapp.domain.review import Seen
from webapp.models.desk_revision import DeskRevision
from webapp.models.interview import Custody, Member, Revision
from webapp.models.review import Decision
from webapp.services import intake, overriding, sealing
from webapp.services.bringing_together import Mixture
from webapp.services.intake import Sent
from webapp.services.overriding import Change


@pytest.fixture
def orathais(app: Flask, the_world: Session) -> Desk:
    """The desk of the officer of Mali's province."""
    return Desk(app, ORATHAI)


def head(register: Session, one: Sealed) -> Revision:
    now = shown(register, one)
    return register.get_one(Revision, (now.id, now.head_digest))


def change(desk: Desk, one: Sealed, digest: str, *changes: Change) -> None:
    seen = Seen(uuid.UUID(one.interview), bytes.fromhex(digest))
    with transaction(desk.actor) as session:
        overriding.override(session, desk.keys, desk.actor, seen, changes, datetime.now(UTC))


class TestTwoInterviewsChosenPerAnswer:
    def test_become_one_revision_of_the_one_that_stands(
        self, orathais: Desk, mali: Handset, the_world: Session
    ) -> None:
        first = mali.interview(answers={"8.1": "yes", "8.2": "yes", "9.1": "not_enough"})
        second = mali.interview(answers={"8.1": "no", "9.1": "enough"})
        mali.put(first), mali.put(second)
        orathais.merge(open_matters(the_world)[0], Mixture("shown", frozenset({"9.1"})))
        made = head(the_world, first)
        assert made.answers["answers"] == {"8.1": "yes", "8.2": "yes", "9.1": "enough"}
        assert {one.hex() for one in made.based_on} == {first.digest, second.digest}
        assert (made.author_id, made.device_id) == (world.OFFICER, REGISTER)
        assert shown(the_world, first).author_id == world.MALI
        assert shown(the_world, second).state == "replaced"
        assert not shown(the_world, first).has_conflict
        assert books.kept_counts(the_world) == books.recounted(the_world)
        assert [planned(mali, one) for one in (first, second)] == ["complete"] * 2

    def test_may_stand_on_the_second(
        self, orathais: Desk, mali: Handset, the_world: Session
    ) -> None:
        first, second = mali.interview(), mali.interview(answers={"9.1": "enough"})
        mali.put(first), mali.put(second)
        into = orathais.merge(open_matters(the_world)[0], Mixture("waiting", frozenset({"8.1"})))
        assert str(into) == second.interview
        assert head(the_world, second).answers["answers"]["8.1"] == "yes"
        assert shown(the_world, first).state == "replaced"
        assert books.kept_counts(the_world) == books.recounted(the_world)

    def test_cannot_be_mixed_where_one_of_them_was_refused(
        self, orathais: Desk, mali: Handset, the_world: Session
    ) -> None:
        mali.put(mali.interview()), mali.put(mali.interview(outcome="refused", answers={}))
        with pytest.raises(Problem, match="unlike"):
            orathais.merge(open_matters(the_world)[0], Mixture("shown", frozenset({"9.1"})))

    def test_contradict_nothing_that_was_left_out(
        self, orathais: Desk, mali: Handset, the_world: Session
    ) -> None:
        calm = {f"12.{n}": "not_disturbed" for n in range(1, 7)}
        first = mali.interview(answers=calm | {"12.1": "disturbed", "12.7": "industry"})
        mali.put(first), mali.put(mali.interview(answers=calm))
        orathais.merge(open_matters(the_world)[0], Mixture("shown", frozenset({"12.1"})))
        made = head(the_world, first)
        assert made.answers["answers"] == calm
        assert "R16" not in {one["code"] for one in made.evaluation["failures"]}


class TestTwoRevisionsOnOneBase:
    def branches(self, mali: Handset) -> list[Sealed]:
        first = mali.interview()
        found = [corrected(mali, [first], answers={"9.1": a}) for a in ("enough", "not_enough")]
        for one in (first, *found):
            mali.put(one)
        return found

    def test_are_brought_together_and_both_phones_are_told(
        self, app: Flask, mali: Handset, the_world: Session
    ) -> None:
        both = self.branches(mali)
        assert [planned(mali, one) for one in both].count("custody") == 1
        waiting = shown(the_world, both[0]).head_digest.hex() != both[0].digest
        wanted = Mixture("waiting" if waiting else "shown")
        Desk(app, NIDA).merge(open_matters(the_world)[0], wanted)
        assert head(the_world, both[0]).answers["answers"] == {"9.1": "enough"}
        assert [planned(mali, one) for one in both] == ["complete"] * 2
        assert open_matters(the_world) == []
        assert not shown(the_world, both[0]).has_conflict
        told = the_world.scalars(select(Custody)).all()
        assert {(one.resolution, one.resolved_by, one.why) for one in told} == {
            ("together", world.NIDA, WHY)
        }

    def test_conflict_again_with_what_comes_on_an_old_base(
        self, app: Flask, mali: Handset, the_world: Session
    ) -> None:
        both = self.branches(mali)
        Desk(app, NIDA).merge(open_matters(the_world)[0], Mixture("shown"))
        mali.put(corrected(mali, [both[0]], answers={}))
        assert shown(the_world, both[0]).has_conflict
        assert books.kept_conflicts(the_world) == books.recomputed_conflicts(the_world)
        assert len(open_matters(the_world, "conflict")) == 2


class TestAnOfficersChange:
    def test_is_a_revision_with_its_reason_that_the_register_signed(
        self, orathais: Desk, mali: Handset, the_world: Session
    ) -> None:
        one = mali.interview()
        mali.put(one)
        change(orathais, one, one.digest, Change("9.1", "enough", "ดูจากแบบกระดาษ"))
        made = head(the_world, one)
        assert made.answers["answers"]["9.1"] == "enough"
        assert made.answers["made"]["reasons"] == {"9.1": "ดูจากแบบกระดาษ"}
        note = the_world.scalars(select(DeskRevision)).one()
        assert (note.origin, note.made_by) == ("override", world.OFFICER)
        public = orathais.keys.receipt.public_key().public_numbers()
        x, y = (sealing.to_base64url(n.to_bytes(32, "big")) for n in (public.x, public.y))
        jwk = {"kty": "EC", "crv": "P-256", "x": x, "y": y}
        assert sealing.is_signed_by(jwk, made.signature, made.interview_id, made.digest)
        sent = Sent(made.interview_id, made.digest, made.ingest_key, None, b"", made.envelope)
        document = intake.unseal(orathais.keys, sent).document
        assert document is not None
        assert document.members[0]["national_id"] == "1990100000011"
        assert books.kept_counts(the_world) == books.recounted(the_world)

    def test_keeps_the_people_findable_by_their_number(
        self, orathais: Desk, mali: Handset, the_world: Session
    ) -> None:
        one = mali.interview()
        mali.put(one)
        change(orathais, one, one.digest, Change("members.m1.birth", "1981", "บัตรประชาชน"))
        the_world.rollback()
        found = the_world.scalars(select(Member.national_id_index)).all()
        assert len(found) == 2
        assert len(set(found)) == 1

    def test_of_an_accepted_interview_makes_it_wait_for_review(
        self, orathais: Desk, mali: Handset, the_world: Session
    ) -> None:
        one = mali.interview()
        mali.put(one)
        shown(the_world, one).state = "accepted"
        the_world.commit()
        change(orathais, one, one.digest, Change("9.1", "enough", WHY))
        assert shown(the_world, one).state == "received"
        assert the_world.scalars(select(Decision.decision)).all() == ["withdrawn"]

    def test_leaves_out_answers_to_what_is_no_longer_asked(
        self, orathais: Desk, mali: Handset, the_world: Session
    ) -> None:
        one = mali.interview(answers={"14.3": "yes", "14.3.amount": 500})
        mali.put(one)
        change(orathais, one, one.digest, Change("14.3", "no", WHY))
        assert "14.3.amount" not in head(the_world, one).answers["answers"]

    def test_says_beforehand_what_it_will_be_and_no_other_contradiction(
        self, orathais: Desk, mali: Handset, the_world: Session
    ) -> None:
        calm = {f"12.{n}": "not_disturbed" for n in range(1, 7)}
        one = mali.interview(answers=calm | {"12.1": "disturbed", "12.7": "industry"})
        mali.put(one)
        wanted = [Change("12.1", "not_disturbed", WHY)]
        with transaction(orathais.actor) as session:
            after = overriding.look(session, orathais.keys, uuid.UUID(one.interview), wanted).after
        assert after.unasked == ["12.7"]
        assert "R16" not in {told["code"] for told in after.evaluation["failures"]}

    def test_of_the_day_changes_every_age(
        self, orathais: Desk, mali: Handset, the_world: Session
    ) -> None:
        one = mali.interview(members=[{"id": "m1", "birth": "2020-06-15"}])
        mali.put(one)
        change(orathais, one, one.digest, Change("cover.survey_date", "2026-06-14", WHY))
        made = head(the_world, one)
        assert made.answers["date"] == "2026-06-14"
        assert made.evaluation["values"]["15.1"] == 1  # five until the day after
        assert shown(the_world, one).interviewed_on.isoformat() == "2026-06-14"

    def test_of_what_somebody_changed_meanwhile_is_not_made(
        self, orathais: Desk, mali: Handset, the_world: Session
    ) -> None:
        one = mali.interview()
        mali.put(one), mali.put(corrected(mali, [one], answers={"9.1": "enough"}))
        with pytest.raises(Problem, match="newer-revision"):
            change(orathais, one, one.digest, Change("8.1", "no", WHY))

    def test_that_changes_nothing_or_has_no_reason_is_not_made(
        self, orathais: Desk, mali: Handset, the_world: Session
    ) -> None:
        one = mali.interview()
        mali.put(one)
        with pytest.raises(Problem, match="no-change"):
            change(orathais, one, one.digest, Change("9.1", "not_enough", WHY))
        with pytest.raises(Problem, match="reason"):
            change(orathais, one, one.digest, Change("9.1", "enough", ""))
