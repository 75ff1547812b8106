"""What an inspector may decide on an interview, when, and what a return has to say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from webapp.domain.problems import Problem
from webapp.domain.service_plan import Window

LONGEST = 750
"""Characters of a reason or a comment."""
MOST_COMMENTS = 100
MOST_AT_ONCE = 1000
USUAL_DAYS = 7
LATEST_DAYS = 90
EVIDENCE = ("photo", "signature", "position")
"""The kinds of evidence that can be asked for again."""
_ABOUT = re.compile(r"[A-Za-z0-9_.:-]{0,80}")


class Decision(StrEnum):
    """What was decided; the words of the table `decisions`."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    EVIDENCE_AGAIN = "evidence_again"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


ALLOWED_IN: dict[Decision, frozenset[str]] = {
    Decision.ACCEPTED: frozenset({"received", "returned"}),
    Decision.RETURNED: frozenset({"received", "returned"}),
    Decision.EVIDENCE_AGAIN: frozenset({"received", "returned"}),
    Decision.WITHDRAWN: frozenset({"accepted", "returned"}),
}
"""The states of an interview in which each may be decided; `jpt_decide` holds the same line."""


@dataclass(frozen=True)
class Seen:
    """An interview as the inspector had it before them: its head revision, and who had decided.

    `after` is the number of the last decision on it, 0 for none; None where that was not told.
    """

    interview: UUID
    digest: bytes
    after: int | None = None


@dataclass(frozen=True)
class Comment:
    """What is said of one line of the answers, by the key that `answer_words` gives it.

    `about` is empty for the whole interview and `evidence.photo` for a piece of evidence.
    """

    about: str
    text: str


@dataclass(frozen=True)
class Asked:
    """What a return asks of the volunteer: comments, a reason, until when, and of whom.

    `given_to` None is the interview's author.
    """

    comments: tuple[Comment, ...]
    deadline: date
    reason: str = ""
    given_to: UUID | None = None


def tidy(asked: Asked, today: date) -> Asked:
    """The same without empty comments and stray spaces.

    Raises:
        Problem: `comment` where nothing says what to correct, or a comment is too long or about
            nothing that can be named; `deadline` for a day gone by or too far off.
    """
    comments = tuple(
        Comment(one.about, text) for one in asked.comments if (text := trimmed(one.text))
    )
    reason = trimmed(asked.reason)
    if not (comments or reason) or len(comments) > MOST_COMMENTS:
        raise Problem("comment")
    if not all(_ABOUT.fullmatch(one.about) for one in comments):
        raise Problem("malformed")
    if not today <= asked.deadline <= today + timedelta(days=LATEST_DAYS):
        raise Problem("deadline")
    return Asked(comments, asked.deadline, reason, asked.given_to)


def trimmed(written: str) -> str:
    """What was written, on lines as they were, without stray spaces.

    Raises:
        Problem: `comment` where it is too long.
    """
    lines = (" ".join(line.split()) for line in written.replace("\0", " ").splitlines())
    text = "\n".join(lines).strip()
    if len(text) > LONGEST:
        raise Problem("comment")
    return text


def usual_deadline(today: date, recording: Window) -> date:
    """A week from today; earlier where recording closes before, but never today itself."""
    day = today + timedelta(days=USUAL_DAYS)
    if recording.closes_on and today < recording.closes_on < day:
        return recording.closes_on
    return day
