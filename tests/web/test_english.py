"""Read in English a page says nothing in Thai but names, answers and what people wrote."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import thai_words
from tests.handset import Handset
from tests.web.rights_examples import EXAMPLES
from tests.web.rights_world import PEOPLE, Person, Rights, Target
from tests.web.test_rights import APP, NOTHING, reaches
from webapp.domain import policy

PAGES = sorted(
    case
    for case, one in EXAMPLES.items()
    if one.html and case[1] == "GET" and case[0] != "pwa.shell"
)
"""The app's shell is one file for everybody, kept on the phone; its script speaks the language."""
BESIDE = re.compile(r"<(script|style|textarea|svg)\b.*?</\1>", re.S)
SAID = re.compile(r'(?:title|aria-label|placeholder|alt|content|value)="([^"]*)"')


def words(page: str) -> str:
    """What is seen or read out."""
    page = re.sub(r'<[^>]* lang="th"[^>]*>.*?<', "<", page, flags=re.S)
    attributes = " ".join(SAID.findall(page))
    return html.unescape(re.sub(r"<[^>]*>", " ", BESIDE.sub(" ", page)) + attributes)


def reader(case: tuple[str, str], target: Target) -> Person | None:
    """The highest officer, or whoever else may open the page."""
    for person in reversed(PEOPLE):
        rule = policy.ROUTES[case[0]]
        if (
            rule.allows(person.role)
            and EXAMPLES[case].only(person)
            and reaches(person, case, target)
        ):
            return person
    return None


@pytest.fixture
def known(rights: Rights) -> set[str]:
    with Session(rights.engine) as register:
        return thai_words.in_the_register(register)


@pytest.mark.parametrize("case", PAGES, ids=" ".join)
def test_a_page_in_english_is_english(
    case: tuple[str, str], rights: Rights, known: set[str]
) -> None:
    for target in EXAMPLES[case].about or (NOTHING,):
        if (person := reader(case, target)) is None:
            continue
        with rights.app.test_request_context():
            address = rights.app.url_for(
                case[0], **EXAMPLES[case].values(rights.app, person, target)
            )
        browser = rights.browser(person)
        browser.set_cookie("jpt-language", "en")
        answer = browser.get(address, headers=APP | {"Accept": "text/html"})
        browser.delete_cookie("jpt-language")
        if answer.mimetype == "text/html":
            assert not thai_words.left(words(answer.get_data(as_text=True)), known), address


class TestAProblem:
    @pytest.mark.parametrize(
        "asked", [{"Accept-Language": "en"}, {"Accept-Language": "en-GB,th;q=.5"}]
    )
    def test_of_the_api_follows_what_a_program_asks_for(
        self, client: FlaskClient, asked: dict[str, str]
    ) -> None:
        told = client.get("/api/v1/changes", headers=asked).get_json()
        assert told["detail"].startswith("Your session has ended")
        told = client.get(
            "/api/v1/changes", headers={"Accept-Language": "th-TH,en;q=.5"}
        ).get_json()
        assert told["detail"].startswith("หมดเวลา")

    def test_follows_the_switch_before_anything_else(self, app: Flask, mali: Handset) -> None:
        mali.client.set_cookie("jpt-language", "en")
        told = mali.client.get("/api/v1/boundaries/999999", headers={"Accept-Language": "th"})
        assert told.get_json()["detail"].startswith("There is no such thing")

    def test_page_is_thai_until_somebody_switches(self, client: FlaskClient) -> None:
        page = client.get("/nowhere", headers={"Accept": "text/html", "Accept-Language": "en"})
        assert 'lang="th"' in page.text
