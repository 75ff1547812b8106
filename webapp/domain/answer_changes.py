"""What one revision of an interview says otherwise than another, line by line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from webapp.domain.answer_words import Line, Part

NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """One line as it was and as it is; a line that is not there is a dash."""

    key: str
    where: str
    text: str
    before: str
    after: str


def between(before: Iterable[Part], after: Iterable[Part]) -> list[Change]:
    """Every line that was added, taken away or answered otherwise, in the interview's order."""
    old, new = _lines(before), _lines(after)
    keys = [*new, *(key for key in old if key not in new)]
    changes = (_change(key, old.get(key), new.get(key)) for key in keys)
    return [change for change in changes if change.before != change.after]


def _lines(parts: Iterable[Part]) -> dict[str, tuple[str, Line]]:
    return {line.key: (part.title, line) for part in parts for line in part.lines}


def _change(key: str, old: tuple[str, Line] | None, new: tuple[str, Line] | None) -> Change:
    found = new or old
    if found is None:
        raise KeyError(key)
    where, line = found
    return Change(
        key, where, line.text, old[1].answer if old else NOTHING, new[1].answer if new else NOTHING
    )
