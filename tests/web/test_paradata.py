"""How an interview was made, as the inspector reads it."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests import world
from tests.handset import Handset

SPENT = {
    "finish": 5,
    "also_made_up": 2,
    "notice": 61,
    "health": 125,
    "cover": 40,
    "result": 20,
    "made_up": 3,
}
ROW = re.compile(r'<th scope="row">([^<]*)</th><td>([^<]*)</td>')


def rows(client: FlaskClient) -> list[tuple[str, str]]:
    """The table of times."""
    page = client.get(f"/households/{world.HOUSE}").get_data(as_text=True)
    return ROW.findall(page.split('<table class="seconds">')[1].split("</table>")[0])


class TestTheTimeOfEachPart:
    def test_is_said_in_words_in_the_order_of_an_interview(
        self, mali: Handset, nida: FlaskClient
    ) -> None:
        mali.put(mali.interview(paradata={"section_seconds": SPENT}))
        told = rows(nida)
        assert [name for name, _ in told] == [
            "คำชี้แจง",
            "ข้อมูลหน้าปก",
            "หมวดที่ 1 สุขภาพ",
            "ผลของครัวเรือน",
            "ตรวจก่อนจบ",
            "หน้าจออื่น",
        ]
        assert told[2][1] == "2 นาที 5 วินาที"
        assert told[-1][1] == "0 นาที 5 วินาที"

    def test_is_said_in_english_behind_the_switch(self, mali: Handset, nida: FlaskClient) -> None:
        mali.put(mali.interview(paradata={"section_seconds": {"members": 9, "evidence": 4}}))
        nida.set_cookie("jpt-language", "en")
        assert rows(nida) == [("Member table", "0 min 9 s"), ("Evidence of consent", "0 min 4 s")]
