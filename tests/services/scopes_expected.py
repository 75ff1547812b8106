"""Who may see, add, change and remove which rows of a table about people; a line for each table.

Written from the roles and areas of the survey, not from the policies. A condition is given who
asks, the row, and all rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.services.scopes_world import Rows, Who

Condition = Callable[[Who, dict[str, Any], Rows], bool]

PERSONS = ("volunteer", "inspector", "viewer", "officer")
REVIEWERS = ("inspector", "officer")
RANK = {"department": 4, "province": 3, "district": 2, "": 1}


@dataclass(frozen=True)
class Rights:
    """The conditions of which one is enough, by what is done; nothing is allowed without one."""

    see: tuple[Condition, ...] = ()
    add: tuple[Condition, ...] = ()
    change: tuple[Condition, ...] = ()
    remove: tuple[Condition, ...] = ()


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


def assigned(who: Who, row: dict[str, Any], _: Rows) -> bool:
    """The volunteer to whom this single household is given."""
    return bool(who.role == "volunteer" and who.scope and row["id"] in who.scope.households)


def the_household(who: Who, row: dict[str, Any], _: Rows) -> bool:
    """The register, working on an interview of this household."""
    return bool(who.role == "intake" and who.scope and row["id"] in who.scope.households)


def acts(who: Who, row: dict[str, Any], _: Rows) -> bool:
    """Whoever does something notes it under their own name."""
    if who.role not in (*PERSONS, "intake", "door", "register") or not who.scope:
        return False
    return row["actor_id"] in (None, who.scope.account)


REVIEWED = (inside(*REVIEWERS), own("author_id", "volunteer"), at_work())

TABLES: dict[str, Rights] = {
    "accounts": Rights(
        see=(own("id"), managed, by_name, registering("id")),
        add=(managed_new, registering_new),
        change=(managed, registering_new),
    ),
    "grants": Rights(
        see=(own(), inside(*REVIEWERS)),
        add=(managed_inside,),
        change=(lambda who, row, rows: managed(who, row, rows) and who.covers(row["path"]),),
    ),
    "sessions": Rights(
        see=(own(), by_token),
        add=(own(), by_token),
        change=(own(), by_token),
        remove=(own(), by_token),
    ),
    "devices": Rights(see=(own(),), add=(own(),), change=(own(),)),
    "person_details": Rights(
        see=(own(), managed, registering()),
        add=(managed, registering()),
        change=(managed, registering()),
    ),
    "offered_villages": Rights(
        see=(own(), managed, registering()),
        add=(managed, registering()),
        remove=(managed, registering()),
    ),
    "households": Rights(
        see=(inside("volunteer", *REVIEWERS), assigned, the_household),
        add=(the_household,),
        change=(the_household,),
    ),
    "assignments": Rights(see=(own(), inside(*REVIEWERS))),
    "interviews": Rights(
        see=(inside(*REVIEWERS), own("author_id", "volunteer"), at_work("id")),
        add=(at_work("id"),),
        change=(at_work("id"),),
    ),
    "revisions": Rights(see=REVIEWED, add=(at_work(),)),
    "members": Rights(see=REVIEWED, add=(at_work(),)),
    "evidence": Rights(
        see=(*REVIEWED, part("decoder")),
        add=(at_work(), part("decoder")),
        change=(at_work(), part("decoder")),
    ),
    "receipts": Rights(see=(at_work(),), add=(at_work(),)),
    "custody": Rights(see=(inside(*REVIEWERS), at_work()), add=(at_work(),), change=(at_work(),)),
    "audit_entries": Rights(see=(inside("officer"),), add=(acts,)),
    "audit_seals": Rights(see=(part("sealer"),), add=(part("sealer"),)),
}
