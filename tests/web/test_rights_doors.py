"""Side doors: lists, counts, tiles, cursors and kept answers tell no more than the front door."""

from __future__ import annotations

import gzip
from base64 import urlsafe_b64decode
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.services.scopes_places import ABROAD, BESIDE, FAR, NEAR, OWN, PLACES, SPARE
from tests.web.rights_asking import APP
from tests.web.rights_examples import EXAMPLES, TILE, picture
from tests.web.rights_world import (
    DEPARTMENT,
    DISTRICT,
    IDLE,
    INSPECTOR,
    OTHER_DISTRICT,
    OUTSIDER,
    REVIEWERS,
    SINGLE,
    VILLAGES,
    VOLUNTEER,
    Person,
    Rights,
    Target,
)
from webapp.domain import policy

LIVED_IN = tuple(place for place in PLACES if place is not SPARE)
READING = [case for case in sorted(EXAMPLES) if case[1] == "GET"]


def households(person: Person) -> set[str]:
    """The ids that lie in the person's areas."""
    return {str(place.household) for place in LIVED_IN if person.covers(place.code)}


def listed(browser: FlaskClient, address: str = "/map/households") -> set[str]:
    """What the list gives."""
    return {one["id"] for one in browser.get(address).get_json()["households"]}


def changed(browser: FlaskClient, after: str = "0") -> dict[str, Any]:
    """What a volunteer's phone is given."""
    answer: dict[str, Any] = browser.get(f"/api/v1/changes?after={after}").get_json()
    return answer


@pytest.mark.parametrize("person", REVIEWERS, ids=lambda person: person.name)
class TestWhatAReviewerSees:
    def test_in_the_list_is_all_of_their_areas_and_no_more(
        self, person: Person, rights: Rights
    ) -> None:
        assert listed(rights.browser(person)) == households(person)

    def test_on_near_tiles_too(self, person: Person, rights: Rights) -> None:
        browser = rights.browser(person)
        near = [
            f"/map/tiles/{TILE['z'] + 2}/{4 * TILE['x'] + right}/{4 * TILE['y'] + below}.mvt"
            for right in range(4)
            for below in range(4)
        ]
        tiles = b"".join(gzip.decompress(browser.get(one).data) for one in near)
        found = {str(one.household) for one in LIVED_IN if str(one.household).encode() in tiles}
        assert found == households(person)

    def test_on_a_far_tile_too(self, person: Person, rights: Rights) -> None:
        tile = gzip.decompress(rights.browser(person).get("/map/tiles/10/804/460.mvt").data)
        found = {place.code for place in PLACES if place.code.encode() in tile}
        assert found == {place.code for place in PLACES if person.covers(place.code)}

    def test_in_the_counts_too(self, person: Person, rights: Rights) -> None:
        told = rights.browser(person).get("/map/filters").get_json()
        assert told["counts"]["todo"] == sum(person.covers(place.code) for place in PLACES)
        volunteers = {one["id"] for one in told["volunteers"]}
        assert volunteers <= {str(one.volunteer) for one in LIVED_IN if person.covers(one.code)}

    def test_in_the_boundaries_too(self, person: Person, rights: Rights) -> None:
        answer = rights.browser(person).get("/map/boundaries/subdistrict.json")
        told = gzip.decompress(answer.data).decode()
        codes = {place.code[:6] for place in PLACES}
        assert {code for code in codes if f'"{code}"' in told} == set(filter(person.covers, codes))


class TestACursor:
    def test_of_somebody_elses_list_opens_only_ones_own(self, rights: Rights) -> None:
        own, others = rights.browser(INSPECTOR), rights.browser(OUTSIDER)
        for place in LIVED_IN:
            cursor = list_cursor(place.code, str(place.household))
            assert listed(own, f"/map/households?after={cursor}") <= households(INSPECTOR)
            assert listed(others, f"/map/households?after={cursor}") <= households(OUTSIDER)

    def test_of_another_volunteer_brings_only_ones_own_work(self, rights: Rights) -> None:
        cursor = changed(rights.browser(VOLUNTEER))["cursor"]
        for person, own in ((SINGLE, {str(BESIDE.household)}), (IDLE, set())):
            for after in ("0", cursor):
                told = changed(rights.browser(person), after)
                assert {one["id"] for one in told["households"]} <= own

    def test_brings_a_volunteer_the_villages_of_their_work(self, rights: Rights) -> None:
        for person, code in ((VOLUNTEER, OWN.code), (SINGLE, BESIDE.code), (IDLE, None)):
            told = changed(rights.browser(person))
            assert [one["code"] for one in told["villages"]] == ([code] if code else [])

    def test_names_no_house_and_serves_its_own_list_only(self, rights: Rights) -> None:
        browser, form = rights.browser(DISTRICT), {"number": "7/12 ก"}
        with rights.no_form_tokens():
            found = browser.post(f"/office/assignments/{OWN.code}/find", data=form, headers=APP)
        assert browser.get(found.location).status_code == 200
        word = found.location.partition("after=")[2].partition("#")[0]
        assert browser.get(f"/progress?area={OWN.code}&after={word}").status_code == 200
        told = b" ".join(urlsafe_b64decode(part + "===") for part in word.split("."))
        assert b"7/12" not in told


def list_cursor(village: str, household: str) -> str:
    """As the list itself makes it, just before a village's first household."""
    from webapp.blueprints import map as blueprint

    return blueprint._key({"village_code": village, "house_number": "", "id": household})  # type: ignore[arg-type]  # as a row


class TestAPicture:
    def test_is_for_nobody_but_whom_its_address_was_given_to(self, rights: Rights) -> None:
        token = picture(rights.app, DEPARTMENT, VILLAGES[0])["token"]
        seen = {p.name: rights.browser(p).get(f"/evidence/{token}").status_code for p in REVIEWERS}
        assert seen == {p.name: 200 if p is DEPARTMENT else 404 for p in REVIEWERS}

    def test_of_another_interview_is_not_had_through_ones_own(self, rights: Rights) -> None:
        for place in (FAR, ABROAD):
            mixed = Target(OWN.code, Mixed(OWN.interview, place.digest))  # type: ignore[arg-type]  # a place
            token = picture(rights.app, DISTRICT, mixed)["token"]
            assert rights.browser(DISTRICT).get(f"/evidence/{token}").status_code == 404


class Mixed:
    """One household's interview with another's picture."""

    def __init__(self, interview: object, digest: bytes) -> None:
        self.interview, self.digest = interview, digest


class TestAnAnswerKeptByABrowser:
    @pytest.mark.parametrize("case", READING, ids=" ".join)
    def test_is_never_confirmed_to_somebody_else(
        self, case: tuple[str, str], rights: Rights
    ) -> None:
        if policy.ROUTES[case[0]].roles == policy.EVERYBODY:
            return
        with rights.app.test_request_context():
            target = Target(NEAR.code, NEAR)
            values = EXAMPLES[case].values(rights.app, DISTRICT, target)
            address = rights.app.url_for(case[0], **values)
        kept = rights.browser(DISTRICT).get(address, headers=APP)
        marks = {"If-None-Match": kept.headers.get("ETag", "*"), "If-Modified-Since": LONG_AGO}
        answer = rights.browser(OTHER_DISTRICT).get(address, headers=APP | marks)
        assert answer.status_code != 304
        assert "public" not in kept.headers["Cache-Control"]


LONG_AGO = "Mon, 01 Jan 2001 00:00:00 GMT"
