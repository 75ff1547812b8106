"""What each function with its owner's rights answers, and whom; a line for each function.

Every call asks about the village `OWN`. An act has a second question, put with the rights of who
would see its effect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import psycopg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.services.scopes_conditions import PERSONS, RANK, REVIEWERS, delivers_near
from tests.services.scopes_places import BESIDE, NEAR, NEXT_ROUND, OWN, POINT, ROUND, path_of
from tests.services.scopes_world import Who
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
    try:
        answer = session.scalar(text(call.asks))
    except DBAPIError as refused:
        if not isinstance(refused.orig, psycopg.errors.RaiseException):
            raise
        return False
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


def is_asked_to_correct(who: Who) -> bool:
    """The volunteer to whom the interview of `NEAR` was given back, with or without work there."""
    return bool(who.role == "volunteer" and who.scope and who.scope.account == NEAR.volunteer)


def finds(who: Who) -> bool:
    """The follow-up, which looks for findings."""
    return who.role == "finder"


def has_token(who: Who) -> bool:
    """Whoever stands at the door with the reference or code."""
    return bool(who.role == "door" and who.scope and who.scope.door_token == OWN.token)


def has_name(who: Who) -> bool:
    """Whoever gives the name at the door."""
    return bool(who.role == "door" and who.scope and who.scope.door_name == f"v{OWN.code}")


def is_officer(who: Who) -> bool:
    """Any officer: a figure about the log itself."""
    return who.role == "officer"


def is_person(who: Who) -> bool:
    """Somebody who has signed in, about themselves."""
    return who.role in PERSONS


def is_the_volunteer(who: Who) -> bool:
    """The village's volunteer, signed in."""
    return bool(who.role in PERSONS and who.scope and who.scope.account == OWN.volunteer)


def stands_above(who: Who) -> bool:
    """The person themselves, or who manages them."""
    return is_the_volunteer(who) or manages(who)


def copies(who: Who) -> bool:
    """The process that carries a round over."""
    return who.role == "copier"


def is_department(who: Who) -> bool:
    """An officer of the whole country."""
    return bool(who.role == "officer" and who.scope and who.scope.level == "department")


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
    "jpt_may_read": Call(f"select jpt_may_read({TOKEN}) is not null", has_token),
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
    "jpt_returns": Call(
        rows("jpt_returns(0, 0, 9223372036854775807, 9)", f"interview = '{NEAR.interview}'"),
        is_asked_to_correct,
    ),
    "jpt_open_returns": Call(
        rows("jpt_open_returns()", f"interview = '{NEAR.interview}'"), is_asked_to_correct
    ),
    "jpt_flag_conflict": Call(
        f"select jpt_flag_conflict('{OWN.interview}')",
        works,
        then=(AT_WORK, "select exists (select from interviews where has_conflict)"),
    ),
    "jpt_map_households": Call(
        tile("jpt_map_households", 12, 3216, 1841, str(OWN.household)), reviews
    ),
    "jpt_map_places": Call(
        f"select position(convert_to('{OWN.code}', 'utf8') in "
        "jpt_map_places(9, 402, 230, 'village', null, null, null, null)) > 0",
        reviews,
    ),
    "jpt_map_list": Call(
        rows(
            "jpt_map_list(null, null, null, null, null, null, null, 50)", f"id = '{OWN.household}'"
        ),
        reviews,
    ),
    "jpt_map_volunteers": Call(
        rows("jpt_map_volunteers(null)", f"id = '{OWN.volunteer}'"), reviews
    ),
    "jpt_household_people": Call(rows(f"jpt_household_people('{OWN.household}')"), reviews),
    "jpt_manages_account": Call(f"select jpt_manages_account('{OWN.volunteer}')", manages),
    "jpt_people_counts": Call(rows(f"jpt_people_counts('{OWN.path}')"), manages),
    "jpt_people_list": Call(
        rows(f"jpt_people_list('{OWN.path}', null, null, null, null, null, null, 50)"), manages
    ),
    "jpt_people_search_is_cut": Call(
        f"select jpt_people_search_is_cut('{OWN.path}', null, null, 'ก') is not null", manages
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
    "jpt_door_account": Call("select jpt_door_account() is not null", has_name),
    "jpt_code_holder": Call(f"select jpt_code_holder({TOKEN}) is not null", has_token),
    "jpt_use_code": Call(f"select jpt_use_code({TOKEN}, 'another') is not null", has_token),
    "jpt_passkey": Call(f"select jpt_passkey({TOKEN}) is not null", has_token),
    "jpt_passkey_used": Call(
        f"select jpt_passkey_used({TOKEN}, 9)",
        has_token,
        then=(
            door(name=f"v{OWN.code}"),
            "select exists (select from passkeys where sign_count = 9)",
        ),
    ),
    "jpt_change_password": Call(
        "select jpt_change_password('another')",
        is_the_volunteer,
        then=(
            door(name=f"v{OWN.code}"),
            "select exists (select from accounts where password_hash = 'another')",
        ),
    ),
    "jpt_own_password": Call("select jpt_own_password() is not null", is_person),
    "jpt_username_of_phone": Call(f"select jpt_username_of_phone({TOKEN}) is not null", has_token),
    "jpt_revoke_phone": Call(
        f"select jpt_revoke_phone('{OWN.volunteer}', '{OWN.device}')", stands_above
    ),
    "jpt_end_passkey": Call(f"select jpt_end_passkey('{OWN.volunteer}', {TOKEN})", stands_above),
    "jpt_authenticator_since": Call(
        f"select jpt_authenticator_since('{OWN.volunteer}') is not null", stands_above
    ),
    "jpt_reset_authenticator": Call(
        f"select jpt_reset_authenticator('{OWN.volunteer}')", stands_above
    ),
    "jpt_assignable": Call(f"select jpt_assignable('{OWN.volunteer}')", manages),
    "jpt_appointable": Call(f"select jpt_appointable('{OWN.volunteer}')", manages),
    "jpt_village_work": Call(rows(f"jpt_village_work('{ROUND}', '{OWN.path}', '', 9)"), manages),
    "jpt_progress": Call(
        rows(f"jpt_progress(array['{OWN.path}'])"),
        lambda who: is_person(who) and who.covers(OWN.path),
    ),
    "jpt_progress_volunteers": Call(
        rows(f"jpt_progress_volunteers('{OWN.path}', 9, null, null)", f"id = '{OWN.volunteer}'"),
        lambda who: reviews(who) or is_the_volunteer(who),
    ),
    "jpt_works_under": Call(f"select jpt_works_under('{OWN.path}')", is_the_volunteer),
    "jpt_notice_readers": Call(
        rows("jpt_notice_readers(array[1])"),
        lambda who: is_officer(who) and who.covers(path_of("430101")),
    ),
    "jpt_order_in_scope": Call(f"select jpt_order_in_scope('{OWN.order}')", manages),
    "jpt_volunteer_list": Call(
        rows(f"jpt_volunteer_list('{ROUND}', '{OWN.path}')", f"account = '{OWN.volunteer}'"),
        manages,
    ),
    "jpt_nearest_volunteers": Call(rows(f"jpt_nearest_volunteers('{OWN.code}', 9)"), manages),
    "jpt_has_second_interview": Call(
        f"select jpt_has_second_interview('{NEAR.household}', '{OWN.interview}')", delivers_near
    ),
    "jpt_worklist": Call(
        rows(
            "jpt_worklist(null, 'received', null, null, null, null, null, 50)",
            f"id = '{OWN.interview}'",
        ),
        reviews,
    ),
    "jpt_worklist_clean": Call(rows(f"jpt_worklist_clean('{BESIDE.path}', null, 50)"), reviews),
    "jpt_worklist_counts": Call(
        rows(f"jpt_worklist_counts('{OWN.path}', 9)", "to_look + nothing > 0"), reviews
    ),
    "jpt_decisions": Call(rows(f"jpt_decisions('{OWN.interview}')"), reviews),
    "jpt_decide": Call(
        rows(
            f"""jpt_decide('accepted', '[{{"interview": "{OWN.interview}",
            "digest": "{OWN.digest.hex()}"}}]', '', null, '{{}}', null, null, '[]')"""
        ),
        reviews,
    ),
    "jpt_correct_village": Call(
        f"select jpt_correct_village('{OWN.code}', 1, 'x', 2, null, '{POINT}')", manages
    ),
    "jpt_copy_next": Call("select jpt_copy_next(1) is not null", copies),
    "jpt_copy_size": Call(f"select jpt_copy_size('{ROUND}') > 0", copies),
    "jpt_copy_village": Call(rows(f"jpt_copy_village(1, '{OWN.code}')"), copies),
    "jpt_begin_round": Call(f"select jpt_begin_round('{NEXT_ROUND}') >= 0", is_department),
}
INNER = (
    f"select jpt_account_areas('{OWN.volunteer}', 'volunteer')",
    f"select jpt_account_households('{OWN.volunteer}')",
    f"select jpt_has_worked('{OWN.volunteer}')",
    f"select jpt_stand_again(array['{OWN.volunteer}'::uuid])",
)
"""Questions that only such functions themselves may ask."""
