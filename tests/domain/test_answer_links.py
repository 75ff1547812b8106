"""From a result to the answers it rests on, and from a rule to the lines it points at."""

from __future__ import annotations

from typing import Any

import pytest

from webapp.domain import answer_changes, answer_links, answer_words, questionnaire

BMN = questionnaire.load("bmn-31")
INDICATORS = {one["no"]: one for one in BMN["indicators"]}


def rests_on(no: int, **settings: Any) -> list[str]:
    effective = answer_links.settings_of(BMN, settings)
    return answer_links.answers_of(BMN, INDICATORS[no], effective)


class TestAnIndicator:
    def test_of_a_household_rests_on_what_its_rule_names(self) -> None:
        assert rests_on(4) == ["4.1", "4.2", "4.3", "4.4"]
        assert rests_on(22) == ["22.1.1", "22.1.2", "22.1.3", "22.1.4"]

    def test_of_people_rests_on_who_they_are_too(self) -> None:
        assert rests_on(17) == ["17.1", "17.2"]

    def test_rests_on_what_the_round_counts(self) -> None:
        assert rests_on(2) == ["2.4"]
        assert rests_on(2, count_2_2=True) == ["2.2", "2.4"]
        assert rests_on(6) == ["6.4"]
        assert rests_on(6, screening_6_5_rescues=True) == ["6.4", "6.5"]

    @pytest.mark.parametrize("no", sorted(INDICATORS))
    def test_of_bmn_31_always_rests_on_something_that_is_asked(self, no: int) -> None:
        asked = {one["id"] for one in BMN["questions"]}
        assert rests_on(no)
        assert set(rests_on(no)) <= asked


class TestAFigureThatIsComputed:
    def test_stands_for_the_answers_it_comes_from(self) -> None:
        definition = {
            "questions": [
                {"id": "1", "kind": "number"},
                {"id": "2", "kind": "number"},
                {"id": "3", "kind": "derived", "value": "#1 + #2"},
            ],
            "sections": [{"screens": [{"questions": ["1", "2", "3"]}]}],
        }
        found = answer_links.answers_of(definition, {"met": "#3 > 5"}, {})
        assert found == ["1", "2", "3"]


class TestAFailure:
    LINES = ("cover.house_code", "members.m1.sex", "members.m1.title", "members.m2.sex", "22.1.1")

    def places(self, **failure: Any) -> list[str]:
        return answer_links.places_of(failure, self.LINES)

    def test_about_one_person_points_at_that_person(self) -> None:
        found = self.places(about=["members.title", "members.sex"], member="m1")
        assert found == ["members.m1.title", "members.m1.sex"]

    def test_about_nobody_in_particular_points_at_everybody(self) -> None:
        assert self.places(about=["members.sex"]) == ["members.m1.sex", "members.m2.sex"]

    def test_points_at_no_line_that_is_not_there(self) -> None:
        assert self.places(about=["22.1.1", "22.1.2", "cover.house_code"]) == [
            "22.1.1",
            "cover.house_code",
        ]


class TestARevision:
    def test_tells_what_it_says_otherwise(self) -> None:
        before: dict[str, Any] = {"cover": {}, "members": [], "answers": {"8.1": "yes"}}
        after = before | {"answers": {"8.1": "no", "8.2": "yes"}}
        parts = [answer_words.parts_of(BMN, one) for one in (before, after)]
        changes = answer_changes.between(*parts)
        assert [(one.key, one.before, one.after) for one in changes] == [
            ("8.1", "ใช่", "ไม่ใช่"),
            ("8.2", "–", "ใช่"),
        ]
        assert answer_changes.between(parts[0], parts[0]) == []

    def test_names_what_is_missing(self) -> None:
        parts = answer_words.parts_of(BMN, {"members": [{"id": "m1"}]}, ["8.1", "members.m1.birth"])
        said = {line.key: line.answer for part in parts for line in part.lines}
        assert said == {
            "8.1": answer_words.UNANSWERED,
            "members.m1.birth": answer_words.UNANSWERED,
        }
