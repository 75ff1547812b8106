"""Interviews sent back by the inspector of Mali's district, and the corrections that come of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import world
from tests.handset import Handset, Sealed
from webapp.db import transaction
from webapp.domain.actors import Actor, Role
from webapp.domain.review import Asked, Comment, Seen
from webapp.domain.service_plan import day_in_thailand
from webapp.services import review

NIDA = Actor(world.NIDA, Role.INSPECTOR, "คุณnida", "nida", areas=("TH.43.4301.",))
TODAY = day_in_thailand(datetime.now(UTC))
DEADLINE = TODAY + timedelta(days=7)


def seen(one: Sealed) -> Seen:
    """The revision as the inspector had it before them."""
    return Seen(UUID(one.interview), bytes.fromhex(one.digest))


def asked(comments: dict[str, str], to: UUID | None = None) -> Asked:
    """What is wanted, within a week."""
    told = tuple(Comment(about, words) for about, words in comments.items())
    return Asked(told, DEADLINE, "มีบางข้อไม่ตรงกัน", to)


def send_back(one: Sealed, comments: dict[str, str], to: UUID | None = None) -> int:
    """The interview is returned; the decision's number."""
    with transaction(NIDA) as session:
        return review.return_to_volunteer(session, NIDA, seen(one), asked(comments, to), TODAY)


def ask_evidence(one: Sealed, kinds: Collection[str]) -> int:
    """Evidence alone is asked for again."""
    with transaction(NIDA) as session:
        return review.ask_evidence_again(session, NIDA, seen(one), kinds, asked({}), TODAY)


def take_back(one: Sealed) -> int:
    """Nobody is to correct it any more."""
    with transaction(NIDA) as session:
        return review.withdraw(session, NIDA, seen(one), "ส่งกลับผิดคน")


def told(phone: Handset, after: str = "0") -> dict[str, Any]:
    """The next page of changes, once nothing older is under way."""
    found: dict[str, Any] = phone.client.get(f"/api/v1/changes?after={after}").get_json()
    return found


def corrected(phone: Handset, returned: dict[str, Any], **changes: Any) -> Sealed:
    """The next revision from what the phone was told, as the phone makes it."""
    document = returned["answers"] | {
        "number": returned["number"] + 1,
        "based_on": returned["base"],
        "author": {"account": str(phone.account), "device": phone.device},
        "members": [
            one | ({"national_id_kept": True} if one["id"] in returned["numbers"] else {})
            for one in returned["answers"]["members"]
        ],
        "evidence": [one | {"earlier": True} for one in returned["answers"]["evidence"]],
        "review": {"decision": returned["decision"], "replies": []},
    }
    return phone.seal(document | changes)


def newest(register: Session) -> Sealed:
    """The one interview that the register holds, as far as a decision needs it."""
    register.rollback()
    row = register.execute(text("select id, head_digest from interviews")).one()
    return Sealed(str(row.id), row.head_digest.hex(), b"", "", "", "", {})


def state(register: Session, one: Sealed) -> Any:
    """Where the interview stands: state, head's number, author, to whom it is given."""
    return register.execute(
        text(
            "select i.state, i.head_number, i.author_id, i.given_to, h.state as house, "
            "i.evidence_grade, i.evidence_due from interviews i "
            "join households h on h.id = i.household_id where i.id = :id"
        ),
        {"id": one.interview},
    ).one()
