"""The register's books: all that it shows, and the villages' counts done again from scratch."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests import world
from webapp.models.household import GRADES, STATES

LEFT_OUT = {
    "interviews": "received_at updated_at changed_xid",
    "households": "updated_at changed_xid created_at",
    "revisions": "envelope signature received_at changed_xid",
    "members": "national_id_sealed",
    "evidence": "received_at listed_in",
    "custody": "id received_at envelope signature",
}
"""Moments and what is random in every sealing; which of two manifests named a file last."""

TO_CLEAR = (
    "desk_revisions",
    "decision_comments",
    "decisions",
    "receipts",
    "custody",
    "evidence",
    "members",
    "revisions",
    "interviews",
)
COUNTED = (*STATES, "people", *(f"evidence_{grade}" for grade in GRADES))
HEADS = text(
    "select h.village_code, h.state, i.evidence_grade, i.outcome, r.answers, r.evaluation "
    "from households h left join interviews i on i.id = h.interview_id "
    "left join revisions r on r.interview_id = i.id and r.digest = i.head_digest"
)


def state(register: Session) -> dict[str, list[str]]:
    """Every row that people or programs read, table by table; of custody what is still open."""
    register.rollback()
    found = {}
    for table, left_out in LEFT_OUT.items():
        columns = "".join(f" - '{name}'" for name in left_out.split())
        open_only = " where resolved_at is null" if table == "custody" else ""
        rows = register.scalars(
            text(f"select (to_jsonb(t){columns})::text from {table} t{open_only}")
        )
        found[table] = sorted(rows)
    found["counts"] = sorted(f"{village} {counts}" for village, counts in kept(register))
    return found


def kept(register: Session) -> list[tuple[str, list[tuple[str, int]]]]:
    """The rollups in a fixed order; a figure of nought is none."""
    return [(key, sorted(one.items())) for key, one in kept_counts(register).items()]


def clear(register: Session) -> None:
    """The world's four houses wait for their interview, as on the first day."""
    register.rollback()
    for table in (*TO_CLEAR, "households", "village_progress"):
        register.execute(text(f"delete from {table}"))
    world.households(register)
    register.commit()


def kept_counts(register: Session) -> dict[str, Counter[str]]:
    """The villages' rollups as they stand."""
    rows = register.execute(text("select * from village_progress")).mappings()
    return {row["village_code"]: _counter(row) for row in rows}


def _counter(row: Any) -> Counter[str]:
    found = Counter({name: row[name] for name in COUNTED})
    for name in ("surveyed", "failing", "households_not_met"):
        found.update({f"{name} {place}": n for place, n in enumerate(row[name], start=1)})
    return +found


def recounted(register: Session) -> dict[str, Counter[str]]:
    """The same from the households and the heads of their interviews alone."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for village, its_state, grade, outcome, answers, evaluation in register.execute(HEADS):
        counts = found[village]
        counts[its_state] += 1
        if grade:
            counts[f"evidence_{grade}"] += 1
        if outcome == "interviewed":
            counts["people"] += len(answers["members"])
            for one in evaluation["indicators"]:
                _count(counts, one)
    return {village: +counts for village, counts in found.items()}


def _count(counts: Counter[str], indicator: dict[str, Any]) -> None:
    """One indicator of one household; undecided and not assessed count nowhere."""
    if indicator["result"] in ("met", "not_met"):
        eligible, failing = indicator["eligible"], indicator["failing"]
        counts[f"surveyed {indicator['no']}"] += failing if eligible is None else eligible
        counts[f"failing {indicator['no']}"] += indicator["failing"]
        counts[f"households_not_met {indicator['no']}"] += indicator["result"] == "not_met"


def kept_heads(register: Session) -> dict[str, str]:
    """The revision that each interview shows."""
    rows = register.execute(text("select id::text, encode(head_digest, 'hex') from interviews"))
    return {row[0]: row[1] for row in rows}


def recomputed_heads(register: Session) -> dict[str, str]:
    """Of the revisions that no other is based on, the one of the highest number, then digest."""
    rows = register.execute(text(LEAVES)).all()
    highest: dict[str, tuple[int, str]] = {}
    for interview, number, digest in rows:
        highest[interview] = max(highest.get(interview, (0, "")), (number, digest))
    return {interview: digest for interview, (_, digest) in highest.items()}


def kept_conflicts(register: Session) -> set[str]:
    """Revisions in the register that wait in custody because they conflict."""
    return set(register.scalars(text(CONFLICTS)))


def waiting(register: Session) -> set[str]:
    """Revisions in custody that nobody has settled."""
    return set(register.scalars(text(WAITING)))


def recomputed_conflicts(register: Session) -> set[str]:
    """Revisions that no other is based on, of interviews that have several of them."""
    beside: dict[str, set[str]] = defaultdict(set)
    for interview, _, digest in register.execute(text(LEAVES)):
        beside[interview].add(digest)
    return {digest for leaves in beside.values() if len(leaves) > 1 for digest in leaves}


WAITING = "select encode(digest, 'hex') from custody where resolved_at is null"
CONFLICTS = """
    select encode(digest, 'hex') from custody
    where reason = 'conflict' and resolved_at is null and envelope is null
"""
LEAVES = """
    select r.interview_id::text, r.number, encode(r.digest, 'hex') from revisions r
    where not exists (select from revisions o
        where o.interview_id = r.interview_id and r.digest = any (o.based_on))
"""
