"""Whatever the order in which phones deliver the same things, the register ends up the same."""

from __future__ import annotations

import copy
import dataclasses
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from tests import books, world
from tests.deliveries import (
    CAUSES,
    FOUND_HOUSE,
    VILLAGES,
    Interview,
    Post,
    Said,
    Written,
    level_of,
)
from tests.handset import Handset

AT_HOME = {"kind": "position", "latitude": 17.851, "longitude": 102.701, "accuracy": 12.0}
ELSEWHERE = AT_HOME | {"longitude": 102.95}
FAR_OFF = AT_HOME | {"accuracy": 800.0}
NOTE = {"kind": "other", "note": "ผู้ใหญ่บ้านเป็นพยาน"}
KINDS = ("photo", "signature", "other_photo")
PROFILE = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

tales = st.builds(
    Said,
    answers=st.sampled_from([{}, {"8.1": "yes", "8.2": "yes"}, {"9.1": "not_enough"}]),
    people=st.integers(1, 3),
    outcome=st.sampled_from(["interviewed", "interviewed", "interviewed", "refused"]),
    proof=st.sampled_from([(), (AT_HOME,), (ELSEWHERE,), (FAR_OFF,), (NOTE,)]),
    kinds=st.sets(st.sampled_from(KINDS), max_size=2).map(lambda found: tuple(sorted(found))),
)
houses = st.sampled_from([world.HOUSE, world.HOUSE, FOUND_HOUSE, *VILLAGES])
causes = st.sampled_from(("",) * 6 + CAUSES)


class Deliveries(RuleBasedStateMachine):
    """Three phones of two volunteers write and deliver as they please."""

    def __init__(self, phones: list[Handset], register: Session) -> None:
        super().__init__()
        self.phones, self.register, self.post = phones, register, Post()
        self.interviews: list[Interview] = []
        self.brought: list[Written] = []
        self.files: set[tuple[int, str]] = set()
        books.clear(register)

    @precondition(lambda self: len(self.interviews) < 3)
    @rule(phone=st.sampled_from([0, 0, 1, 2]), household=houses, said=tales, cause=causes)
    def visit(self, phone: int, household: uuid.UUID, said: Said, cause: str) -> None:
        key = uuid.UUID(int=5000 + len(self.interviews))
        one = Interview(key, self.phones[phone], household)
        for kind in KINDS:
            one.files[kind] = sealed_file(one.phone, key, kind)
        self.interviews.append(one)
        one.write(said, [], cause, self.somebody_else(one.phone))

    @precondition(lambda self: self.interviews)
    @rule(data=st.data(), said=tales, cause=causes)
    def correct(self, data: st.DataObject, said: Said, cause: str) -> None:
        """From one finished revision, from two at once, or anew: branches and conflicts."""
        one = data.draw(st.sampled_from(self.interviews))
        bases = data.draw(st.lists(st.sampled_from(one.written), max_size=2, unique=True))
        one.write(said, bases, cause, self.somebody_else(one.phone))

    @precondition(lambda self: self.interviews)
    @rule(data=st.data(), again_by=st.sampled_from([None, 0, 1, 2]))
    def bring(self, data: st.DataObject, again_by: int | None) -> None:
        """What is held already may be asked for and sent again by anybody."""
        one = data.draw(st.sampled_from(self.written()))
        self.post.bring(one)
        self.note(one)
        if again_by is not None:
            self.is_planned(self.phones[again_by])
            self.post.bring(one, self.phones[again_by])

    @precondition(lambda self: self.interviews)
    @rule(data=st.data())
    def bring_whole(self, data: st.DataObject) -> None:
        """With its files, which are held from then on wherever its list can be read."""
        place = data.draw(st.integers(0, len(self.interviews) - 1))
        interview = self.interviews[place]
        one = data.draw(st.sampled_from(interview.written))
        self.post.bring_whole(one, interview)
        self.note(one)
        listed = one.files if one.cause != "unreadable" else set()
        digests = {kind: interview.files[kind][0]["sealed_sha256"] for kind in KINDS}
        self.files |= {(place, kind) for kind in KINDS if digests[kind] in listed}

    @precondition(lambda self: self.interviews)
    @rule(data=st.data())
    def bring_together(self, data: st.DataObject) -> None:
        first = data.draw(st.sampled_from(self.written()))
        same = [one for one in self.written() if one.carrier is first.carrier]
        many = data.draw(st.lists(st.sampled_from(same), min_size=1, max_size=6))
        self.post.bring_together(first.carrier, many)
        for one in many:
            self.note(one)

    @precondition(lambda self: len(self.written()) > len(self.brought) + 2)
    @rule(data=st.data())
    def bring_the_rest(self, data: st.DataObject) -> None:
        """All that waits on the phones, in any order."""
        rest = [one for one in self.written() if one not in self.brought]
        for one in data.draw(st.permutations(rest)):
            self.post.bring(one)
            self.note(one)

    @precondition(lambda self: self.interviews)
    @rule(data=st.data(), kind=st.sampled_from(KINDS))
    def bring_file(self, data: st.DataObject, kind: str) -> None:
        """Listed already, listed later, or never."""
        place = data.draw(st.integers(0, len(self.interviews) - 1))
        self.post.bring_file(self.interviews[place], kind)
        self.files.add((place, kind))

    @invariant()
    def heads_and_counts_are_those_of_a_recount(self) -> None:
        self.register.rollback()
        assert books.kept_conflicts(self.register) == books.recomputed_conflicts(self.register)
        assert books.kept_heads(self.register) == books.recomputed_heads(self.register)
        assert books.kept_counts(self.register) == books.recounted(self.register)

    def teardown(self) -> None:
        """The same things again, in the reference order, into an empty register."""
        if not self.brought:
            return
        found = books.state(self.register)
        self.is_complete_where_all_is_held()
        books.clear(self.register)
        again = Post()
        for one in in_reference_order(self.brought):
            again.bring(one)
        for place, kind in sorted(self.files):
            again.bring_file(self.interviews[place], kind)
        wanted = books.state(self.register)
        for table, rows in wanted.items():
            assert found[table] == rows, table

    def is_planned(self, phone: Handset) -> None:
        """Any phone is told of each revision what is held and what is still to come."""
        held = self.held()
        answers = self.post.ask(phone, self.written())
        for one, told in zip(self.written(), answers, strict=True):
            assert (told["receipt"] is None) == (one not in self.brought)
            assert set(told["missing"]) == one.files - held

    def is_complete_where_all_is_held(self) -> None:
        """The last receipt is `complete` as soon as, and only when, every file listed is held.

        What was in custody has a receipt like all others once it waits for nobody.
        """
        held, waits = self.held(), books.waiting(self.register)
        answers = self.post.ask(self.phones[0], self.brought)
        for one, told in zip(self.brought, answers, strict=True):
            level, _ = self.post.told[one.digest]
            in_custody = level == "custody" and one.digest in waits
            due = "custody" if in_custody else "complete" if one.files <= held else "data"
            assert level_of(told["receipt"]) == due

    def written(self) -> list[Written]:
        return [one for interview in self.interviews for one in interview.written]

    def held(self) -> set[str]:
        return {
            str(self.interviews[place].files[kind][0]["sealed_sha256"])
            for place, kind in self.files
        }

    def note(self, one: Written) -> None:
        if one not in self.brought:
            self.brought.append(one)

    def somebody_else(self, phone: Handset) -> Handset:
        return next(one for one in self.phones if one.account != phone.account)


def in_reference_order(brought: list[Written]) -> list[Written]:
    """Interview by interview, each from its first revision to its last.

    Of two interviews of one household the first to arrive stands (decision 6): it comes first.
    """
    standing: dict[uuid.UUID, str] = {}
    for one in brought:
        if one.is_placeable:
            standing.setdefault(one.household, one.sealed.interview)

    def place(one: Written) -> tuple[bool, str, int, str]:
        beside = standing.get(one.household) != one.sealed.interview
        return beside, one.sealed.interview, one.document["number"], one.digest

    return sorted(brought, key=place)


@cache
def sealed_file(phone: Handset, interview: uuid.UUID, kind: str) -> tuple[dict[str, Any], bytes]:
    """The same bytes whenever a tale is told again, or its digests would decide otherwise."""
    return phone.file(str(interview), kind, f"{kind} {interview}".encode())


@pytest.fixture
def phones(app: Flask, mali: Handset, chai: Handset) -> list[Handset]:
    """Mali's two phones, and Chai's."""
    second = Handset(app.test_client(), mali.account, "mali")
    second.sign_in()
    second.hello()
    return [mali, second, chai]


class TestDeliveriesInAnyOrder:
    def test_end_in_the_same_state_and_the_counts_are_always_right(
        self, phones: list[Handset], the_world: Session
    ) -> None:
        run_state_machine_as_test(partial(Deliveries, phones, the_world), settings=PROFILE)


class TestDeliveriesAtOnce:
    def test_end_in_the_state_of_the_reference_order(
        self, app: Flask, phones: list[Handset], the_world: Session
    ) -> None:
        """Branches, conflicts, a second interview and files, eight at a time: none is refused."""
        visits, files = three_visits(phones)
        first, second, third = (branches(visit, phones) for visit in visits)
        Post().bring(first[0])  # of two interviews of a household the first to arrive stands

        def bring(one: Written) -> None:
            carrier = copy.copy(one.carrier)
            carrier.client, headers = (
                app.test_client(),
                {"Authorization": f"Hand-In {carrier.token}"},
            )
            assert carrier.put(one.sealed, **headers).status_code in (200, 201, 202)

        with ThreadPoolExecutor(8) as pool:
            sent = [pool.submit(bring, one) for one in [*first, *second, *third] * 2]
            sent += [pool.submit(Post().bring_file, *one) for one in files]
            [one.result() for one in sent]
        found = books.state(the_world)
        assert books.kept_counts(the_world) == books.recounted(the_world)
        books.clear(the_world)
        for one in in_reference_order([*first, *second, *third]):
            Post().bring(one)
        for visit, kind in files:
            Post().bring_file(visit, kind)
        assert found == books.state(the_world)


def three_visits(phones: list[Handset]) -> tuple[list[Interview], list[tuple[Interview, str]]]:
    """Two of one household and one of another, and the files of all of them."""
    visits = [Interview(uuid.UUID(int=7000 + n), phones[0], world.HOUSE) for n in range(2)]
    visits.append(Interview(uuid.UUID(int=7002), phones[2], world.CHAIS_HOUSE))
    files = [(visit, kind) for visit in visits for kind in ("photo", "signature")]
    for visit, kind in files:
        visit.files[kind] = sealed_file(visit.phone, visit.id, kind)
    return visits, files


def branches(visit: Interview, phones: list[Handset]) -> list[Written]:
    """A revision, two beside each other on it, and one of them corrected again."""
    said = [
        Said({"9.1": "enough"}, people, "interviewed", (AT_HOME,), ("photo",))
        for people in (1, 2, 3)
    ]
    other = phones[2] if visit.phone is not phones[2] else phones[0]
    first = visit.write(said[0], [], "", other)
    beside = [visit.write(one, [first], "", other) for one in said[1:]]
    last = visit.write(dataclasses.replace(said[0], kinds=("signature",)), [beside[0]], "", other)
    return [first, *beside, last]
