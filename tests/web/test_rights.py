"""The matrix: everybody × every route × where the thing lies, as the policy table has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.web.rights_asking import APP
from tests.web.rights_examples import EXAMPLES
from tests.web.rights_world import (
    ANONYMOUS,
    OTHER_DISTRICT,
    PEOPLE,
    PROVED,
    REVIEWERS,
    UNPROVED,
    VIEWER,
    VOLUNTEER,
    Person,
    Rights,
    Target,
)
from webapp.blueprints import headers
from webapp.domain import policy
from webapp.domain.actors import Role

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PROGRAM = APP | {"Accept": "application/json"}
EVERYTHING = """
    select array[(select count(*) from audit_entries), (select count(*) from accounts),
        (select count(*) from sign_in_codes where ended_at is null),
        (select count(*) from passkeys), (select sum(revision) from accounts)]
"""
"""What an act of these would change, whatever it is."""
NOTHING = Target("4399")
CASES = sorted(EXAMPLES)
REFUSED = {"session": 401, "forbidden": 403, "not-found": 404}


def routes(app: Flask) -> set[tuple[str, str]]:
    """Every endpoint with each of its methods."""
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in METHODS
        if method in (rule.methods or ())
    }


def ask(
    rights: Rights, person: Person, case: tuple[str, str], target: Target, **more: Any
) -> TestResponse:
    """The example, asked by the person about the target."""
    endpoint, method = case
    example = EXAMPLES[case]
    with rights.app.test_request_context():
        address = rights.app.url_for(endpoint, **example.values(rights.app, person, target))
    wanted = example.request(rights.app)
    wanted |= {"data": example.form(target)} if example.form else {}
    own, kept = more.pop("headers", APP), more.pop("kept", PROVED)
    sent = {"Accept": "text/html" if example.html else "*/*"} | wanted.pop("headers", {}) | own
    with rights.no_form_tokens():
        answer = rights.browser(person, kept).open(
            address, method=method, headers=sent, buffered=True, **wanted, **more
        )
    if example.signs_out and answer.status_code == 302:
        rights.leave(person)
    return answer


def expected(person: Person, case: tuple[str, str], target: Target) -> tuple[int, ...]:
    """What the table says; outside one's areas a thing is not there."""
    rule, example = policy.ROUTES[case[0]], EXAMPLES[case]
    if not rule.allows(person.role):
        anonymous = person.role is Role.ANONYMOUS
        return (302,) if anonymous and asks_for_page(case) else (401 if anonymous else 403,)
    if not example.only(person):
        return (403,)
    return example.ok if reaches(person, case, target) else (404,)


def reaches(person: Person, case: tuple[str, str], target: Target) -> bool:
    """Whether the thing asked about is theirs; of nothing in particular everybody may ask."""
    example = EXAMPLES[case]
    return not example.about or example.whose(person, target)


def asks_for_page(case: tuple[str, str]) -> bool:
    """A person who is not signed in is shown the way; a program is told."""
    programs = ("sync", "vault", "announced", "own_card", "forums")
    return case[1] == "GET" and case[0].split(".")[0] not in programs


def cells(case: tuple[str, str]) -> Iterator[tuple[Person, Target]]:
    """Everybody, about everything this route can be asked about."""
    for person in PEOPLE:
        for target in EXAMPLES[case].about or (NOTHING,):
            yield person, target


class TestTheMatrix:
    def test_has_an_example_of_every_route_and_method(self, app: Flask) -> None:
        assert routes(app) - set(EXAMPLES) == set(), "add them to rights_examples.py"
        assert set(EXAMPLES) - routes(app) == set(), "no such route"

    def test_meets_every_relation_of_areas(self) -> None:
        abouts = [target for case in CASES for target in EXAMPLES[case].about]
        found = {person.relation(target.code) for person in REVIEWERS for target in abouts}
        assert found == {"own", "child", "parent", "sibling", "other branch", "none"}

    @pytest.mark.parametrize("case", CASES, ids=" ".join)
    def test_is_what_the_policy_table_says(self, case: tuple[str, str], rights: Rights) -> None:
        wrong = []
        for person, target in cells(case):
            answer = ask(rights, person, case, target)
            wanted = expected(person, case, target)
            if answer.status_code not in wanted:
                wrong.append((person.name, target.code, answer.status_code, wanted))
        assert wrong == []


class TestAnActThatNeedsProof:
    @pytest.mark.parametrize(
        "case", [one for one in CASES if policy.ROUTES[one[0]].step_up], ids=" ".join
    )
    def test_is_not_done_for_who_showed_it_long_ago(
        self, case: tuple[str, str], rights: Rights
    ) -> None:
        before = rights.ask(EVERYTHING)
        for person, target in cells(case):
            if not policy.ROUTES[case[0]].allows(person.role):
                continue
            answer = ask(rights, person, case, target, kept=UNPROVED)
            assert answer.status_code == (302 if case[1] == "GET" else 303), person.name
            assert answer.location.partition("?")[0] == "/prove"
        assert rights.ask(EVERYTHING) == before


class TestARoute:
    def test_refuses_everybody_whom_the_table_does_not_name(
        self, app: Flask, rights: Rights
    ) -> None:
        wrong = []
        for rule in app.url_map.iter_rules():
            allowed = policy.ROUTES[rule.endpoint]
            for person in (one for one in PEOPLE if not allowed.allows(one.role)):
                for method in set(METHODS) & (rule.methods or set()):
                    asked = rights.browser(person).open(
                        made_up(app, rule), method=method, headers=APP
                    )
                    wanted = (401, 302) if person.role is Role.ANONYMOUS else (403,)
                    if asked.status_code not in wanted:
                        wrong.append((rule.endpoint, method, person.name, asked.status_code))
        assert wrong == []


def made_up(app: Flask, rule: Rule) -> str:
    """An address of the route, about nothing that there is."""
    parts = {
        name: 1 if "Integer" in type(kind).__name__ else UUID(int=9)
        for name, kind in rule._converters.items()
    }
    with app.test_request_context():
        return app.url_for(rule.endpoint, **parts)


class TestWhatIsNotThere:
    @pytest.mark.parametrize("case", [c for c in CASES if EXAMPLES[c].about], ids=" ".join)
    def test_is_answered_like_what_is_elsewhere(
        self, case: tuple[str, str], rights: Rights
    ) -> None:
        for person in REVIEWERS:
            outside = [t for t in EXAMPLES[case].about if not reaches(person, case, t)]
            told = {
                likeness(
                    ask(rights, person, case, one, headers=APP | {"Accept": "application/json"})
                )
                for one in (*outside, NOTHING)
            }
            assert len(told) == 1, person.name


def likeness(answer: TestResponse) -> tuple[Any, ...]:
    """All that an answer tells."""
    return answer.status_code, tuple(sorted(answer.headers.items())), answer.get_data()


class TestEveryAnswer:
    @pytest.mark.parametrize("case", CASES, ids=" ".join)
    def test_carries_the_security_headers(self, case: tuple[str, str], rights: Rights) -> None:
        for person in (ANONYMOUS, *REVIEWERS[-2:]):
            answer = ask(rights, person, case, NOTHING)
            assert headers.FIXED.items() <= dict(answer.headers).items()
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
            assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
            assert "Cookie" in answer.headers["Vary"]
            private = policy.ROUTES[case[0]].roles != policy.EVERYBODY
            kept = answer.headers["Cache-Control"]
            assert not private or "no-store" in kept or "private" in kept, kept

    @pytest.mark.parametrize("case", CASES, ids=" ".join)
    def test_of_refusal_has_a_code_and_a_thai_sentence(
        self, case: tuple[str, str], rights: Rights
    ) -> None:
        for person in (ANONYMOUS, VOLUNTEER, VIEWER, OTHER_DISTRICT):
            target = next(iter(EXAMPLES[case].about), NOTHING)
            answer = ask(rights, person, case, target, headers=APP | {"Accept": "*/*"})
            if answer.mimetype != "application/problem+json":
                continue
            told = answer.get_json()
            assert REFUSED.get(told["code"], answer.status_code) == answer.status_code
            assert any("ก" <= letter <= "๛" for letter in told["detail"])
            assert str(target.interview) not in answer.text
