"""Village rollups: moved in the transaction that moves the household, never counted afresh."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from sqlalchemy.orm import Session

from webapp.db import ask

STATES = ("todo", "received", "returned", "accepted", "custody", "closed")
GRADES = ("none", "weak", "good")
COLUMNS = (*STATES, "people", *(f"evidence_{grade}" for grade in GRADES))
ARRAYS = ("surveyed", "failing", "households_not_met")
NAMES = ("round_id", "village_code", "path", *COLUMNS, *ARRAYS)


def _sum(array: str) -> str:
    """Place by place; written out, since the planner does not look into a function for it."""
    return (
        "(select coalesce(array_agg(coalesce(x, 0) + coalesce(y, 0) order by n), '{}') "  # noqa: S608
        f"from unnest(p.{array}, excluded.{array}) with ordinality as t (x, y, n))"
    )


ADD = (
    "insert into village_progress as p "  # noqa: S608 (column names of our own)
    f"({', '.join(NAMES)}) select {', '.join(NAMES)} "
    "from jsonb_populate_recordset(null::village_progress, cast(%(village_progress)s as jsonb)) "
    "on conflict (round_id, village_code) do update set "
    + ", ".join(f"{name} = p.{name} + excluded.{name}" for name in COLUMNS)
    + ", "
    + ", ".join(f"{name} = {_sum(name)}" for name in ARRAYS)
    + ", updated_at = now()"
)
"""Adds differences to the counts of villages, as part of a larger statement."""


@dataclass(frozen=True)
class Tally:
    """What one household adds to its village: its state, and its interview's figures if it has one.

    Arrays have a place for each indicator of the questionnaire, in order.
    """

    state: str
    grade: str | None = None
    people: int = 0
    surveyed: list[int] = field(default_factory=list)
    failing: list[int] = field(default_factory=list)
    not_met: list[int] = field(default_factory=list)


def of_evaluation(state: str, grade: str, people: int, evaluation: dict[str, Any]) -> Tally:
    """The tally of an interview: people or households as each indicator's unit says.

    An indicator not assessed or undecided adds to neither side: it is in no divisor.
    """
    known = [
        one if one["result"] in ("met", "not_met") else None for one in evaluation["indicators"]
    ]
    return Tally(
        state,
        grade,
        people,
        surveyed=[_surveyed(one) if one else 0 for one in known],
        failing=[int(one["failing"] or 0) if one else 0 for one in known],
        not_met=[int(bool(one and one["result"] == "not_met")) for one in known],
    )


def _surveyed(one: dict[str, Any]) -> int:
    """With a known result: while it is unknown whom it is about, those are who is known to fail."""
    return int((one["failing"] if one["eligible"] is None else one["eligible"]) or 0)


def shift(
    session: Session, round_id: str, village: str, path: str, before: Tally | None, after: Tally
) -> None:
    """The village's counts lose what the household added before and gain what it adds now."""
    if rows := difference(round_id, village, path, before, after):
        ask(session, ADD, {"village_progress": json.dumps(rows)})


def difference(
    round_id: str, village: str, path: str, before: Tally | None, after: Tally
) -> list[dict[str, Any]]:
    """The row that `ADD` takes; none where nothing differs."""
    if before == after:
        return []
    row: dict[str, Any] = {"round_id": round_id, "village_code": village, "path": path}
    for name in COLUMNS:
        row[name] = _number(after, name) - _number(before, name)
    for name in ARRAYS:
        row[name] = _difference(_array(after, name), _array(before, name))
    return [row]


def together(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each village, always in the same order: two writers never wait for each other."""
    sums: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(rows, key=_village):
        held = sums.get(_village(row))
        sums[_village(row)] = _sum_of(held, row) if held else row
    return list(sums.values())


def _village(row: dict[str, Any]) -> tuple[str, str]:
    return row["round_id"], row["village_code"]


def _sum_of(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    added = {name: one[name] + other[name] for name in COLUMNS}
    for name in ARRAYS:
        pairs = zip_longest(one[name], other[name], fillvalue=0)
        added[name] = [a + b for a, b in pairs]
    return one | added


def _number(tally: Tally | None, name: str) -> int:
    if tally is None:
        return 0
    if name == "people":
        return tally.people
    return int(name in (tally.state, f"evidence_{tally.grade}"))


def _array(tally: Tally | None, name: str) -> list[int]:
    if tally is None:
        return []
    return tally.not_met if name == "households_not_met" else list(getattr(tally, name))


def _difference(after: list[int], before: list[int]) -> list[int]:
    size = max(len(after), len(before))
    padded = [one + [0] * (size - len(one)) for one in (after, before)]
    return [a - b for a, b in zip(*padded, strict=True)]
