"""Placing a revision: household, interview, head, people, evidence and the village's counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from webapp.domain import grading
from webapp.domain.documents import Document
from webapp.keys import Keys
from webapp.models.household import Household
from webapp.models.interview import Interview
from webapp.services import keeping, progress
from webapp.services.arrival import Arrival
from webapp.services.keeping import Row, octets
from webapp.services.progress import Tally

if TYPE_CHECKING:
    from webapp.services.intake import Sent


@dataclass(frozen=True)
class Placed:
    """Where a revision ends: what is to be written, files held and missing, and what it meets."""

    interview: UUID
    digest: bytes
    rows: keeping.Rows
    held: list[bytes]
    missing: list[bytes]
    is_head: bool
    has_conflict: bool
    in_conflict: bool
    had_conflict: bool
    leaves: list[bytes]


def household_of(session: Session, document: Document, found: Arrival) -> Row | None:
    """The household, locked until the act ends; one found by the volunteer is added.

    None where the round's list has no such household in that village.
    """
    household = found.household
    if household is None and document.new_household:
        household = _add_household(session, document, str(found.path))
    where = (document.round, document.village)
    ours = household and (household["round_id"], household["village_code"]) == where
    return household if ours else None


def _add_household(session: Session, document: Document, path: str) -> Row:
    session.add(
        Household(
            id=document.household,
            round_id=document.round,
            village_code=document.village,
            path=path,
            house_number=document.house_number,
            origin="volunteer",
            state="todo",
            evidence_grade="none",
        )
    )
    session.flush()
    progress.shift(session, document.round, document.village, path, None, Tally("todo"))
    place = {"round_id": document.round, "village_code": document.village, "path": path}
    return place | {"state": "todo", "interview_id": None}


def place(
    keys: Keys,
    sent: Sent,
    document: Document,
    evaluation: Row,
    household: Row,
    found: Arrival,
    *,
    beside_another: bool,
    came: Mapping[bytes, Row] | None = None,
) -> Placed:
    """The revision is kept as received; the interview shows its head; the village counts agree.

    `came`: files that are on disk since now; `beside_another`: a second interview of this household
    waits in custody.
    """
    bearing, listed = found.bearing, [one.sealed_sha256 for one in document.files]
    came = came or {}
    held = (found.held | came.keys()).intersection(listed)
    ours = (document.number, sent.digest)
    leaves = _leaves([*found.revisions, (*ours, list(document.based_on))])
    tables = {
        "evidence": keeping.files(sent.digest, document, bearing["path"], came),
        "revisions": [keeping.revision(sent, document, evaluation, bearing)],
        "members": keeping.members(keys, sent, document, bearing["path"]),
    }
    if max(leaves) == ours:
        shown = _shown(sent.digest, document, evaluation, bearing, held)
        shown["has_conflict"] = len(leaves) > 1 or beside_another
        tables |= _head(document, shown, evaluation, household, found.interview)
    had_conflict = found.interview is not None and found.interview["has_conflict"]
    return Placed(
        document.interview,
        sent.digest,
        keeping.Rows(sent.envelope, tables),
        sorted(held),
        [one for one in listed if one not in held],
        is_head=max(leaves) == ours,
        has_conflict=len(leaves) > 1 or beside_another,
        in_conflict=len(leaves) > 1 and ours in leaves,
        had_conflict=bool(had_conflict),
        leaves=[digest for _, digest in leaves],
    )


def _head(
    document: Document, shown: Row, evaluation: Row, household: Row, interview: Row | None
) -> dict[str, list[Row]]:
    """What a new head changes: the interview, its household and the counts of the village."""
    state = "received" if document.outcome == "interviewed" else "closed"
    visited = {
        "id": str(document.household),
        "interview_id": str(document.interview),
        "state": state,
    } | {name: shown[name] for name in ("outcome", "evidence_grade", "point", "accuracy")}
    before = _tally(household["state"], interview) if interview else Tally(household["state"])
    after = _tally(state, shown | {"indicators": evaluation["indicators"]})
    return {
        "interviews": [shown | {"id": str(document.interview)}],
        "households": [visited],
        "village_progress": progress.difference(
            document.round, document.village, household["path"], before, after
        ),
    }


def keep(session: Session, many: Sequence[Placed]) -> None:
    """All that was placed is written in one statement."""
    keeping.write(session, [one.rows for one in many])
    for one in many:
        _keep_beside(session, one)


def _keep_beside(session: Session, placed: Placed) -> None:
    if not placed.is_head:
        session.execute(
            update(Interview)
            .where(Interview.id == placed.interview)
            .values(has_conflict=placed.has_conflict)
        )
    if placed.had_conflict or len(placed.leaves) > 1:
        hold_conflicts(session, placed.interview, placed.leaves)


def hold_conflicts(session: Session, interview: UUID, leaves: Sequence[bytes]) -> None:
    """While revisions conflict, each of them waits in custody; what was brought together does not.

    So custody says the same whatever the order in which they came.
    """
    waiting = list(leaves) if len(leaves) > 1 else []
    session.execute(_SETTLE, {"interview": interview, "leaves": waiting})
    if waiting:
        session.execute(_HOLD, {"interview": interview, "leaves": waiting})


_SETTLE = text(
    "update custody set resolved_at = now(), resolution = 'together' "
    "where interview_id = :interview and reason = 'conflict' and resolved_at is null "
    "and digest <> all (cast(:leaves as bytea[]))"
)
_HOLD = text(
    "insert into custody (interview_id, digest, household_id, reason, path, ingest_key, "
    "device_id, signature, carried_by) "
    "select r.interview_id, r.digest, i.household_id, 'conflict', r.path, r.ingest_key, "
    "r.device_id, r.signature, r.author_id "
    "from revisions r join interviews i on i.id = r.interview_id "
    "where r.interview_id = :interview and r.digest = any (cast(:leaves as bytea[])) "
    "on conflict (interview_id, digest) do update set reason = 'conflict', envelope = null, "
    "resolved_at = null, resolution = null, resolved_by = null, why = null "
    "where custody.reason = 'conflict' or custody.resolved_at is not null"
)


def stands_beside_another(session: Session, document: Document, found: Arrival) -> bool:
    """Whether a second interview of this household waits in custody; asked only where flagged."""
    if not (found.interview and found.interview["has_conflict"]):
        return False
    asked = func.jpt_has_second_interview(document.household, document.interview)
    return bool(session.scalar(select(asked)))


def mark_custody(session: Session, document: Document) -> None:
    """A household whose only interview is in custody shows that a person must look."""
    household = session.get(Household, document.household, with_for_update=True)
    if household is None or household.interview_id or household.state != "todo":
        return
    if (household.round_id, household.village_code) != (document.round, document.village):
        return  # who settles it could not let this household go again
    household.state = "custody"
    session.flush()
    progress.shift(
        session,
        household.round_id,
        household.village_code,
        household.path,
        Tally("todo"),
        Tally("custody"),
    )


def _shown(
    digest: bytes, document: Document, evaluation: Row, bearing: Row, held: frozenset[bytes]
) -> Row:
    """What the interview shows of its head revision."""
    position = document.position
    open_failures = _open_failures(document, evaluation)
    return {
        "round_id": document.round,
        "household_id": str(document.household),
        "village_code": document.village,
        "path": bearing["path"],
        "author_id": str(document.account),
        "device_id": str(document.device),
        "head_digest": octets(digest),
        "head_number": document.number,
        "state": "received",
        "mode": document.mode,
        "outcome": document.outcome,
        "people": len(document.members) if document.outcome == "interviewed" else 0,
        "hard_open": sum(one["severity"] == "hard" for one in open_failures),
        "soft_open": sum(one["severity"] == "soft" for one in open_failures),
        "explained": _failures(document, evaluation) - len(open_failures),
        "given_to": None,
        "evidence_grade": grade(document, held, bearing["inside"]),
        "evidence_due": sum(one.sealed_sha256 not in held for one in document.files),
        "point": position.ewkt if position else None,
        "accuracy": position.accuracy if position else None,
        "position_inside": bearing["inside"],
        "village_distance": bearing["distance"],
        "interviewed_on": document.interviewed_on.isoformat(),
    }


def grade(document: Document, held: frozenset[bytes], inside: bool | None) -> str:
    """The evidence grade by what the register really holds."""
    kinds = frozenset(one.kind for one in document.files if one.sealed_sha256 in held)
    accuracy = document.position.accuracy if document.position else None
    return grading.grade(grading.Shown(kinds, accuracy, inside, document.has_note))


def _failures(document: Document, evaluation: Row) -> int:
    """How many edit failures there are, explained or not."""
    return len(evaluation["failures"]) if document.outcome == "interviewed" else 0


def _open_failures(document: Document, evaluation: Row) -> list[Row]:
    """Edit failures without an explanation; only an interview can fail, not a refusal."""
    if document.outcome != "interviewed":
        return []
    explained = document.content.get("explanations") or {}
    return [
        one
        for one in evaluation["failures"]
        if not explained.get(f"{one['id']}:{one['member']}" if one.get("member") else one["id"])
    ]


def _leaves(revisions: list[tuple[int, bytes, list[bytes]]]) -> list[tuple[int, bytes]]:
    """Revisions that no other is based on, by number and digest: one, unless they conflict."""
    based = {digest for _, _, bases in revisions for digest in bases}
    return [(number, digest) for number, digest, _ in revisions if digest not in based]


def _tally(state: str, interview: Row) -> Tally:
    """A refusal or an empty house has no indicators: nothing of it enters the figures."""
    if interview["outcome"] != "interviewed":
        return Tally(state, interview["evidence_grade"])
    return progress.of_evaluation(
        state, interview["evidence_grade"], interview["people"], interview
    )
