"""What lists of functions with their owner's rights tell of, asked for more than one's areas."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.services.scopes_conditions import REVIEWERS
from tests.services.scopes_functions import is_officer, is_person
from tests.services.scopes_places import NEAR, PLACES, ROUND, SPARE
from tests.services.scopes_world import Who

LIVED_IN = [place for place in PLACES if place is not SPARE]
VOLUNTEERS = {str(place.volunteer): place.code for place in LIVED_IN}
PEOPLE = ", ".join(f"'{key}'::uuid" for key in VOLUNTEERS)
PATHS = ", ".join(f"'{place.path}'" for place in LIVED_IN)


def covered(who: Who) -> set[str]:
    """The villages of somebody's areas."""
    return {place.code for place in LIVED_IN if who.covers(place.path)}


def of_officers(who: Who) -> set[str]:
    """An officer's villages."""
    return covered(who) if is_officer(who) else set()


def of_the_country(who: Who) -> set[str]:
    """All, for an officer whose area is what was asked for."""
    return of_officers(who) if who.covers("TH.") else set()


WIDE: dict[str, tuple[str, Callable[[Who], set[str]]]] = {
    "people": (
        "select id from jpt_people_list('TH.', null, null, null, null, null, null, 99)",
        of_the_country,
    ),
    "people alike": (
        f"select distinct other from jpt_people_alike(array[{PEOPLE}]) where name_th is not null",
        lambda who: found if len(found := of_officers(who)) > 1 else set(),
    ),
    "volunteers of check 3": (
        f"select account from jpt_standing_list('{ROUND}', 'TH.', 'home_unknown', null, null, 99)",
        of_the_country,
    ),
    "list of volunteers": (
        f"select account from jpt_volunteer_list('{ROUND}', 'TH.')",
        of_the_country,
    ),
    "work of villages": (
        f"select code from jpt_village_work('{ROUND}', 'TH.', '', 99) where whole + single > 0",
        lambda who: of_the_country(who) - {NEAR.code},
    ),
    "progress": (
        f"select right(path, 9) from jpt_progress(array[{PATHS}])",
        lambda who: covered(who) if is_person(who) else set(),
    ),
    "volunteers' progress": (
        "select id from jpt_progress_volunteers('TH.', 99, null, null)",
        lambda who: own_work(who) | (of_the_country(who) - {NEAR.code}),
    ),
    "audit log": (
        "select right(path, 9) from jpt_audit_list(null, null, null, null, null, null, 99)",
        of_officers,
    ),
    "worklist": (
        "select village_code from jpt_worklist('TH.', 'received', null, null, null, null, null, 9)",
        lambda who: covered(who) - {NEAR.code} if who.role in REVIEWERS else set(),
    ),
    "worklist of one's own": (
        "select village_code from jpt_worklist(null, 'received', null, null, null, null, null, 9)",
        lambda who: covered(who) - {NEAR.code} if who.role in REVIEWERS else set(),
    ),
    "volunteers worth a look": (
        f"select account_id from jpt_screened('{ROUND}', 'TH', 9999, null, '', 99)",
        lambda who: covered(who) if who.role in REVIEWERS else set(),
    ),
    "households on the map": (
        "select village_code from jpt_map_list(null, null, null, null, null, null, null, 99)",
        lambda who: covered(who) if who.role in REVIEWERS else set(),
    ),
}
"""Lists asked for more than the asker's areas, by the villages that they may tell of."""


def own_work(who: Who) -> set[str]:
    """What a volunteer has to do; the assignment in NEAR has ended."""
    account = who.scope.account if who.scope and who.role == "volunteer" else None
    return {code for key, code in VOLUNTEERS.items() if key == str(account)} - {NEAR.code}


def told_of(session: Session, asks: str) -> set[str]:
    """The villages that a list tells of; people other than their volunteers are left out."""
    found = {str(one).rstrip(".") for one in session.scalars(text(asks))}
    return {VOLUNTEERS.get(one, one) for one in found if one in VOLUNTEERS or len(one) == 8}
