"""Who stands above whom, what each state allows, and how numbers are written and hidden."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp import wording
from webapp.domain import people
from webapp.domain.actors import Level, Role
from webapp.domain.people import Act, Status
from webapp.services.people import AUDITED

DEPARTMENT, PROVINCE, DISTRICT = Level.DEPARTMENT, Level.PROVINCE, Level.DISTRICT


class TestALevel:
    @pytest.mark.parametrize(
        ("actor", "made"),
        [(DEPARTMENT, PROVINCE), (PROVINCE, DISTRICT), (DISTRICT, None), (None, None)],
    )
    def test_makes_officers_of_the_level_right_below(
        self, actor: Level | None, made: Level | None
    ) -> None:
        assert [one for one in Level if people.may_create(actor, Role.OFFICER, one)] == (
            [made] if made else []
        )

    @pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.INSPECTOR, Role.VIEWER])
    def test_of_officers_makes_everybody_who_is_none(self, role: Role) -> None:
        assert all(people.may_create(one, role, None) for one in Level)
        assert not people.may_create(None, role, None)

    def test_manages_whoever_is_below_and_never_its_own(self) -> None:
        managed = {
            actor: {one for one in (*Level, None) if people.may_manage(actor, one)}
            for actor in (*Level, None)
        }
        assert managed == {
            DEPARTMENT: {PROVINCE, DISTRICT, None},
            PROVINCE: {DISTRICT, None},
            DISTRICT: {None},
            None: set(),
        }


class TestAnAct:
    def test_leads_somewhere_from_where_it_is_allowed(self) -> None:
        for act, status in people.LEADS_TO.items():
            assert status not in people.ALLOWED_IN[act], act

    def test_on_a_closed_account_is_never_allowed(self) -> None:
        assert not [act for act in Act if people.may_act_on(Status.CLOSED, act)]

    def test_can_be_undone_where_that_is_said(self) -> None:
        for act, undone_by in ((Act.APPROVE, Act.WITHDRAW), (Act.REFUSE, Act.RECONSIDER)):
            assert people.may_act_on(people.LEADS_TO[act], undone_by)
            assert people.LEADS_TO[undone_by] is Status.WAITING

    @pytest.mark.parametrize("language", wording.LANGUAGES)
    def test_has_its_words_in_the_log(self, language: str) -> None:
        known = wording.texts(language)
        assert all(f"audit.act_{one.replace('.', '__')}" in known for one in AUDITED.values())
        assert all(f"people.done_{act.value}" in known for act in people.LEADS_TO)


class TestATelephoneNumber:
    @pytest.mark.parametrize(
        ("written", "digits"),
        [
            ("081-234-5678", "0812345678"),
            ("๐๘๑ ๒๓๔ ๕๖๗๘", "0812345678"),
            ("+66 81 234 5678", "0812345678"),
            ("(042) 411 234", "042411234"),
            ("02-123-4567", "021234567"),
            ("0112345678", None),
            ("081234567", None),
            ("08123456789", None),
            ("", None),
            ("ไม่มี", None),
        ],
    )
    def test_is_read_as_people_write_it(self, written: str, digits: str | None) -> None:
        assert people.phone_of(written) == digits

    @given(st.from_regex(r"0[689][0-9]{8}", fullmatch=True))
    def test_is_hidden_but_for_its_end(self, number: str) -> None:
        assert people.masked_phone(number) == f"xxx-xxx-{number[-4:]}"


class TestAnIdNumber:
    def test_is_hidden_but_for_its_last_three_digits(self) -> None:
        assert people.masked_id("1990100000511") == "x-xxxx-xxxxx-51-1"
        assert people.written_id("1990100000511") == "1-9901-00000-51-1"

    @given(st.text(max_size=12))
    def test_that_is_none_shows_nothing_of_itself(self, text: str) -> None:
        assert set(people.masked_id(text)) <= {"x"}


class TestAName:
    @given(st.from_regex(r"[ก-ฮ]{1,20}", fullmatch=True), st.from_regex(r"[ก-ฮ ]{0,30}"))
    def test_comes_apart_as_it_was_put_together(self, given_name: str, family: str) -> None:
        name = people.full_name(given_name, family)
        assert people.name_parts(name) == (given_name, people.tidy(family))

    @pytest.mark.parametrize(
        ("pasted", "read"),
        [
            (" นาง\t\n", "นาง"),
            ("สม\u200bศรี\x07", "สมศรี"),
            ("\u202eงาม\u2069", "งาม"),
            ("แก้ว\u00a0 ทอง\ufffe", "แก้ว ทอง"),
            ("น้ำผึ้ง", "น้ำผึ้ง"),
        ],
    )
    def test_has_nothing_in_it_that_cannot_be_seen(self, pasted: str, read: str) -> None:
        assert people.tidy(pasted) == read
