"""What the page of one matter shows: the sides in words, where they differ, what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.blueprints.language import t
from webapp.domain import answer_words, desk, identifiers, merging, questionnaire
from webapp.domain.desk import Situation, Way
from webapp.domain.problems import Problem
from webapp.keys import Keys
from webapp.models.interview import Interview
from webapp.queries import desk as lists
from webapp.queries.desk import Difference
from webapp.queries.households import House
from webapp.services import custody, desk_revisions
from webapp.services.custody import Matter, Side

Content = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """One side in words: whose interview, its parts, and what the rules say of it."""

    name: str
    interview: UUID
    digest: bytes
    content: Content
    parts: list[answer_words.Part]
    evaluation: dict[str, Any]

    @property
    def failures(self) -> list[str]:
        """The rules that fail, in the questionnaire's words."""
        return [str(one["message_th"]) for one in self.evaluation.get("failures", [])]

    @property
    def files(self) -> list[str]:
        """The kinds of evidence that it lists."""
        return sorted({str(one.get("kind")) for one in self.content.get("evidence", [])})

    @property
    def not_met(self) -> list[int]:
        """The indicators that the household does not meet."""
        told = self.evaluation.get("indicators", [])
        return [one["no"] for one in told if one["result"] == "not_met"]


@dataclass(frozen=True)
class Page:
    """One matter as it is shown."""

    matter: Matter
    house: House | None
    carrier: str
    resolver: str
    ways: tuple[Way, ...]
    left: Told | None = None
    right: Told | None = None
    differences: list[Difference] = field(default_factory=list)
    may_mix: bool = False
    others: tuple[bytes, ...] = ()
    can_swap: bool = False

    @property
    def reason(self) -> str:
        """Why it was taken into custody."""
        return self.matter.asked.reason

    def author_of(self, side: Told) -> str:
        """Who told it: the volunteer, or who brought two sides together at the desk."""
        account = UUID(str(side.content["author"]["account"]))
        if account == self.matter.asked.carried_by and self.carrier:
            return self.carrier
        known = self.house.people if self.house else {}
        return known.get(account, t("conflicts.nobody_known"))

    @property
    def is_pair(self) -> bool:
        """Whether there are two sides to look at."""
        return self.left is not None and self.right is not None


def page_of(
    session: Session,
    keys: Keys,
    found: Matter,
    house: House | None,
    names: tuple[str, str],
    *,
    may_mix: bool,
    digest: bytes,
) -> Page:
    """The matter with both of its sides, as far as they can be read."""
    base = Page(found, house, *names, ways=desk.WAYS[found.situation])
    try:
        left, right = _sides(session, keys, found, digest)
    except Problem:
        return base
    if left is None or right is None:
        told = _told(session, right, "waiting") if right else None
        return Page(found, house, *names, ways=base.ways, right=told)
    aligned = merging.aligned(left.content, right.content)
    mixable = merging.can_be_merged(left.content, right.content)
    return Page(
        found,
        house,
        *names,
        ways=base.ways,
        left=_told(session, left, _name(found, found.other, "shown")),
        right=_told(session, right, _name(found, found.shown, "waiting")),
        differences=_differences(left.content, aligned),
        may_mix=may_mix and mixable and _is_open(found),
        others=tuple(one for one in found.leaves if one != left.digest)[:10],
        can_swap=_can_swap(found),
    )


def _sides(
    session: Session, keys: Keys, found: Matter, digest: bytes
) -> tuple[Side | None, Side | None]:
    if found.situation is Situation.SETTLED and found.shown and found.other:
        own = custody.waiting(session, keys, found)
        other = found.other
        told = desk_revisions.opened(session, keys, other.id, other.head_digest)
        return Side(other.id, other.head_digest, told.content), own
    if found.beside is not None and found.situation is not Situation.BLOCKED:
        return custody.sides(session, keys, found, digest)
    return None, custody.waiting(session, keys, found)


def _name(found: Matter, one: Interview | None, open_name: str) -> str:
    """Of a settled pair one is shown and one kept beside; of an open one, one waits."""
    if found.situation is not Situation.SETTLED:
        return open_name
    return "beside" if one and one.state == "replaced" else "shown"


def _is_open(found: Matter) -> bool:
    mixable = (Situation.SECOND, Situation.CHANGE, Situation.BRANCHES)
    stands = found.shown is None or found.shown.state != "replaced"
    return found.situation in mixable and stands


def _can_swap(found: Matter) -> bool:
    states = [one.state for one in (found.shown, found.other) if one]
    settled = found.situation is Situation.SETTLED
    return settled and len(states) == 2 and states.count("replaced") == 1


def _told(session: Session, side: Side, name: str) -> Told:
    content = side.content
    version = content["questionnaire"]
    if not questionnaire.exists(version):
        return Told(name, side.interview, side.digest, content, [], {})
    settings = desk_revisions.settings_of(session, content["round"])
    evaluation = desk_revisions.judge(content, settings).evaluation
    missing, values = evaluation.get("missing", []), evaluation.get("values")
    parts = answer_words.parts_of(
        questionnaire.load(version), _without_numbers(content), missing, values
    )
    return Told(name, side.interview, side.digest, content, parts, evaluation)


def _without_numbers(content: Content) -> Content:
    """For a page: nobody's number."""
    members = [
        {name: told for name, told in one.items() if name not in merging.NUMBERS}
        for one in content["members"]
    ]
    return content | {"members": members}


def _differences(left: Content, right: Content) -> list[Difference]:
    if not questionnaire.exists(left["questionnaire"]):
        return []
    definition = questionnaire.load(left["questionnaire"])
    words = {name: t(f"conflicts.word_{name}") for name in ("here", "nobody", "untold", "number")}
    found = lists.differences(definition, left, right, words)
    return [_numbered(one, left, right) for one in found]


def _numbered(one: Difference, left: Content, right: Content) -> Difference:
    """Of an ID number it is said whether it is well formed, never the number."""
    if not one.key.endswith(".national_id"):
        return one
    said = [_of_number(merging.values(side).get(one.key)) for side in (left, right)]
    return Difference(one.key, one.where, one.text, *said)


def _of_number(number: Any) -> str:
    if not number:
        return t("conflicts.word_untold")
    is_sound = identifiers.thai_id_problem(str(number)) is None
    return t("conflicts.word_number_sound" if is_sound else "conflicts.word_number_odd")
