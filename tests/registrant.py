"""Somebody who fills in the forms of registering, in a browser without scripts."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import world

JSON = {"Accept": "application/json"}
SOMSRI = {
    "title_th": "นาง",
    "given": "สมศรี",
    "family": "ตัวอย่างงาม",
    "national_id": "๑-๙๙๐๑-๐๐๐๐๐-๕๑-๑",
    "phone": "081-234 5678",
    "province": "43",
    "district": "4301",
    "subdistrict": "430101",
    "village": world.NAM_SAI,
    "offered": [world.NAM_SAI],
    "agreed": "y",
}
"""A volunteer of Ban Nam Sai."""
SOMKID = {
    "given": "สมคิด",
    "family": "ตัวอย่างดี",
    "national_id": "1990100000529",
    "phone": "042 411 234",
    "agency_th": "สำนักงานพัฒนาชุมชนอำเภอ",
    "position_th": "พัฒนากร",
    "province": "43",
    "district": "4301",
    "agreed": "y",
}
"""An inspector-to-be of the district."""


class Registrant:
    """One browser with the page open; what it sends again has the same id."""

    def __init__(self, client: FlaskClient, kind: str = "volunteer") -> None:
        self.client, self.address = client, f"/register/{kind}"
        page = client.get(self.address).get_data(as_text=True)
        self.hidden = {
            name: hidden(page, name) for name in ("csrf_token", "request_id") if name in page
        }

    def send(self, typed: dict[str, Any], **more: Any) -> TestResponse:
        """The form as a browser posts it."""
        headers = {"Sec-Fetch-Site": "same-origin"} | more.pop("headers", {})
        return self.client.post(self.address, data=self.hidden | typed, headers=headers, **more)

    def register(self, typed: dict[str, Any]) -> str:
        """Registered; the code that is shown."""
        assert self.send(typed).status_code == 302
        return shown_code(self.client)

    def status(self, code: str) -> TestResponse:
        """The answer to the code."""
        page = self.client.get("/register/status").get_data(as_text=True)
        data = {"csrf_token": hidden(page, "csrf_token"), "code": code}
        return self.client.post("/register/status", data=data)


def hidden(page: str, name: str) -> str:
    """The value of a hidden box."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found[1]


def shown_code(client: FlaskClient) -> str:
    """The code on the page that follows a registration."""
    page = client.get("/register/done").get_data(as_text=True)
    found = re.search(r"\d{4} \d{4} \d{4}", page)
    assert found
    return found[0]
