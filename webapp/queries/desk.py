"""What waits at the desk of conflicts and custody, and two tellings in words beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.domain import answer_words, merging
from webapp.domain.problems import Problem
from webapp.models.interview import CUSTODY_REASONS, Interview
from webapp.models.review import Finding

SAME_PERSON = "same_person"
KINDS = (
    "second_interview",
    "conflict",
    "late_change",
    "hand_in",
    "unknown_author",
    "not_assigned",
    "late",
    "unknown_version",
    "unreadable",
    SAME_PERSON,
)
"""In the order in which the desk shows them: what keeps a household from being counted first."""
PAGE = 50
_COUNTS = text("select kind, n from jpt_desk_counts(:within)")
_LIST = text("select * from jpt_desk_list(:within, :kind, cast(:at as timestamptz), :key, :page)")
_SHARED = text("select name, sex, birth from jpt_shared_people(:own, :beside)")
_NAMES = text("select carrier_th, resolver_th from jpt_custody_people(:custody)")
assert set(KINDS) == {*CUSTODY_REASONS, SAME_PERSON}  # noqa: S101 (a kind without a place)


@dataclass(frozen=True)
class Line:
    """One matter of the list."""

    at: datetime
    key: str
    kind: str
    custody: int | None
    finding: int | None
    interview: UUID
    household: UUID | None
    house_number: str | None
    path: str
    carrier_th: str | None
    size: int | None
    waiting: int


@dataclass(frozen=True)
class After:
    """The last matter of the page before."""

    at: datetime
    key: str

    def __str__(self) -> str:
        return f"{self.at.isoformat()} {self.key}"

    @classmethod
    def parse(cls, word: str) -> After:
        """Raises ValueError for anything that is none."""
        at, _, key = word.partition(" ")
        return cls(datetime.fromisoformat(at), key)


@dataclass(frozen=True)
class Difference:
    """One place at which two tellings differ, in the questionnaire's words."""

    key: str
    where: str
    text: str
    left: str
    right: str


@dataclass(frozen=True)
class Person:
    """Somebody with the same ID number in two households, as one of them tells of them."""

    name: str
    sex: str | None
    birth: str | None


@dataclass(frozen=True)
class Pair:
    """One finding about the same person in two households; `other` is None out of sight."""

    finding: Finding
    own: Interview
    other: Interview | None
    people: Sequence[Person]
    others: Sequence[Person]


def counts(session: Session, within: str) -> dict[str, int]:
    """How many matters of each kind wait inside the area; kinds without any are there too."""
    known = {row.kind: row.n for row in session.execute(_COUNTS, {"within": within})}
    return {kind: known.get(kind, 0) for kind in KINDS}


def listed(
    session: Session, within: str, kind: str | None, after: After | None = None, page: int = PAGE
) -> tuple[list[Line], After | None]:
    """A page of matters, what waits longest first, and what the next page comes after."""
    asked: dict[str, Any] = {"within": within, "kind": kind, "page": page + 1}
    asked |= {"at": after.at if after else None, "key": after.key if after else None}
    lines = [Line(*row) for row in session.execute(_LIST, asked)]
    last = lines[page - 1] if len(lines) > page else None
    return lines[:page], After(last.at, last.key) if last else None


def differences(
    definition: dict[str, Any],
    left: dict[str, Any],
    right: dict[str, Any],
    words: dict[str, str],
) -> list[Difference]:
    """Where the two differ, in the order asked; an ID number is never among the words.

    `right` has its people called as in `left`. `words` are the texts for what is no answer:
    `here`, `nobody`, `number`, `untold`.
    """
    told, other = merging.values(left), merging.values(right)
    people = answer_words.member_names([*left.get("members", []), *right.get("members", [])])
    found = []
    for key in sorted(merging.differences(left, right), key=_order(definition)):
        asked = place_of(definition, key, people)
        if asked:
            where, question, field = asked
            said = (_said(field, key, side.get(key), people, words) for side in (told, other))
            found.append(Difference(key, where, question, *said))
    return found


def place_of(
    definition: dict[str, Any], key: str, people: dict[str, str]
) -> tuple[str, str, dict[str, Any]] | None:
    """Where a key stands: its part, its words, its definition; None for what has no words."""
    where, _, rest = key.partition(".")
    if where == "cover":
        field = _by_id(definition["cover"], rest)
        return ("ปก", field["label_th"], field) if field else None
    if where == "members":
        id, _, name = rest.partition(".")
        field = _by_id(definition["members"], name) if name else {}
        if field is None or id not in people:
            return None
        return people[id], field.get("label_th", "สมาชิก"), field
    question = _by_id(definition["questions"], key)
    return (_section(definition, key), question["text_th"], question) if question else None


def pair(session: Session, number: int) -> Pair:
    """The finding inside the asker's areas, both sides as far as the asker may see them.

    Raises:
        Problem: `not-found` where there is none in the asker's areas.
    """
    finding = session.get(Finding, number)
    if finding is None or finding.code != SAME_PERSON:
        raise Problem("not-found")
    own = session.get_one(Interview, finding.interview_id)
    other = session.get(Interview, finding.other_interview_id)
    return Pair(
        finding,
        own,
        other,
        _shared(session, own.id, finding.other_interview_id),
        _shared(session, other.id, own.id) if other else (),
    )


def names(session: Session, custody: int) -> tuple[str, str]:
    """Who carried what lies in custody, and who settled it; empty where nobody did."""
    found = session.execute(_NAMES, {"custody": custody}).one_or_none()
    return (found[0] or "", found[1] or "") if found else ("", "")


def _shared(session: Session, own: UUID, beside: UUID | None) -> list[Person]:
    """Who of the one is also in the other, as the one tells of them."""
    rows = session.execute(_SHARED, {"own": own, "beside": beside})
    return [Person(*row) for row in rows]


def _order(definition: dict[str, Any]) -> Callable[[str], int]:
    """Cover, people and questions as they are asked; what a part holds stays in its own order."""
    screens = [screen for part in definition["sections"] for screen in part["screens"]]
    asked = [id for screen in screens for id in screen["questions"]]
    places = {id: place for place, id in enumerate(asked, start=2)}
    parts = {"cover": 0, "members": 1}
    return lambda key: parts.get(key.partition(".")[0], places.get(key, len(places) + 2))


def _said(
    field: dict[str, Any],
    key: str,
    told: Any,
    people: dict[str, str],
    words: dict[str, str],
) -> str:
    if told is None:
        return words["nobody"] if not field else words["untold"]
    if not field:
        return words["here"]
    if field["id"] in merging.NUMBERS:
        return words["number"]
    if told == merging.DECLINED:
        return answer_words.DECLINED
    return answer_words.answer_words(field, told, people)


def _section(definition: dict[str, Any], question: str) -> str:
    for section in definition["sections"]:
        if any(question in screen["questions"] for screen in section["screens"]):
            return str(section["title_th"])
    return ""


def _by_id(fields: Iterable[dict[str, Any]], id: str) -> dict[str, Any] | None:
    return next((one for one in fields if one["id"] == id), None)
