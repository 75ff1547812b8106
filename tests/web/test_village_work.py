"""A village's households as an officer looks through them to give them out."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import world
from tests.handset import Handset
from tests.officer import Officer
from webapp.models.household import Assignment, Household

OURS = {"Sec-Fetch-Site": "same-origin"}


def numbers(page: str) -> list[str]:
    """The house numbers in the order of the list."""
    return re.findall(r'<th scope="row">บ้านเลขที่ ([^<]+)', page)


class TestTheHouseholdsOfALargeVillage:
    def many(self, register: Session, count: int) -> None:
        """So many more houses in Ban Don, added in no order."""
        for number in sorted(map(str, range(1, count + 1))):
            register.add(
                Household(
                    id=uuid4(),
                    round_id=world.ROUND,
                    village_code=world.DON,
                    path=world.PATHS[world.DON],
                    house_number=number,
                )
            )
        register.commit()

    def test_come_as_people_count_them(self, app: Flask, the_world: Session) -> None:
        self.many(the_world, 12)
        listed = numbers(Officer(app, "orathai").get(f"/office/assignments/{world.DON}"))
        assert listed == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "9", "10", "11", "12"]

    def test_are_reached_by_a_number_that_no_address_tells(
        self, app: Flask, the_world: Session
    ) -> None:
        self.many(the_world, 240)
        orathai, address = Officer(app, "orathai"), f"/office/assignments/{world.DON}"
        orathai.get(address)
        data = {"csrf_token": orathai.token, "number": "๑๒๐"}
        found = orathai.client.post(f"{address}/find", data=data, headers=OURS)
        assert "120" not in str(found.location)
        listed = numbers(orathai.get(str(found.location)))
        assert listed[:3] == ["120", "121", "122"]
        assert len(listed) == 100


class TestADividedVillage:
    def held(self, register: Session) -> set[tuple[UUID, UUID | None]]:
        register.rollback()
        live = select(Assignment.account_id, Assignment.household_id).where(
            Assignment.village_code == world.NAM_SAI, Assignment.ended_at.is_(None)
        )
        return {(account, house) for account, house in register.execute(live)}

    def test_leaves_what_somebody_has_begun_with_them_and_shows_whose_it_is(
        self, suda: Officer, mali: Handset, the_world: Session
    ) -> None:
        assert mali.put(mali.interview()).status_code == 201
        address = f"/office/assignments/{world.NAM_SAI}"
        suda.get(address)
        data = {"csrf_token": suda.token, "account": str(world.CHAI)}
        suda.client.post(f"{address}/divide", data=data, headers=OURS)
        mine, others = (world.MALI, world.HOUSE), (world.CHAI, world.SECOND_HOUSE)
        assert self.held(the_world) == {mine, others}
        assert 'data-label="ผู้สัมภาษณ์">คุณmali' in suda.get(address)


class TestTheLastAct:
    def act(self, officer: Officer, act: str, **fields: str | list[str]) -> str:
        """What the page says after the form was sent."""
        address = f"/office/assignments/{world.NAM_SAI}"
        officer.get(address)
        data = {"csrf_token": officer.token} | fields
        answer = officer.client.post(f"{address}/{act}", data=data, headers=OURS)
        assert answer.status_code == 303
        return officer.get(address)

    def held(self, register: Session) -> set[tuple[UUID, UUID | None]]:
        return TestADividedVillage().held(register)

    @pytest.mark.parametrize(
        ("act", "fields"),
        [
            ("give", {"account": str(world.CHAI)}),
            ("households", {"account": str(world.CHAI), "pick": str(world.HOUSE)}),
            ("divide", {"account": [str(world.MALI), str(world.CHAI)]}),
            ("hand-over", {"giver": str(world.MALI), "account": str(world.CHAI), "reason": "ลา"}),
            ("end", {"giver": str(world.MALI), "reason": "ลาออก"}),
        ],
    )
    def test_can_be_undone_and_only_once(
        self, suda: Officer, the_world: Session, act: str, fields: dict[str, str | list[str]]
    ) -> None:
        before = self.held(the_world)
        assert ">เลิกทำ<" in self.act(suda, act, **fields)
        assert self.held(the_world) != before
        page = self.act(suda, "undo")
        assert "กลับไปอยู่กับคนเดิม" in page
        assert ">เลิกทำ<" not in page
        assert self.held(the_world) == before == {(world.MALI, None)}
        assert "เลิกทำไม่ได้แล้ว" in self.act(suda, "undo")
        assert self.held(the_world) == before

    @pytest.mark.parametrize("act", ["hand-over", "end"])
    def test_without_a_reason_changes_nothing_and_says_so_in_the_village(
        self, suda: Officer, the_world: Session, act: str
    ) -> None:
        fields = {"giver": str(world.MALI), "reason": "  "}
        fields |= {"account": str(world.CHAI)} if act == "hand-over" else {}
        page = self.act(suda, act, **fields)
        assert "งานยังอยู่กับคนเดิม กรุณาใส่เหตุผล" in page
        assert ">เลิกทำ<" not in page
        assert self.held(the_world) == {(world.MALI, None)}

    def test_is_not_undone_where_somebody_went_on_from_it(
        self, app: Flask, suda: Officer, the_world: Session
    ) -> None:
        self.act(suda, "end", giver=str(world.MALI), reason="ลาออก")
        self.act(Officer(app, "orathai"), "give", account=str(world.CHAI))
        assert "เลิกทำไม่ได้แล้ว" in self.act(suda, "undo")
        assert self.held(the_world) == {(world.CHAI, None)}

    def test_is_not_undone_in_favour_of_somebody_who_may_not_work(
        self, suda: Officer, the_world: Session
    ) -> None:
        self.act(suda, "hand-over", giver=str(world.MALI), account=str(world.CHAI), reason="ลา")
        assert suda.post(f"/{world.MALI}/act", act="suspend", reason="ลาป่วย").status_code == 303
        assert "เลิกทำไม่ได้แล้ว" in self.act(suda, "undo")
        assert self.held(the_world) == {(world.CHAI, None)}


class TestAVillageOfSomebodyWhoIsSuspended:
    def test_is_told_in_the_list_until_it_is_handed_over(
        self, suda: Officer, the_world: Session
    ) -> None:
        def told() -> bool:
            return "ทำงานไม่ได้ตอนนี้ 1 คน" in suda.get("/office/assignments")

        assert not told()
        suda.post(f"/{world.MALI}/act", act="suspend", reason="ลาป่วย")
        assert told()
        address = f"/office/assignments/{world.NAM_SAI}"
        given = {"giver": str(world.MALI), "account": str(world.CHAI), "reason": "ลาป่วย"}
        data = {"csrf_token": suda.token} | given
        suda.client.post(f"{address}/hand-over", data=data, headers=OURS)
        assert not told()
