"""What the functions of the desk of conflicts and custody answer, and whom."""

from __future__ import annotations

from tests.services.scopes_conditions import REVIEWERS
from tests.services.scopes_functions import Call, finds, reviews, rows
from tests.services.scopes_places import BESIDE, OWN, PLACES
from tests.services.scopes_world import Who

A_CUSTODY = 9000 + PLACES.index(OWN)


def is_reviewer(who: Who) -> bool:
    """Whoever reviews, anywhere: whether an account that an interview names is there."""
    return who.role in REVIEWERS


CALLS: dict[str, Call] = {
    "jpt_replace": Call(f"select jpt_replace('{OWN.interview}', 'ใช้อีกฉบับ') is not null", reviews),
    "jpt_desk_counts": Call(rows(f"jpt_desk_counts('{OWN.path}')"), reviews),
    "jpt_desk_list": Call(rows(f"jpt_desk_list('{OWN.path}', null, null, null, 9)"), reviews),
    "jpt_is_volunteer": Call(f"select jpt_is_volunteer('{OWN.volunteer}')", is_reviewer),
    "jpt_shared_people": Call(
        rows(f"jpt_shared_people('{OWN.interview}', '{BESIDE.interview}')"), reviews
    ),
    "jpt_custody_people": Call(rows(f"jpt_custody_people({A_CUSTODY})"), reviews),
    "jpt_same_people": Call(rows(f"jpt_same_people('{OWN.interview}')"), finds),
}
