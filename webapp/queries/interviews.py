"""One interview as an inspector reads it: what was answered, what came of it, how it was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from webapp.domain import answer_changes, answer_links, answer_words, questionnaire
from webapp.domain.problems import Problem
from webapp.models.evidence import Evidence
from webapp.models.interview import Interview, Revision
from webapp.models.survey_round import Round
from webapp.queries import answered, evidence_seen, households
from webapp.queries.answered import Answer, Reply
from webapp.queries.evidence_seen import Looked
from webapp.queries.households import House

PICTURES = ("photo", "other_photo", "signature")


LEFT = ("moved_out", "died", "other_household", "never_member", "twice")
"""Why somebody of last year is no member now; the phone offers these."""
STEPS_BEFORE = ("notice", "cover", "members", "member", "contents")
STEPS_AFTER = ("result", "evidence", "finish", "review")
"""The phone's screens before and after the questions, whose time it counts too."""


@dataclass(frozen=True)
class Shown:
    """Everything that the panel of one interview says."""

    house: House
    interview: Interview
    longitude: float | None
    latitude: float | None
    head: Revision
    history: Sequence[Revision]
    pictures: Sequence[Evidence]
    definition: dict[str, Any]
    settings: dict[str, Any]
    looked: Looked
    answered: Answer | None
    replies: dict[int, list[Reply]]

    @property
    def document(self) -> dict[str, Any]:
        """The finished interview as it was told, without ID numbers."""
        return self.head.answers

    @cached_property
    def parts(self) -> list[answer_words.Part]:
        """Cover, members and sections in words."""
        told = self.head.evaluation
        return self._parts_of(self.head, told.get("missing", []), told.get("values"))

    @cached_property
    def lines(self) -> dict[str, answer_words.Line]:
        """Every line of the answers by its key."""
        return {line.key: line for part in self.parts for line in part.lines}

    @cached_property
    def names(self) -> dict[str, str]:
        """What each member is called, by the id that answers use."""
        return answer_words.member_names(self.document.get("members", []))

    @cached_property
    def indicators(self) -> list[dict[str, Any]]:
        """Each indicator's result, its words, the answers it rests on, and who fails it by name."""
        named = {one["no"]: one for one in self.definition.get("indicators", [])}
        return [
            {
                **named.get(one["no"], {}),
                **one,
                "answers": [line for line in self._rests_on(named.get(one["no"])) if line],
                "names": [self.names.get(member, member) for member in one.get("members", [])],
            }
            for one in self.head.evaluation.get("indicators", [])
        ]

    @cached_property
    def used_in(self) -> dict[str, list[int]]:
        """The indicators that rest on each answer."""
        found: dict[str, list[int]] = defaultdict(list)
        for one in self.indicators:
            for line in one["answers"]:
                found[line.key].append(one["no"])
        return found

    @property
    def failures(self) -> list[dict[str, Any]]:
        """The edit rules that fail, with the volunteer's explanation of each."""
        told = self.document.get("explanations", {})
        return [
            {
                **failure,
                "explanation": told.get(f"{failure['id']}:{failure.get('member')}")
                or told.get(failure["id"]),
                "name": self.names.get(failure.get("member", ""), ""),
                "answers": [self.lines[key] for key in answer_links.places_of(failure, self.lines)],
            }
            for failure in self.head.evaluation.get("failures", [])
        ]

    @property
    def positions(self) -> list[dict[str, Any]]:
        """The fixes that were handed in, with what the phone said of them."""
        return [e for e in self.document.get("evidence", []) if e.get("kind") == "position"]

    @property
    def other_evidence(self) -> list[str]:
        """Other proof of consent, in the volunteer's words."""
        evidence = self.document.get("evidence", [])
        return [str(e.get("note", "")) for e in evidence if e.get("kind") == "other"]

    @property
    def leavers(self) -> list[tuple[str, str]]:
        """Last year's members who are in the household no more, each with the reason given."""
        here = {member.get("id") for member in _dicts(self.document.get("members"))}
        return [
            (str(one.get("name") or ""), why if (why := one.get("left")) in LEFT else "")
            for one in _dicts(self.document.get("roster"))
            if one.get("member") not in here
        ]

    @property
    def seconds(self) -> list[tuple[str, str, int]]:
        """How long each part was on the screen, in the order of an interview.

        A step of the app, or the title of the section that the questionnaire asks there.
        """
        titles = {s["id"]: s["title_th"] for s in self.definition.get("sections", [])}
        spent = self.document.get("paradata", {}).get("section_seconds", {})
        parts = [(step, "") for step in STEPS_BEFORE]
        parts += [("section", title) for title in titles.values()]
        parts += [(step, "") for step in STEPS_AFTER]
        ids = [*STEPS_BEFORE, *titles, *STEPS_AFTER]
        told = [(*part, int(spent[id])) for id, part in zip(ids, parts, strict=True) if id in spent]
        other = sum(int(value) for id, value in spent.items() if id not in ids)
        return [*told, ("other", "", other)] if other else told

    @property
    def shortcuts(self) -> list[str]:
        """The sections answered by one tap (ทุกข้อปกติ)."""
        titles = {s["id"]: s["title_th"] for s in self.definition.get("sections", [])}
        used = self.document.get("paradata", {}).get("shortcuts", [])
        return [titles.get(one.get("section"), one.get("section")) for one in used]

    @property
    def minutes(self) -> int | None:
        """From the start to the end of the interview by the phone's own clock."""
        try:
            began, ended = (
                datetime.fromisoformat(self.document[name])
                for name in ("started_at", "finished_at")
            )
            return max(0, round((ended - began).total_seconds() / 60))
        except (KeyError, TypeError, ValueError):
            return None

    @cached_property
    def changes(self) -> dict[bytes, list[answer_changes.Change]]:
        """What each later revision says otherwise than the one before it."""
        oldest_first = list(reversed(self.history))
        return {
            after.digest: answer_changes.between(self._parts_of(before), self._parts_of(after))
            for before, after in pairwise(oldest_first)
        }

    def _rests_on(self, indicator: dict[str, Any] | None) -> list[answer_words.Line | None]:
        if not indicator:
            return []
        keys = answer_links.answers_of(self.definition, indicator, self.settings)
        return [self.lines.get(key) for key in keys]

    def _parts_of(
        self, revision: Revision, missing: Sequence[str] = (), values: Any = None
    ) -> list[answer_words.Part]:
        if not self.definition or revision.questionnaire_id != self.head.questionnaire_id:
            return []
        return answer_words.parts_of(self.definition, revision.answers, missing, values)


def _dicts(told: Any) -> list[dict[str, Any]]:
    """What of it is as the phone writes it; anything else a phone sent is kept and not shown."""
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def read(session: Session, interview_id: UUID) -> Shown:
    """The interview with its household, head revision, history and pictures, in a dozen selects.

    Raises:
        Problem: `not-found` where there is none in the asker's areas.
    """
    interview = session.get(Interview, interview_id)
    revisions = _revisions(session, interview_id) if interview else []
    head = next(
        (one for one in revisions if interview and one.digest == interview.head_digest), None
    )
    if interview is None or head is None:
        raise Problem("not-found")
    known = questionnaire.exists(head.questionnaire_id)
    definition = questionnaire.load(head.questionnaire_id) if known else {}
    longitude, latitude = _point(session, interview_id)
    pictures = _pictures(session, interview_id)
    looked = evidence_seen.read(session, interview, head, pictures)
    return Shown(
        house=households.read(session, interview.household_id),
        interview=interview,
        longitude=longitude,
        latitude=latitude,
        head=head,
        history=revisions,
        pictures=pictures,
        definition=definition,
        settings=answer_links.settings_of(definition, _round_settings(session, interview)),
        looked=looked,
        answered=answered.read(session, definition, head, revisions),
        replies=answered.replies(session, [one.id for one in (*looked.open, *looked.closed)]),
    )


def shows_evidence(session: Session, interview_id: UUID, sealed_sha256: bytes) -> bool:
    """Whether this picture lies inside the asker's areas; row-level security decides."""
    found = session.scalar(
        select(Evidence.interview_id).where(
            Evidence.interview_id == interview_id,
            Evidence.sealed_sha256 == sealed_sha256,
            Evidence.listed_in.is_not(None),
        )
    )
    return found is not None


def _revisions(session: Session, interview_id: UUID) -> Sequence[Revision]:
    """Newest first, without their envelopes."""
    return session.scalars(
        select(Revision)
        .options(defer(Revision.envelope, raiseload=True))
        .where(Revision.interview_id == interview_id)
        .order_by(Revision.number.desc(), Revision.received_at.desc())
    ).all()


def _pictures(session: Session, interview_id: UUID) -> Sequence[Evidence]:
    return session.scalars(
        select(Evidence)
        .where(Evidence.interview_id == interview_id, Evidence.kind.in_(PICTURES))
        .where(Evidence.listed_in.is_not(None))
        .order_by(Evidence.kind, Evidence.taken_at, Evidence.sealed_sha256)
    ).all()


def _point(session: Session, interview_id: UUID) -> tuple[float | None, float | None]:
    """Where the phone was, in degrees (EPSG:4326)."""
    found = session.execute(
        select(func.st_x(Interview.point), func.st_y(Interview.point)).where(
            Interview.id == interview_id
        )
    ).one()
    return found[0], found[1]


def _round_settings(session: Session, interview: Interview) -> dict[str, Any]:
    """What the round says otherwise than the questionnaire."""
    return session.scalar(select(Round.settings).where(Round.id == interview.round_id)) or {}
