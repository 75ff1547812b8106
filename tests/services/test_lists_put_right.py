"""A household list that is put right after the visits: the village is judged by it again."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests import visits, world
from tests.handset import Handset
from tests.services.test_reckoning import reckon, village
from webapp.models.household import Household


def test_people_of_an_interviewed_house_count_at_once(
    app: Flask, mali: Handset, the_world: Session
) -> None:
    visits.with_evidence(app, mali)
    reckon()
    house = update(Household).where(Household.id == world.HOUSE)
    the_world.execute(house.values(people_registered=5))
    the_world.commit()
    assert reckon() == 1
    assert village(the_world).figures["4"]["register_people"] == 5
