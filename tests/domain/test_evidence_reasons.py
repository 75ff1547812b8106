"""The evidence grade in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from webapp.domain.evidence_reasons import Seen, explain
from webapp.domain.positions import Spot

SPOT = Spot(
    102.741234, 17.872345, 10.0, houses=20, nearest=40.0, middle=300.0, usual=280.0
)  # fmt: skip
WHOLE = Seen(frozenset({"photo", "signature"}), spot=SPOT, inside=True, alike=False, accepted=True)


def told(seen: Seen) -> dict[str, str]:
    return {one.key: one.tone for one in explain(seen)}


class TestGoodEvidence:
    def test_is_explained_by_each_item_that_it_rests_on(self) -> None:
        assert told(WHOLE) == {
            "item_photo": "good", "item_signature": "good", "photo_unique": "good",
            "accuracy_good": "good", "inside": "good", "near_accepted": "good",
            "fix_in_time": "good",
        }  # fmt: skip

    def test_says_the_metres(self) -> None:
        values = {one.key: one.values for one in explain(WHOLE)}
        assert values["accuracy_good"] == {"metres": 10}
        assert values["near_accepted"]["nearest"] == 40
        assert values["near_accepted"]["houses"] == 20


class TestWeakEvidence:
    @pytest.mark.parametrize(
        ("changes", "key", "tone"),
        [
            ({"kinds": frozenset()}, "no_face", "bad"),
            ({"kinds": frozenset({"other_photo"})}, "item_other_photo", "quiet"),
            ({"spot": None}, "no_position", "bad"),
            ({"inside": False}, "outside", "bad"),
            ({"inside": None}, "inside_unknown", "quiet"),
            ({"alike": True}, "photo_alike", "bad"),
            ({"alike": None}, "photo_not_compared", "quiet"),
            ({"plain": True}, "photo_plain", "bad"),
            ({"old": True}, "fix_old", "bad"),
            ({"due": 2}, "due", "quiet"),
            ({"note": True}, "item_note", "quiet"),
            ({"spot": replace(SPOT, accuracy=300.0)}, "accuracy_weak", "quiet"),
            ({"spot": replace(SPOT, accuracy=900.0)}, "accuracy_poor", "bad"),
            ({"spot": replace(SPOT, nearest=None)}, "no_neighbours", "quiet"),
            ({"spot": replace(SPOT, nearest=9e3, middle=9e3)}, "far_from_accepted", "bad"),
            ({"accepted": False}, "near_received", "good"),
        ],
    )
    def test_says_what_is_wanting(self, changes: dict[str, object], key: str, tone: str) -> None:
        assert told(replace(WHOLE, **changes))[key] == tone

    def test_outside_by_less_than_the_fix_is_accurate_is_only_at_the_edge(self) -> None:
        edge = replace(WHOLE, inside=False, spot=replace(SPOT, outside_by=8.0))
        assert "at_the_edge" in told(edge)
        beyond = replace(WHOLE, inside=False, spot=replace(SPOT, outside_by=80.0))
        assert told(beyond)["outside_by"] == "bad"
