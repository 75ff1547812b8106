"""What each function with its owner's rights answers, and whom; a line for each function.

Every call asks about the village `OWN`. An act has a second question, put with the rights of who
would see its effect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.services.scopes_expected import RANK, REVIEWERS
from tests.services.scopes_world import OWN, Who
from webapp import db
from webapp.domain.actors import Scope, door

TOKEN = f"'\\x{OWN.token.hex()}'::bytea"
AT_WORK = Scope("intake", households=(OWN.household,), interviews=(OWN.interview,))


@dataclass(frozen=True)
class Call:
    """A question whose answer is true where something was learnt or done."""

    asks: str
    for_whom: Callable[[Who], bool]
    then: tuple[Scope, str] | None = None


def learnt(session: Session, call: Call) -> bool:
    """Whether the asker learnt or did anything."""
    answer = session.scalar(text(call.asks))
    if call.then:
        scope, question = call.then
        db.enter(session, scope)
        answer = session.scalar(text(question))
    return bool(answer)


def reviews(who: Who) -> bool:
    """An inspector or officer of the village."""
    return who.role in REVIEWERS and who.covers(OWN.path)


def manages(who: Who) -> bool:
    """An officer of the village, above its volunteers."""
    above = RANK[who.scope.level if who.scope else ""] > RANK[""]
    return who.role == "officer" and above and who.covers(OWN.path)


def works(who: Who) -> bool:
    """The register, working on the village's interview."""
    return bool(who.role == "intake" and who.scope and OWN.interview in who.scope.interviews)


def has_token(who: Who) -> bool:
    """Whoever stands at the door with the reference or code."""
    return bool(who.role == "door" and who.scope and who.scope.door_token == OWN.token)


def has_name(who: Who) -> bool:
    """Whoever gives the name at the door."""
    return bool(who.role == "door" and who.scope and who.scope.door_name == f"v{OWN.code}")


def is_officer(who: Who) -> bool:
    """Any officer: a figure about the log itself."""
    return who.role == "officer"


def seals(who: Who) -> bool:
    """The sealer."""
    return who.role == "sealer"


def rows(function: str, where: str = "true") -> str:
    """Whether a function that gives rows gives one."""
    return f"select exists (select from {function} t where {where})"


def tile(function: str, z: int, x: int, y: int, mark: str) -> str:
    """Whether a tile tells of something."""
    made = f"{function}({z}, {x}, {y}, null, null, null, null)"
    return f"select position(convert_to('{mark}', 'utf8') in {made}) > 0"


CALLS: dict[str, Call] = {
    "jpt_session": Call(f"select jpt_session({TOKEN}) is not null", has_token),
    "jpt_hand_in": Call(f"select jpt_hand_in({TOKEN}) is not null", has_token),
    "jpt_registration": Call(rows(f"jpt_registration({TOKEN})"), has_token),
    "jpt_rehash": Call(
        "select jpt_rehash('another')",
        has_name,
        then=(
            door(name=f"v{OWN.code}"),
            "select exists (select from accounts where password_hash = 'another')",
        ),
    ),
    "jpt_bearing": Call(
        f"select jpt_bearing('{OWN.device}', '{OWN.volunteer}', '{OWN.code}', '{OWN.household}', "
        f"'{OWN.interview}', '2569', '') is not null",
        works,
    ),
    "jpt_flag_conflict": Call(
        f"select jpt_flag_conflict('{OWN.interview}')",
        works,
        then=(AT_WORK, "select exists (select from interviews where has_conflict)"),
    ),
    "jpt_map_households": Call(
        tile("jpt_map_households", 12, 3216, 1841, str(OWN.household)), reviews
    ),
    "jpt_map_villages": Call(tile("jpt_map_villages", 9, 402, 230, OWN.code), reviews),
    "jpt_map_list": Call(
        rows(
            "jpt_map_list(null, null, null, null, null, null, null, 50)", f"id = '{OWN.household}'"
        ),
        reviews,
    ),
    "jpt_map_volunteers": Call(
        rows("jpt_map_volunteers(null)", f"id = '{OWN.volunteer}'"), reviews
    ),
    "jpt_interview_people": Call(rows(f"jpt_interview_people('{OWN.interview}')"), reviews),
    "jpt_manages_account": Call(f"select jpt_manages_account('{OWN.volunteer}')", manages),
    "jpt_people_counts": Call(rows(f"jpt_people_counts('{OWN.path}')"), manages),
    "jpt_people_list": Call(
        rows(f"jpt_people_list('{OWN.path}', null, null, null, null, null, null, 50)"), manages
    ),
    "jpt_people_alike": Call(rows(f"jpt_people_alike(array['{OWN.volunteer}'::uuid])"), manages),
    "jpt_person_history": Call(rows(f"jpt_person_history('{OWN.volunteer}', null, 9)"), manages),
    "jpt_may_erase": Call(f"select jpt_may_erase('{OWN.waiting}')", manages),
    "jpt_erase_person": Call(f"select jpt_erase_person('{OWN.waiting}')", manages),
    "jpt_end_sessions": Call(
        f"select jpt_end_sessions('{OWN.volunteer}')",
        manages,
        then=(door(token=OWN.token), "select not exists (select from sessions)"),
    ),
    "jpt_audit_unsealed": Call(rows("jpt_audit_unsealed('0', 0, 100)"), seals),
    "jpt_audit_list": Call(
        rows(f"jpt_audit_list('{OWN.path}', null, null, null, null, null, 9)"),
        lambda who: is_officer(who) and who.covers(OWN.path),
    ),
    "jpt_audit_head": Call(rows("jpt_audit_head()"), is_officer),
}
INNER = (
    f"select jpt_account_areas('{OWN.volunteer}', 'volunteer')",
    f"select jpt_account_households('{OWN.volunteer}')",
    f"select jpt_has_worked('{OWN.volunteer}')",
)
"""Questions that only such functions themselves may ask."""
