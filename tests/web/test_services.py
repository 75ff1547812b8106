"""Every service of the plan obeys its window in the register and says since when or until when."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from tests import world
from tests.handset import Handset
from tests.house import tree
from tests.officer import Officer, officer, person
from tests.registrant import SOMSRI, Registrant
from webapp.domain.answer_words import thai_date
from webapp.domain.service_plan import SERVICES, day_in_thailand
from webapp.models.survey_round import ServiceWindow
from webapp.wording import say

TODAY = day_in_thailand(datetime.now(UTC))
DAYS: dict[str, tuple[date | None, date | None]] = {
    "later": (TODAY + timedelta(days=9), None),
    "over": (TODAY - timedelta(days=9), TODAY - timedelta(days=1)),
    "first day": (TODAY, TODAY + timedelta(days=3)),
    "last day": (TODAY - timedelta(days=3), TODAY),
}
"""Two states in which a service is closed, and the edges of the two in which it is open."""


@dataclass
class Desk:
    """What is needed to try a service."""

    app: Flask
    register: Session
    mali: Handset

    def officer(self) -> Officer:
        """Of the district, at the desk."""
        officer(self.register, "suda", "district", "4301")
        return Officer(self.app, "suda")


Tried = tuple[bool, str]
"""Whether the service did what it is for, and what was said."""


def manage(role: str) -> Callable[[Desk], Tried]:
    """Approve somebody of the role. (To suspend is possible at any time: it protects.)"""

    def approve(desk: Desk) -> Tried:
        suda, secrets = desk.officer(), desk.app.extensions["keys"].secrets
        village = world.NAM_SAI if role == "volunteer" else "4301"
        account = person(desk.register, secrets, "ใครคนหนึ่ง ก", role=role, village=village)
        answer = suda.post(f"/{account}/approve")
        return answer.status_code == 303, answer.text

    return approve


def registers(desk: Desk) -> Tried:
    somsri = Registrant(desk.app.test_client())
    answer = somsri.send(SOMSRI)
    return answer.status_code == 302, answer.text


def exports(desk: Desk) -> Tried:
    suda = desk.officer()
    suda.get("/office/exports/volunteers")
    data = {"csrf_token": suda.token, "area": "4301", "kind": "csv", "purpose": "นัดประชุมอำเภอ"}
    answer = suda.client.post(
        "/office/exports/volunteers", data=data, headers={"Sec-Fetch-Site": "same-origin"}
    )
    return answer.status_code == 200 and "attachment" in str(answer.headers), answer.text


def progress(desk: Desk) -> Tried:
    answer = desk.mali.client.get("/progress", headers={"Accept": "text/html"})
    return answer.status_code == 200, answer.text


def lists(desk: Desk) -> Tried:
    answer = desk.mali.client.get("/api/v1/changes")
    return answer.status_code == 200, str(answer.get_json())


def records(desk: Desk) -> Tried:
    """What is finished is never refused: outside the window it is taken into custody."""
    desk.mali.hello()
    answer = desk.mali.put(desk.mali.interview())
    assert answer.status_code in (201, 202)
    return answer.status_code == 201, ""


USES: dict[str, Callable[[Desk], Tried]] = {
    "program": lists,
    "volunteer_registration": registers,
    "progress_report": progress,
    "manage_volunteers": manage("volunteer"),
    "manage_inspectors": manage("inspector"),
    "manage_viewers": manage("viewer"),
    "recording": records,
    "volunteer_export": exports,
}
OUTSIDE = {"publicity", "briefing"}
"""Radio and a conference: nothing here opens or closes with them; their days are said."""
LATER = set(SERVICES) - set(USES) - OUTSIDE
"""Reports, photos, certification: parts that are still to come; their days are said already."""
SILENT = {"recording", "program"}
"""The phone says these in its own words; the register's answer to it is for a program."""


@pytest.fixture
def desk(app: Flask, the_world: Session, mali: Handset) -> Desk:
    return Desk(app, the_world, mali)


def lay(register: Session, service: str, state: str) -> None:
    """The service's window lies so round today."""
    opens, closes = DAYS[state]
    register.execute(
        update(ServiceWindow)
        .where(ServiceWindow.service == service)
        .values(opens_on=opens, closes_on=closes)
    )
    register.commit()


class TestAServiceOfThePlan:
    @pytest.mark.parametrize("state", ["first day", "last day"])
    @pytest.mark.parametrize("service", USES)
    def test_works_on_its_first_and_its_last_day(
        self, desk: Desk, service: str, state: str
    ) -> None:
        lay(desk.register, service, state)
        assert USES[service](desk)[0]

    @pytest.mark.parametrize("service", USES)
    def test_is_over_after_its_last_day_and_says_which_it_was(
        self, desk: Desk, service: str
    ) -> None:
        lay(desk.register, service, "over")
        did, said = USES[service](desk)
        assert not did
        closes = DAYS["over"][1]
        assert service in SILENT or (closes and thai_date(closes.isoformat()) in said)

    @pytest.mark.parametrize("service", sorted(set(USES) - {"program"}))
    def test_does_nothing_before_its_first_day_and_says_when_that_is(
        self, desk: Desk, service: str
    ) -> None:
        lay(desk.register, service, "later")
        did, said = USES[service](desk)
        assert not did
        opens = DAYS["later"][0]
        assert service in SILENT or (opens and thai_date(opens.isoformat()) in said)

    def test_the_program_gives_its_lists_before_it_opens(self, desk: Desk) -> None:
        """So that a phone lets go of the old round's; recording has a window of its own."""
        lay(desk.register, "program", "later")
        assert lists(desk)[0]

    @pytest.mark.parametrize("service", sorted(set(USES) - {"recording"}))
    def test_that_the_round_has_not_planned_is_closed(self, desk: Desk, service: str) -> None:
        window = delete(ServiceWindow).where(ServiceWindow.service == service)
        desk.register.execute(window)
        desk.register.commit()
        assert USES[service](desk)[0] is (service == "program")

    @pytest.mark.parametrize("state", DAYS)
    def test_is_told_to_every_phone_and_on_the_page_of_the_plan(
        self, desk: Desk, state: str
    ) -> None:
        for service in SERVICES:
            lay(desk.register, service, state)
        opens, closes = DAYS[state]
        days = {"opens": opens and opens.isoformat(), "closes": closes and closes.isoformat()}
        assert desk.mali.hello()["round"]["services"] == dict.fromkeys(SERVICES, days)
        page = Officer(desk.app, "orathai").get("/office/plan/")
        rows = [one for one in re.findall(r"<tr>.*?</tr>", page, re.S) if "<td" in one]
        said = thai_date((closes or opens or TODAY).isoformat())
        for service, row in zip(SERVICES, rows, strict=True):
            assert say("th", f"plan.service_{service}") in row
            assert said in row

    def test_is_tried_here_or_nothing_of_ours_speaks_of_it(self) -> None:
        """A part that begins to use one of those still to come must be tried here too."""
        acting = [
            name
            for name in tree.files(".py")
            if name.startswith(("webapp/blueprints/", "webapp/services/", "webapp/queries/"))
        ]
        named = {one for one in LATER for name in acting if f'"{one}"' in tree.text(name)}
        assert named == set()
