"""Quality check 3 follows every act that changes who collects, who is named and who lives there."""

from __future__ import annotations

import html
import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import world
from tests.officer import Officer, person
from webapp.models.appointment import AppointedPerson, AppointmentOrder, VolunteerStanding
from webapp.queries import orders

FAR = "TH.43.4302.430201.43020101."
TRUE = """
    select a.id, a.path, a.status in ('active', 'suspended'), h.path, coalesce((
        select array_agg(distinct o.round_id || ' ' || o.path)
        from appointed_people p join appointment_orders o on o.id = p.order_id
        where p.account_id = a.id and o.withdrawn_at is null), '{}')
    from accounts a left join person_details d on d.account_id = a.id
        left join areas h on h.code = d.home_village_code
    where a.role = 'volunteer' order by a.id
"""
KEPT = """
    select account_id, path, is_working, home_path, order_paths
    from volunteer_standings order by account_id
"""


@pytest.fixture
def kanok(the_world: Session, secrets: dict[str, bytes]) -> UUID:
    """A volunteer of Mali's village, who lives there."""
    account = person(the_world, secrets, "กนก ตัวอย่าง", status="active")
    the_world.commit()
    return account


def order(register: Session, *accounts: UUID | None, area: str = "4301") -> UUID:
    """An order of the area that names these people; None is a name without an account."""
    made = AppointmentOrder(
        id=uuid4(),
        round_id=world.ROUND,
        area_code=area,
        path=world.PATHS[area],
        number="9/2569",
        issued_on=date(2026, 11, 1),
        made_by=world.OFFICER,
    )
    register.add(made)
    register.flush()
    for place, account in enumerate(accounts, start=1):
        how = "hand" if account else None
        name = f"ชื่อที่{place} ในคำสั่ง"
        register.add(
            AppointedPerson(
                order_id=made.id,
                place=place,
                name_th=name,
                name_key=name,
                account_id=account,
                matched_by=how,
            )
        )
    register.commit()
    return made.id


def standing(register: Session, account: UUID) -> VolunteerStanding:
    register.expire_all()
    return register.get_one(VolunteerStanding, account)


def is_true(register: Session) -> bool:
    """Whether what is kept is what the tables say."""
    register.rollback()
    return register.execute(text(TRUE)).all() == register.execute(text(KEPT)).all()


class TestWhoCollects:
    def test_is_kept_as_acts_change_it(self, the_world: Session, kanok: UUID) -> None:
        named = order(the_world, kanok)
        assert standing(the_world, kanok).order_paths == [f"{world.ROUND} TH.43.4301."]
        order(the_world, kanok, area="430101")
        assert len(standing(the_world, kanok).order_paths) == 2
        withdraw = text("update appointment_orders set withdrawn_at = now() where id = :id")
        the_world.execute(withdraw, {"id": named})
        assert standing(the_world, kanok).order_paths == [f"{world.ROUND} TH.43.4301.430101."]
        assert is_true(the_world)

    @pytest.mark.parametrize(
        "act",
        [
            "update person_details set home_village_code = '43020101' where account_id = :id",
            "update person_details set home_village_code = null where account_id = :id",
            "update accounts set path = 'TH.43.4302.430201.43020101.' where id = :id",
            "update accounts set status = 'closed' where id = :id",
            "update appointed_people set account_id = null, matched_by = null where place = 1",
            "delete from appointed_people where account_id = :id",
            "update areas set path = 'TH.43.4301.430102.43010101.' where code = '43010101'",
        ],
    )
    def test_is_what_the_tables_say_after(self, the_world: Session, kanok: UUID, act: str) -> None:
        order(the_world, kanok, world.MALI)
        before = the_world.execute(text(KEPT)).all()
        the_world.execute(text(act), {"id": kanok})
        the_world.commit()
        assert is_true(the_world)
        assert the_world.execute(text(KEPT)).all() != before

    def test_is_counted_where_they_work_and_where_they_belong(
        self, suda: Officer, the_world: Session, kanok: UUID
    ) -> None:
        moved = "update accounts set path = :path where id = :id"
        the_world.execute(text(moved), {"path": FAR, "id": world.MALI})
        order(the_world, kanok, world.MALI)
        check = figures(suda.get("/office/orders?area=430101"))
        assert check["มีชื่อในคำสั่ง"] == 2
        assert check["อาสาสมัครในพื้นที่"] >= 2
        assert figures(suda.get("/office/orders?area=43010101"))["มีชื่อในคำสั่ง"] == 2


def figures(page: str) -> dict[str, int]:
    """The figures of the check by what they are called."""
    found = re.findall(r"<b>([\d,]+)</b><span>([^<]+)</span>", page)
    return {label: int(number.replace(",", "")) for number, label in found}


class TestAListBehindACount:
    def test_goes_on_page_by_page_until_everybody_was_told(
        self,
        suda: Officer,
        the_world: Session,
        secrets: dict[str, bytes],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(orders, "PAGE", 3)
        names = {f"คน{n} ไร้คำสั่ง" for n in range(8)}
        for name in names:
            person(the_world, secrets, name, status="active")
        the_world.commit()
        assert names <= set(walked(suda, "/office/orders?area=4301&who=without_order"))

    def test_of_open_names_leads_to_their_orders(
        self, suda: Officer, the_world: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(orders, "PAGE", 3)
        first, second = order(the_world, *[None] * 4), order(the_world, *[None] * 4)
        page = suda.get("/office/orders?who=names_open")
        assert f"/office/orders/{min(first, second)}" in page
        assert len(walked(suda, "/office/orders?who=names_open")) == 8

    @pytest.mark.parametrize("who", ["everybody", "", "without_order'"])
    def test_of_another_name_is_refused(self, suda: Officer, who: str) -> None:
        assert suda.client.get("/office/orders", query_string={"who": who}).status_code == 400

    def test_of_too_large_an_area_leads_to_what_says_so(
        self, suda: Officer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(orders, "MOST_COMPARED", 0)
        answer = suda.client.get("/office/orders?area=4301&who=not_local")
        assert (answer.status_code, answer.location) == (302, "/office/orders?area=4301")

    def test_of_another_district_tells_of_ones_own(
        self, suda: Officer, the_world: Session, secrets: dict[str, bytes]
    ) -> None:
        person(the_world, secrets, "ไกล ต่างอำเภอ", village="43020101", status="active")
        the_world.commit()
        page = suda.get("/office/orders?area=4302&who=without_order")
        assert "ต่างอำเภอ" not in page


def walked(officer: Officer, address: str) -> list[str]:
    """The names of all pages of a list."""
    found, at = [], address
    while at:
        page = officer.get(at)
        found += re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]+)', page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        at = html.unescape(more[1]) if more else ""
    assert len(found) == len(set(found)) or "who=names_open" in address
    return found
