"""The odd ones among the demo's interviews: each kind once, so that each finding can be seen."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from webapp.demo import drawing, fates, households, oddities, proof
from webapp.demo.fates import Fate
from webapp.domain import likeness
from webapp.services import decoding

EVERY = households.dwellings(1, date(2026, 6, 15), 406)
PLAIN = fates.fates(EVERY[:400], EVERY[400:])
ODD = oddities.odd(PLAIN)


def of(kind: str) -> list[Fate]:
    return [one for one in ODD if one.oddity == kind]


def hash_of(one: Fate) -> int:
    photo = next(file.content for file in proof.files(one) if file.kind == "photo")
    return decoding.difference_hash(decoding.open_picture(photo))


class TestTheOddOnes:
    def test_are_of_every_kind_and_few(self) -> None:
        counted = Counter(one.oddity for one in ODD if one.oddity)
        assert counted == {
            **dict.fromkeys((*oddities.PAIRS, *oddities.ALONE), 1),
            **Counter(oddities.SPOT),
        }

    def test_take_nobody_away(self) -> None:
        assert [one.dwelling.number for one in ODD] == [one.dwelling.number for one in PLAIN]

    def test_have_a_photo_alike_in_their_own_village(self) -> None:
        for kind, most in (("photo_same", 0), ("photo_similar", likeness.SIMILAR["volunteer"])):
            (one,) = of(kind)
            assert one.like
            assert one.like.dwelling.village == one.dwelling.village
            assert likeness.distance(hash_of(one), hash_of(one.like)) <= most

    def test_show_nothing_where_the_lens_was_covered(self) -> None:
        dark = decoding.open_picture(drawing.dark())
        assert not likeness.says_something(decoding.visible(dark))

    def test_were_in_two_villages_within_minutes(self) -> None:
        moved = [
            new for new, old in zip(ODD, PLAIN, strict=True) if new.finished_at != old.finished_at
        ]
        (one,) = moved
        ends = [
            other.finished_at
            for other in ODD
            if other.volunteer is one.volunteer and other.dwelling.village != one.dwelling.village
        ]
        assert min(abs(one.finished_at - end) for end in ends) <= timedelta(minutes=3)
