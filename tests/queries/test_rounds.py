"""A service says when it is open, and refuses in words when it is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from tests.handset import Handset
from webapp.domain.problems import Problem
from webapp.domain.service_plan import SERVICES
from webapp.models.survey_round import ServiceWindow
from webapp.queries import rounds

TODAY = date.today()


class TestAService:
    def test_that_is_open_gives_its_window(self, the_world: Session) -> None:
        found = rounds.service_open(the_world, "volunteer_export", TODAY)
        assert found.is_open(TODAY)

    def test_that_has_closed_is_refused_with_the_day(self, the_world: Session) -> None:
        the_world.execute(
            update(ServiceWindow)
            .where(ServiceWindow.service == "volunteer_registration")
            .values(closes_on=date(2022, 7, 31), opens_on=date(2022, 3, 28))
        )
        with pytest.raises(Problem) as refused:
            rounds.service_open(the_world, "volunteer_registration", TODAY)
        assert refused.value.code == "service-closed"
        assert "ปิดเมื่อ 31 ก.ค. 2565" in refused.value.sentence

    def test_that_the_round_has_not_planned_is_listed_and_closed(self, the_world: Session) -> None:
        the_world.execute(delete(ServiceWindow).where(ServiceWindow.service == "mis_dashboard"))
        assert list(rounds.windows(the_world)) == list(SERVICES)
        with pytest.raises(Problem, match="service-closed"):
            rounds.service_open(the_world, "mis_dashboard", TODAY)


class TestHello:
    def test_tells_the_phone_every_window_in_the_order_of_the_plan(self, mali: Handset) -> None:
        told = mali.hello()["round"]["services"]
        assert list(told) == sorted(SERVICES)  # JSON's own order; the phone has the plan's
        closes = (TODAY + timedelta(days=30)).isoformat()
        assert told["program"]["closes"] == closes
