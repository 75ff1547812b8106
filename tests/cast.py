"""The cast of people with fixed rights, the same as in the demo, in its made-up province."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import handset, world
from webapp.demo import cast, households, province, rounds
from webapp.demo.cast import Person
from webapp.demo.households import Dwelling
from webapp.keys import Keys
from webapp.services import passwords

MALI, SOMCHAI, KAEW, PRASERT = cast.VOLUNTEERS
"""Three volunteers of district 4301; Prasert, of 4302, is the outsider among them."""

ORAWAN, WICHAI = (cast.BY_NAME[name] for name in ("orawan", "wichai"))
"""Inspectors of 4301 and of 4302."""

NIPA, SUDA, RATANA, ANAN, CHALERM = (
    cast.BY_NAME[name] for name in ("nipa", "suda", "ratana", "anan", "chalerm")
)
"""The viewer; officers of districts 4301 and 4302, of the province, of the department."""

OUTSIDERS = tuple(one for one in cast.CAST if one.is_outsider)


def settle(session: Session, keys: Keys, count: int = 28) -> list[Dwelling]:
    """The demo's areas, a round whose recording is open, the cast, two households a village."""
    today = date.today()
    province.settle(session)
    round_id = rounds.settle(session, today)
    with patch.object(passwords, "hash_password", world.hashed_once):
        cast.settle(session, keys.secrets["pepper"])
    listed = households.dwellings(1, today, count)
    households.settle(session, round_id, listed)
    session.commit()
    return listed


def sign_in(client: FlaskClient, person: Person) -> TestResponse:
    """The person's browser, signed in as anybody would."""
    return handset.sign_in(client, person.username, person.password)
