"""A village's households as an officer looks through them to give them out."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

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
