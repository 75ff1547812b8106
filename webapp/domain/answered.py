"""How a corrected revision answers a return: each comment, what was, what is, what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.domain.answer_changes import NOTHING, Change

NUMBER_KEPT = "national_id_kept"


@dataclass(frozen=True)
class Line:
    """One thing that came back. `kind` is `corrected` where it is otherwise now, `defended` where
    it stands with a word of the volunteer, `open` where neither is so."""

    about: str
    text: str
    comments: tuple[str, ...]
    before: str
    after: str
    kind: str
    said: str


@dataclass(frozen=True)
class Told:
    """What is compared: the revision that came back and its correction, in words and as sent."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    lines_before: Mapping[str, str]
    lines_after: Mapping[str, str]
    changes: Sequence[Change]


def review_of(document: Mapping[str, Any]) -> tuple[int, dict[str, str]] | None:
    """The decision that the document answers, and what it says to each line; None for no answer.

    What a phone says of itself is never trusted: whether an answer changed is compared here.
    """
    review = document.get("review")
    decision = review.get("decision") if isinstance(review, dict) else None
    if not isinstance(decision, int) or isinstance(decision, bool) or not 0 < decision < 2**63:
        return None
    replies = review.get("replies") if isinstance(review, dict) else None
    return decision, {
        str(one.get("about", "")): str(one.get("text") or "").strip()[:2_000]
        for one in (replies if isinstance(replies, list) else [])
        if isinstance(one, dict)
    }


def lines(
    asked: Iterable[tuple[str, str]], said: Mapping[str, str], told: Told, labels: Mapping[str, str]
) -> list[Line]:
    """Each line that was asked about, once, in the inspector's order."""
    comments: dict[str, list[str]] = {}
    for about, comment in asked:
        comments.setdefault(about, []).extend([comment] if comment else [])
    return [
        _line(about, tuple(written), said.get(about, ""), told, labels)
        for about, written in comments.items()
    ]


def others(asked: Iterable[str], changes: Iterable[Change]) -> list[Change]:
    """What was changed though nobody asked about it."""
    about = [one for one in asked if one]
    return [
        one
        for one in changes
        if not any(one.key == each or one.key.startswith(f"{each}.") for each in about)
    ]


def _line(
    about: str, comments: tuple[str, ...], said: str, told: Told, labels: Mapping[str, str]
) -> Line:
    if about.split(".")[0] == "evidence":
        before, after, changed = _evidence(about, told)
    elif about.endswith(".national_id"):
        before, after, changed = _number(about, told)
    else:
        before = told.lines_before.get(about, NOTHING)
        after = told.lines_after.get(about, NOTHING)
        changed = before != after or _within(about, told)
    kind = "corrected" if changed else "defended" if said else "open"
    return Line(about, labels.get(about, about), comments, before, after, kind, said)


def _within(about: str, told: Told) -> bool:
    """Of the whole, of a person, of the member table: whether anything in it changed."""
    start = f"{about}." if about else ""
    grouped = about == "" or (about.split(".")[0] == "members" and about.count(".") < 2)
    return grouped and any(one.key.startswith(start) for one in told.changes)


def _evidence(about: str, told: Told) -> tuple[str, str, bool]:
    """How many of the kind there were, and how many there are with what is new."""
    kind = about.partition(".")[2]
    before, after = (_identities(one, kind) for one in (told.before, told.after))
    return str(len(before)), str(len(after)), bool(after - before)


def _identities(document: Mapping[str, Any], kind: str) -> set[str]:
    """What tells one piece of evidence of a kind from another."""
    kinds = {"other": ("other", "other_photo")}.get(kind, (kind,))
    return {
        str(one.get("sha256") or (one.get("taken_at"), one.get("latitude"), one.get("note")))
        for one in document.get("evidence", [])
        if isinstance(one, dict) and (not kind or one.get("kind") in kinds)
    }


def _number(about: str, told: Told) -> tuple[str, str, bool]:
    """ID numbers are in no document kept readable: only whether one was replaced is told."""
    wanted = about.split(".")[1]
    members = [one for one in told.after.get("members", []) if isinstance(one, dict)]
    member = next((one for one in members if one.get("id") == wanted), {})
    return "•••", "•••", member.get(NUMBER_KEPT) is not True
