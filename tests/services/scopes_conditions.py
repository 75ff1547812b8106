"""Conditions under which somebody may do something with a row, by the survey's roles and areas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.services.scopes_places import NEAR, path_of
from tests.services.scopes_world import Rows, Who

Condition = Callable[[Who, dict[str, Any], Rows], bool]

PERSONS = ("volunteer", "inspector", "viewer", "officer")
REVIEWERS = ("inspector", "officer")
RANK = {"department": 4, "province": 3, "district": 2, "": 1}


def inside(*roles: str) -> Condition:
    """Somebody of these roles whose areas the row lies in."""
    return lambda who, row, _: who.role in roles and who.covers(row["path"])


def own(column: str = "account_id", *roles: str) -> Condition:
    """The person whom the row is about, signed in."""
    allowed = roles or PERSONS
    return lambda who, row, _: bool(
        who.scope and who.role in allowed and row[column] == who.scope.account
    )


def at_work(column: str = "interview_id") -> Condition:
    """The register, working on this interview."""
    return lambda who, row, _: bool(
        who.scope and who.role == "intake" and row[column] in who.scope.interviews
    )


def part(role: str) -> Condition:
    """A part of the register itself."""
    return lambda who, _row, _rows: who.role == role


def by_token(who: Who, row: dict[str, Any], _: Rows) -> bool:
    """Whoever stands at the door with this session's reference."""
    return bool(who.role == "door" and who.scope and row["token_hash"] == who.scope.door_token)


def by_name(who: Who, row: dict[str, Any], _: Rows) -> bool:
    """Whoever gives this name at the door."""
    return bool(who.role == "door" and who.scope and row["username"] == who.scope.door_name)


def managed(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """An officer who stands above the person and runs an area around them."""
    account = row if "role" in row else rows.account(row["account_id"])
    above = RANK[who.scope.level if who.scope else ""] > RANK[account["level"] or ""]
    return who.role == "officer" and above and who.covers(account["path"])


def managed_new(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """The same, for a new account: without a password, an officer only of the next rank."""
    ranks = RANK[who.scope.level if who.scope else ""] - RANK[row["level"] or ""]
    next_rank = row["role"] != "officer" or ranks == 1
    return managed(who, row, rows) and row["password_hash"] is None and next_rank


def managed_inside(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """The person is managed and the area given is the officer's own."""
    return managed(who, row, rows) and who.covers(row["path"])


def registering(column: str = "account_id") -> Condition:
    """Somebody who is registering, about themselves."""
    return lambda who, row, _: bool(
        who.role == "register" and who.scope and row[column] == who.scope.account
    )


def registering_new(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """The same: they wait, as a volunteer or an inspector, and have no password yet."""
    waits = row["status"] == "waiting" and row["role"] in ("volunteer", "inspector")
    return registering("id")(who, row, rows) and waits and row["password_hash"] is None


def of_household(role: str, column: str = "id") -> Condition:
    """The volunteer to whom it is given by itself, or the register at work on it."""
    return lambda who, row, _: bool(
        who.role == role and who.scope and row[column] in who.scope.households
    )


def acts(who: Who, row: dict[str, Any], _: Rows) -> bool:
    """Whoever does something notes it under their own name."""
    if who.role not in (*PERSONS, "intake", "door", "register") or not who.scope:
        return False
    return row["actor_id"] in (None, who.scope.account)


def by_door_name(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """Whoever gave this person's name at the door, who may work."""
    account = rows.account(row["account_id"])
    return by_name(who, account, rows) and account["status"] == "active"


def made(column: str) -> Condition:
    """An officer around, in their own name."""
    return lambda who, row, rows: inside("officer")(who, row, rows) and own(column)(who, row, rows)


def coded(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """An officer makes a code for somebody they manage, in their own name."""
    return managed(who, row, rows) and own("made_by")(who, row, rows)


def given(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """An officer gives work around them, in their own name, to a volunteer at work."""
    account = rows.account(row["account_id"])
    works = account["role"] == "volunteer" and account["status"] == "active"
    return made("made_by")(who, row, rows) and works


def addressed(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """Somebody of the notice's roles who works or belongs inside its area."""
    if not who.scope or who.role not in PERSONS or who.role not in row["roles"]:
        return False
    home = rows.account(who.scope.account)["path"] if who.scope.account else ""
    near = any(path.startswith(row["path"]) for path in (*who.scope.areas, home))
    return near and row["withdrawn_at"] is None


def of_notice(*conditions: Condition) -> Condition:
    """What holds for the notice that the row belongs to."""
    return lambda who, row, rows: any(
        one(who, rows.of("notices", row["notice_id"]), rows) for one in conditions
    )


def of_order(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """An officer around the area of the order that names the person."""
    return inside("officer")(who, rows.of("appointment_orders", row["order_id"]), rows)


def own_reading(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """Who was reached by a notice has read it themselves."""
    return own()(who, row, rows) and of_notice(addressed, inside("officer"))(who, row, rows)


def published(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """Who publishes the notice, still in force, adds its documents."""
    notice = rows.of("notices", row["notice_id"])
    return made("author_id")(who, notice, rows) and notice["withdrawn_at"] is None


def of_decision(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """The volunteer to whom the decision gives the interview back."""
    return own("given_to", "volunteer")(who, rows.of("decisions", row["decision_id"]), rows)


def replied(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """The volunteer whom a finding is about answers it, in their own name."""
    finding = rows.of("findings", row["finding_id"])
    mine = own("account_id", "volunteer")
    return mine(who, row, rows) and mine(who, finding, rows)


def department(who: Who, _row: dict[str, Any], _rows: Rows) -> bool:
    """Who works for the whole country."""
    return who.role == "officer" and bool(who.scope and who.scope.level == "department")


def asked_for(who: Who, row: dict[str, Any], rows: Rows) -> bool:
    """The department asks for it in the officer's own name."""
    return department(who, row, rows) and own("asked_by")(who, row, rows)


def anybody(_who: Who, _row: dict[str, Any], _rows: Rows) -> bool:
    """The service plan is no secret."""
    return True


def runs(column: str) -> Condition:
    """An officer around the area that the row names."""
    return lambda who, row, _: who.role == "officer" and who.covers(path_of(row[column]))


def delivers_near(who: Who) -> bool:
    """The register at work, with the household of `NEAR` among those delivered."""
    return bool(who.role == "intake" and who.scope and NEAR.household in who.scope.households)
