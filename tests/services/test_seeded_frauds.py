"""The generator of seeded frauds: the same again by seed, honest work first, frauds of each way."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import cache

import pytest

from webapp.demo.papers import written
from webapp.demo.rates import QUESTIONNAIRE
from webapp.demo.seeded import field_work, frauds
from webapp.demo.seeded.field_work import HandedIn
from webapp.domain import documents, engine

HONEST = 300


@cache
def made(seed: int) -> list[HandedIn]:
    return field_work.handed_in(seed, HONEST)


class TestASeed:
    def test_makes_the_same_interviews_again(self) -> None:
        again = field_work.handed_in(1, HONEST)
        assert [written(one.document) for one in again] == [
            written(one.document) for one in made(1)
        ]

    def test_of_another_number_makes_other_villages_volunteers_and_answers(self) -> None:
        one, other = made(1), made(2)
        assert not {a.volunteer for a in one} & {b.volunteer for b in other}
        assert written(one[0].document) != written(other[0].document)


class TestTheForty:
    def test_are_of_every_way_among_the_honest(self) -> None:
        wanted = {way: count for way, (_, count) in frauds.WAYS.items()}
        found = Counter(one.way for one in made(1))
        assert found == Counter({None: HONEST, **wanted})
        assert sum(wanted.values()) == field_work.FRAUDS == 40

    def test_come_from_people_who_work_honestly_besides(self) -> None:
        honest = Counter(one.volunteer for one in made(1) if one.way is None)
        assert all(honest[one.volunteer] >= 10 for one in made(1) if one.way)


class TestEachInterview:
    def test_can_be_read_and_is_finished_after_it_began(self) -> None:
        for one in made(2):
            read = documents.read(written(one.document))
            begun = datetime.fromisoformat(one.document["started_at"])
            assert read.finished_at
            assert read.finished_at > begun
            assert read.village == one.village

    @pytest.mark.parametrize("way", [None, *frauds.WAYS])
    def test_has_every_answer_that_is_asked_for(self, way: str | None) -> None:
        told = next(one.document for one in made(2) if one.way == way)
        missing = engine.judge(QUESTIONNAIRE, told)["missing"]
        assert [id for id in missing if id[0].isdigit()] == []
