"""Village rollups: moved in the transaction that moves the household, never counted afresh."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

STATES = ("todo", "received", "returned", "accepted", "custody", "closed")
GRADES = ("none", "weak", "good")
COLUMNS = (*STATES, "people", *(f"evidence_{grade}" for grade in GRADES))
ARRAYS = ("surveyed", "failing", "households_not_met")

_SHIFT = text(
    "insert into village_progress as p "  # noqa: S608 (column names of our own)
    f"(round_id, village_code, path, {', '.join((*COLUMNS, *ARRAYS))}) "
    f"values (:round, :village, :path, {', '.join(f':{name}' for name in COLUMNS)}, "
    f"{', '.join(f'cast(:{name} as integer[])' for name in ARRAYS)}) "
    "on conflict (round_id, village_code) do update set "
    + ", ".join(f"{name} = p.{name} + excluded.{name}" for name in COLUMNS)
    + ", "
    + ", ".join(f"{name} = jpt_add(p.{name}, excluded.{name})" for name in ARRAYS)
    + ", updated_at = now()"
)


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
        surveyed=[int(one["eligible"] or 0) if one else 0 for one in known],
        failing=[int(one["failing"] or 0) if one else 0 for one in known],
        not_met=[int(bool(one and one["result"] == "not_met")) for one in known],
    )


def shift(
    session: Session, round_id: str, village: str, path: str, before: Tally | None, after: Tally
) -> None:
    """The village's counts lose what the household added before and gain what it adds now."""
    if before == after:
        return
    values: dict[str, Any] = {
        name: _number(after, name) - _number(before, name) for name in COLUMNS
    }
    for name in ARRAYS:
        values[name] = _difference(_array(after, name), _array(before, name))
    session.execute(_SHIFT, {"round": round_id, "village": village, "path": path, **values})


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
