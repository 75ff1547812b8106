"""People as the back office sees them: who stands above whom, and what each state allows."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from webapp.domain.actors import Level, Role
from webapp.domain.areas import AreaLevel, level_of
from webapp.domain.identifiers import digits_of


class Status(StrEnum):
    """How a person stands with the survey."""

    WAITING = "waiting"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    CLOSED = "closed"


class Act(StrEnum):
    """What an officer does to a person."""

    APPROVE = "approve"
    REFUSE = "refuse"
    RECONSIDER = "reconsider"
    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    RESUME = "resume"
    CLOSE = "close"
    EDIT = "edit"
    TRANSFER = "transfer"
    UNMASK = "unmask"


_OPEN = frozenset({Status.WAITING, Status.ACTIVE, Status.SUSPENDED, Status.REFUSED})
ALLOWED_IN: dict[Act, frozenset[Status]] = {
    Act.APPROVE: frozenset({Status.WAITING}),
    Act.REFUSE: frozenset({Status.WAITING}),
    Act.RECONSIDER: frozenset({Status.REFUSED}),
    Act.WITHDRAW: frozenset({Status.ACTIVE}),
    Act.SUSPEND: frozenset({Status.ACTIVE}),
    Act.RESUME: frozenset({Status.SUSPENDED}),
    Act.CLOSE: _OPEN,
    Act.EDIT: _OPEN,
    Act.TRANSFER: frozenset({Status.WAITING, Status.ACTIVE, Status.SUSPENDED}),
    Act.UNMASK: _OPEN,
}
LEADS_TO: dict[Act, Status] = {
    Act.APPROVE: Status.ACTIVE,
    Act.REFUSE: Status.REFUSED,
    Act.RECONSIDER: Status.WAITING,
    Act.WITHDRAW: Status.WAITING,
    Act.SUSPEND: Status.SUSPENDED,
    Act.RESUME: Status.ACTIVE,
    Act.CLOSE: Status.CLOSED,
}
"""The state after an act; acts without a line leave it as it is."""

NEEDS_REASON = frozenset({Act.REFUSE, Act.SUSPEND, Act.CLOSE, Act.UNMASK})

_RANK = {Level.DEPARTMENT: 4, Level.PROVINCE: 3, Level.DISTRICT: 2}
_OFFICER_BELOW = {Level.DEPARTMENT: Level.PROVINCE, Level.PROVINCE: Level.DISTRICT}
_AREA_LEVELS: dict[tuple[Role, Level | None], frozenset[AreaLevel]] = {
    (Role.OFFICER, Level.DEPARTMENT): frozenset({AreaLevel.COUNTRY}),
    (Role.OFFICER, Level.PROVINCE): frozenset({AreaLevel.PROVINCE}),
    (Role.OFFICER, Level.DISTRICT): frozenset({AreaLevel.DISTRICT}),
    (Role.INSPECTOR, None): frozenset({AreaLevel.PROVINCE, AreaLevel.DISTRICT}),
    (Role.VIEWER, None): frozenset({AreaLevel.PROVINCE, AreaLevel.DISTRICT}),
    (Role.VOLUNTEER, None): frozenset({AreaLevel.SUBDISTRICT, AreaLevel.VILLAGE}),
}
SERVICE = {
    Role.VOLUNTEER: "manage_volunteers",
    Role.INSPECTOR: "manage_inspectors",
    Role.VIEWER: "manage_viewers",
}
"""The service whose window an act on such a person needs; officers are managed at any time."""


def rank(level: Level | None) -> int:
    """4 for the department, 3 province, 2 district; 1 for whoever is no officer."""
    return _RANK[level] if level else 1


def may_create(actor: Level | None, role: Role, level: Level | None) -> bool:
    """Whether an officer of that level may make such an account.

    Officers: exactly the level below (department → province → district). Inspectors, viewers and
    volunteers: every officer, inside their own areas.
    """
    if actor is None or role is Role.ANONYMOUS:
        return False
    if role is Role.OFFICER:
        return level is not None and _OFFICER_BELOW.get(actor) is level
    return level is None


def may_manage(actor: Level | None, level: Level | None) -> bool:
    """Whether an officer of that level stands above somebody of this one (None: no officer)."""
    return actor is not None and rank(level) < rank(actor)


def may_act_on(status: Status, act: Act) -> bool:
    """Whether a person in that state can have this done to them."""
    return status in ALLOWED_IN[act]


def belongs_at(role: Role, level: Level | None, area_code: str) -> bool:
    """Whether such a person can belong to an area of this code's level."""
    return level_of(area_code) in _AREA_LEVELS.get((role, level), frozenset())


def full_name(given: str, family: str) -> str:
    """The name as accounts keep it: given name, one space, family name."""
    return f"{tidy(given).replace(' ', '')} {tidy(family)}".strip()


def name_parts(name_th: str) -> tuple[str, str]:
    """Given and family name again: a Thai given name has no space, a family name may."""
    given, _, family = name_th.partition(" ")
    return given, family


def tidy(text: str) -> str:
    """A text on one line, with single spaces, and nothing in it that cannot be seen.

    What is pasted brings invisible letters along: they would hide a likeness, turn a line around,
    and no workbook holds them all.
    """
    seen = (" " if one.isspace() else one for one in text if one.isspace() or _is_seen(one))
    return " ".join("".join(seen).split())


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cn", "Cs")


def phone_of(written: str) -> str | None:
    """A Thai telephone number as ten (mobile) or nine digits, or None where it is none."""
    digits = re.sub(r"^(\+|00)?66", "0", digits_of(written).replace("(", "").replace(")", ""))
    digits = "0" + digits[2:] if digits.startswith("00") else digits
    is_phone = re.fullmatch(r"0[689][0-9]{8}|0[2-57][0-9]{7}", digits)
    return digits if is_phone else None


def masked_id(number: str) -> str:
    """A 13-digit number with all but its last three digits hidden: x-xxxx-xxxxx-12-3."""
    return f"x-xxxx-xxxxx-{number[10:12]}-{number[12:]}" if len(number) == 13 else "x" * len(number)


def masked_phone(number: str) -> str:
    """A telephone number with all but its last four digits hidden."""
    return f"xxx-xxx-{number[-4:]}" if len(number) >= 9 else "x" * len(number)


def written_id(number: str) -> str:
    """A 13-digit number as the card prints it: 1-2345-67890-12-3."""
    if len(number) != 13:
        return number
    return f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"


def pseudonym(account: str) -> str:
    """What lists call somebody whose account is closed."""
    return f"บัญชีที่ปิดแล้ว {account[:4].upper()}"
