"""What a phone may count on that sends many finished interviews at once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests import world
from tests.handset import APP, Handset
from webapp.keys import Keys
from webapp.models.interview import Interview
from webapp.services import intake
from webapp.services.intake import Opened


class TestABatch:
    def test_gives_each_item_its_own_outcome(self, mali: Handset) -> None:
        items = [one.item for one in (mali.interview(), mali.interview(questionnaire="bmn-99"))]
        items.append(items[0] | {"envelope": "AAAA", "interview": str(uuid.uuid4())})
        items.append("not an item at all")
        assert statuses(mali, items) == [201, 202, 422, 400]

    def test_keeps_the_others_when_the_database_fails_one(
        self, mali: Handset, the_world: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        receive = intake.receive_all
        house = {"id": str(world.SECOND_HOUSE), "new": False, "village": world.NAM_SAI}
        sound = mali.interview(household=house | {"house_number": "2/1"})
        poisoned = mali.interview()

        def fails(session: Session, keys: Keys, by: uuid.UUID, many: list[Opened], at: Any) -> Any:
            found = receive(session, keys, by, many, at)
            if any(str(one.sent.interview) == poisoned.interview for one in many):
                session.execute(text("select 1 / 0"))
            return found

        monkeypatch.setattr(intake, "receive_all", fails)
        assert statuses(mali, [poisoned.item, sound.item]) == [500, 201]
        the_world.rollback()
        assert the_world.scalars(select(Interview.id)).all() == [uuid.UUID(sound.interview)]


def statuses(phone: Handset, items: list[Any]) -> list[int]:
    """What the phone is told of each."""
    answer = phone.client.post("/api/v1/revisions", json={"items": items}, headers=APP)
    return [one["status"] for one in answer.get_json()["items"]]
