"""What somebody with a browser and bad intent tries: other people's things by every side door."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from tests.services.scopes_places import ABROAD, BESIDE, FAR, NEAR, OWN, PLACES, SPARE
from tests.web.rights_asking import APP
from tests.web.rights_world import (
    DEPARTMENT,
    DISTRICT,
    INSPECTOR,
    OTHER_DISTRICT,
    PROVINCE,
    UNPROVED,
    VIEWER,
    VOLUNTEER,
    Person,
    Rights,
)
from webapp.blueprints.addresses import is_ours
from webapp.blueprints.sessions import COOKIE, token_hash

OFFICERS = (DISTRICT, OTHER_DISTRICT, PROVINCE, DEPARTMENT)
LIVED_IN = [place for place in PLACES if place is not SPARE]
EVERY_AREA = ("", "44", "4302", "43010101", "TH", "430", "%", "'")
LISTS = (
    "/office/",
    "/office/people?status=all&area={}",
    "/office/people?status=all&home={}",
    "/office/assignments?area={}",
    "/office/orders?area={}",
    "/office/exports/volunteers?area={}",
    "/progress?area={}",
    "/office/audit?area={}",
    "/office/notices/",
)
ELSEWHERE = (
    "https://example.org", "//example.org", "/\\example.org", "/%5cexample.org", "\\\\example.org",
    "javascript:alert(1)", " /x", "/x\r\nLocation: //example.org", "///example.org", "/..//x",
    "/.//example.org", "http:example.org", "/\t/example.org", "/x@example.org", "",
)  # fmt: skip


def named_in(page: str) -> set[str]:
    """The villages whose volunteers a page names."""
    return {place.code for place in LIVED_IN if f"v{place.code}" in page}


def inside(person: Person) -> set[str]:
    """The villages of the person's areas."""
    return {place.code for place in LIVED_IN if person.covers(place.code)}


@pytest.mark.parametrize("person", OFFICERS, ids=lambda person: person.name)
class TestAListAskedForAnotherArea:
    def test_names_nobody_from_there(self, person: Person, rights: Rights) -> None:
        browser, seen = rights.browser(person), set()
        for address in LISTS:
            for area in EVERY_AREA if "{}" in address else ("",):
                page = browser.get(address.format(area), headers=APP)
                assert page.status_code in (200, 400, 404), (address, area)
                seen |= named_in(page.text)
        assert seen == inside(person)

    def test_finds_nobody_from_there(self, person: Person, rights: Rights) -> None:
        browser = rights.browser(person)
        for words in ("คุณ", "v4", "คุณ v44010101", "%", "\\", "คุณ%' or true --"):
            browser.post("/office/people/search", data={"words": words}, headers=APP)
            page = browser.get("/office/people?status=all")
            assert page.status_code == 200
            assert named_in(page.text.replace(words, "")) <= inside(person)
        browser.post("/office/people/search", data={"words": ""}, headers=APP)

    def test_is_not_taken_out(self, person: Person, rights: Rights) -> None:
        for area in EVERY_AREA:
            form = {"area": area, "purpose": "ส่งให้จังหวัด", "kind": "csv"}
            with rights.no_form_tokens():
                told = rights.browser(person).post(
                    "/office/exports/volunteers", data=form, headers=APP, buffered=True
                )
            assert named_in(told.text) <= inside(person)


class TestAnOfficer:
    @pytest.mark.parametrize(
        ("address", "form"),
        [
            ("assignments/43010101/give", {"account": ABROAD.volunteer}),
            ("assignments/43010101/households", {"account": OWN.volunteer, "pick": FAR.household}),
            ("assignments/43010101/hand-over", {
                "giver": OWN.volunteer, "account": ABROAD.volunteer, "reason": "ย้าย"}),
            ("assignments/43010101/divide", {"account": [OWN.volunteer, FAR.volunteer]}),
            (f"orders/{OWN.order}/match", {"person": 5, "account": OWN.volunteer}),
            ("orders/new", {"area": "44", "number": "1", "issued_on": "1/1/2569", "names": "ก ข"}),
            ("notices/new", {"area": "44", "title_th": "ก", "text_th": "ข", "roles": "volunteer"}),
            (f"people/{OWN.volunteer}/transfer", {
                "province": "44", "district": "4401", "village": "44010101", "revision": 1}),
            ("people/new/province_officer", {"given": "ก", "family": "ข"}),
            ("people/new/district_officer", {"given": "ก", "family": "ข"}),
        ],
    )  # fmt: skip
    def test_mixes_nobody_from_elsewhere_in(
        self, address: str, form: dict[str, Any], rights: Rights
    ) -> None:
        before = rights.ask(STATE)
        with rights.no_form_tokens():
            told = rights.browser(DISTRICT).post(f"/office/{address}", data=form, headers=APP)
        assert told.status_code in (404, 409, 422), told.text
        assert rights.ask(STATE) == before

    def test_gives_no_name_of_an_order_to_somebody_elsewhere(self, rights: Rights) -> None:
        before = rights.ask(STATE)
        browser, form = rights.browser(DISTRICT), {"person": 1, "who": f"v{ABROAD.code}"}
        with rights.no_form_tokens():
            browser.post(f"/office/orders/{OWN.order}/match", data=form, headers=APP)
        page = browser.get(f"/office/orders/{OWN.order}", headers=APP)
        assert "ในพื้นที่ของท่าน ตรวจตัวสะกด" in page.text
        assert rights.ask(STATE) == before

    def test_opens_no_page_of_somebody_above(self, rights: Rights) -> None:
        for one in (PROVINCE, DEPARTMENT, DISTRICT):
            for part in ("", "/edit", "/transfer"):
                page = rights.browser(DISTRICT).get(f"/office/people/{one.account}{part}")
                assert page.status_code == 404


STATE = """
    select jsonb_build_array(
        (select jsonb_agg(to_jsonb(a) - 'end_reason' order by a.id) from assignments a),
        (select jsonb_agg(to_jsonb(p) order by p.id) from appointed_people p),
        (select count(*) from appointment_orders), (select count(*) from notices),
        (select jsonb_agg(to_jsonb(a) order by a.id) from accounts a),
        (select count(*) from audit_entries))::text
"""


class TestAnAddressToGoOnTo:
    @pytest.mark.parametrize("elsewhere", ELSEWHERE)
    def test_is_never_another_site(self, elsewhere: str, rights: Rights) -> None:
        assert not is_ours(elsewhere)
        browser = rights.browser(DISTRICT, UNPROVED)
        form = {"back": elsewhere, "next": elsewhere, "language": "th"}
        asked = browser.post(f"/office/people/{OWN.volunteer}/code", data=form, headers=APP)
        chosen = browser.post("/language", data=form, headers=APP)
        picked = browser.post("/office/people/many", data=form | {"act": "refuse"}, headers=APP)
        assert chosen.location == "/"
        assert asked.location.partition("?")[0] == "/prove"
        assert picked.location.startswith("/office/people")
        assert all("\n" not in one.location for one in (asked, chosen, picked))


class TestAFormThatWaitsForProof:
    def ask(self, rights: Rights, person: Person) -> Any:
        browser = rights.browser(person, UNPROVED)
        form = {"given": "สมศรี", "national_id": "1990100000511", "phone": "0812345678"}
        browser.post("/office/people/new/viewer", data=form, headers=APP)
        return browser

    def test_is_in_the_register_for_nobody_to_read(self, rights: Rights) -> None:
        self.ask(rights, DISTRICT)
        kept = rights.ask("select string_agg(data::text, ' ') from sessions")
        assert "kept_form" in kept
        assert "1990100000511" not in kept
        assert "0812345678" not in kept

    def test_is_offered_again_to_its_sender_once(self, rights: Rights) -> None:
        browser = self.ask(rights, PROVINCE)
        assert 'value="1990100000511"' in browser.get("/prove/go-on").text
        assert browser.get("/prove/go-on").status_code == 302

    def test_is_not_offered_to_somebody_else_who_has_got_it(self, rights: Rights) -> None:
        self.ask(rights, DISTRICT)
        with rights.engine.begin() as connection:
            connection.execute(text(COPY), {"of": DISTRICT.account, "to": OTHER_DISTRICT.account})
        rights.app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own
        assert rights.browser(OTHER_DISTRICT).get("/prove/go-on").status_code == 302


COPY = """
    update sessions t set data = t.data || jsonb_build_object('kept_form', s.data -> 'kept_form')
    from sessions s where s.account_id = :of and s.data ? 'kept_form' and t.account_id = :to
"""


class TestALetterThatNoColumnHolds:
    @pytest.mark.parametrize("address", ["/register/areas/%00", "/office/areas/?area=%00"])
    def test_is_an_odd_request_and_no_fault_of_ours(self, address: str, rights: Rights) -> None:
        assert rights.browser(DISTRICT).get(address, headers=APP).status_code == 400

    def test_is_left_out_of_what_is_searched_for(self, rights: Rights) -> None:
        browser = rights.browser(DISTRICT)
        for words in ("ค\0น", "\0", ""):
            told = browser.post("/office/people/search", data={"words": words}, headers=APP)
            assert told.status_code == 303
            assert browser.get("/office/people").status_code == 200


class TestASession:
    def test_that_was_ended_does_not_come_back_by_being_used(self, rights: Rights) -> None:
        browser = rights.browser(VIEWER, UNPROVED)
        assert browser.get("/me").status_code == 200
        cookie = browser.get_cookie(COOKIE, domain="localhost")
        assert cookie
        gone = {"hash": token_hash(cookie.value.partition(".")[0])}
        with rights.engine.begin() as connection:
            connection.execute(text("delete from sessions where token_hash = :hash"), gone)
        browser.get("/me")  # still believed for some seconds, and it notes something
        rights.app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own
        assert browser.get("/me").status_code == 401
        assert not rights.ask("select count(*) from sessions where token_hash = :hash", **gone)
        rights.clients.pop((VIEWER.name, UNPROVED))

    def test_of_a_suspended_person_does_not_live_again_when_they_may_work_again(
        self, rights: Rights
    ) -> None:
        browser = rights.browser(VOLUNTEER)
        assert browser.get("/me").status_code == 200
        form = {"act": "suspend", "reason": "หยุดก่อน"}
        address = f"/office/people/{OWN.volunteer}/act"
        assert rights.browser(DISTRICT).post(address, data=form, headers=APP).status_code == 303
        with rights.engine.begin() as connection:
            connection.execute(text("update accounts set status = 'active'"))
        rights.app.session_interface.forget_all()  # type: ignore[attr-defined]  # our own
        assert browser.get("/me").status_code == 401
        rights.leave(VOLUNTEER)

    def test_reference_made_up_beforehand_is_not_taken(self, rights: Rights) -> None:
        chosen = "chosen-by-somebody-else-beforehand"
        client = rights.app.test_client()
        client.set_cookie(COOKIE, chosen, domain="localhost")
        client.get("/sign-in")
        kept = client.get_cookie(COOKIE, domain="localhost")
        assert kept
        assert kept.value != chosen


class TestAVolunteerAndAnInspector:
    def test_learn_nothing_of_people_from_figures(self, rights: Rights) -> None:
        page = rights.browser(VIEWER).get("/progress?area=4301").text
        assert named_in(page) == set()
        assert named_in(rights.browser(VOLUNTEER).get("/progress").text) <= {OWN.code}
        assert named_in(rights.browser(INSPECTOR).get("/progress?area=4301").text) <= {
            OWN.code,
            BESIDE.code,
            NEAR.code,
        }
