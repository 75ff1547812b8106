"""An officer changes named answers of an interview: typed with reasons, looked at, saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from webapp.blueprints import access
from webapp.blueprints.language import sentence, t
from webapp.db import transaction
from webapp.domain import answer_entry, answer_words, merging, questionnaire
from webapp.domain.actors import Actor
from webapp.domain.answer_entry import Typed
from webapp.domain.problems import Problem
from webapp.domain.review import Seen
from webapp.keys import Keys
from webapp.queries import desk as lists
from webapp.queries import households
from webapp.services import overriding
from webapp.services.overriding import Change, Outlook

bp = Blueprint("override", __name__, url_prefix="/office/override")

MOST_KEYS = 100
TYPING = frozenset({"reason", "answer", "no-change"})


@dataclass(frozen=True)
class Box:
    """One answer that is to be changed, as the form shows it."""

    key: str
    where: str
    text: str
    asked: dict[str, Any]
    control: str
    now: str
    told: Any
    written: str
    reason: str
    problem: str = ""

    @property
    def chosen(self) -> list[str]:
        """The options that are ticked."""
        return [str(one) for one in self.told] if isinstance(self.told, list) else [str(self.told)]

    def groups_of(self, member: str) -> list[str]:
        """The groups that somebody is in."""
        who = self.told.get("who", {}) if isinstance(self.told, dict) else {}
        groups = who.get(member, [])
        return groups if isinstance(groups, list) else [groups]

    def count_of(self, group: str) -> str:
        """How many people the paper form counts."""
        counts = self.told.get("count", {}) if isinstance(self.told, dict) else {}
        return str(counts.get(group, ""))

    @property
    def is_declined(self) -> bool:
        """Whether the household would not say."""
        return bool(self.told == merging.DECLINED)


@bp.get("/<uuid:interview>")
def page(interview: UUID) -> str:
    """Every answer of the interview; those chosen have a box and ask for a reason."""
    actor = access.signed_in()
    keys = _wanted(request.args.getlist("key"))
    with transaction(actor) as session:
        return _page(session, actor, interview, keys)


@bp.post("/<uuid:interview>")
def change(interview: UUID) -> ResponseReturnValue:
    """What was typed is looked at first, then saved as a revision with its reasons."""
    actor = access.signed_in()
    keys = _wanted(request.form.getlist("key"))
    if request.form.get("act") != "save":
        with transaction(actor) as session:
            return _page(session, actor, interview, keys, looks=True)
    try:
        with transaction(actor) as session:
            seen = Seen(interview, _digest(request.form.get("digest", "")))
            changes = _changes(overriding.look(session, _keys(), interview), keys)
            now = datetime.now(UTC)
            overriding.override(session, _keys(), actor, seen, changes, now)
    except Problem as problem:
        if problem.code not in TYPING:
            raise
        with transaction(actor) as session:
            return _page(session, actor, interview, keys, sentence(problem), looks=True), 422
    flash(t("override.done", count=len(keys)), "good")
    return redirect(url_for("interviews.panel", interview_id=interview), 303)


def _page(
    session: Session,
    actor: Actor,
    interview: UUID,
    keys: Sequence[str],
    problem: str = "",
    *,
    looks: bool = False,
) -> str:
    before = overriding.look(session, _keys(), interview)
    boxes = _boxes(before, keys, typed=looks)
    after: Outlook | None = None
    if looks and not any(one.problem for one in boxes):
        changes = [Change(one.key, one.told, one.reason) for one in boxes]
        after = overriding.look(session, _keys(), interview, changes)
    told = before.before
    definition = questionnaire.load(told.content["questionnaire"])
    missing = told.evaluation.get("missing", [])
    return render_template(
        "override/page.html",
        house=households.read(session, before.interview.household_id),
        outlook=before,
        after=_after(definition, before, after) if after else None,
        boxes=boxes,
        problem=problem,
        members=answer_words.member_names(told.content["members"]),
        answers=answer_words.parts_of(
            definition, _shown(told.content), missing, told.evaluation.get("values")
        ),
        chosen=set(keys),
        with_key=lambda *more: url_for("override.page", interview=interview, key=[*keys, *more]),
        without_key=lambda key: url_for(
            "override.page", interview=interview, key=[one for one in keys if one != key]
        ),
    )


def _after(definition: dict[str, Any], before: Outlook, after: Outlook) -> dict[str, Any]:
    """What the rules say otherwise once it is changed."""
    was, becomes = before.before.evaluation, after.after.evaluation
    results = {one["no"]: one["result"] for one in was.get("indicators", [])}
    names = {one["no"]: one["name_th"] for one in definition.get("indicators", [])}
    people = answer_words.member_names(after.after.content["members"])
    questions = {one["id"]: one["text_th"] for one in definition["questions"]}
    return {
        "fails": _fresh(becomes, was),
        "holds": _fresh(was, becomes),
        "indicators": [
            (one["no"], names.get(one["no"], ""), results.get(one["no"]), one["result"])
            for one in becomes.get("indicators", [])
            if results.get(one["no"]) != one["result"]
        ],
        "unasked": [
            (id, questions.get(id, id))
            for id in after.after.unasked
            if id not in before.before.unasked
        ],
        "missing": [
            (key, place[1])
            for key in becomes.get("missing", [])
            if key not in was.get("missing", [])
            and (place := lists.place_of(definition, key, people))
        ],
        "differences": len(merging.differences(before.before.content, after.after.content)),
    }


def _fresh(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """The failures of the one that the other does not have."""
    known = {(f["id"], f.get("member")) for f in other.get("failures", [])}
    found = [f for f in one.get("failures", []) if (f["id"], f.get("member")) not in known]
    return [str(one["message_th"]) for one in found]


def _boxes(outlook: Outlook, keys: Sequence[str], *, typed: bool) -> list[Box]:
    content = outlook.before.content
    definition = questionnaire.load(content["questionnaire"])
    people = answer_words.member_names(content["members"])
    now = merging.values(content)
    found = []
    for key in keys:
        place = lists.place_of(definition, key, people)
        if place is None or not place[2]:
            raise Problem("malformed")
        found.append(_box(key, place, now.get(key), people, content["mode"], typed=typed))
    return found


def _box(
    key: str,
    place: tuple[str, str, dict[str, Any]],
    now: Any,
    people: dict[str, str],
    mode: str,
    *,
    typed: bool,
) -> Box:
    where, text, asked = place
    told, problem = now, ""
    written = answer_entry.written(asked, now)
    if typed:
        written = request.form.get(f"v.{key}", "")
        try:
            told = answer_entry.read(asked, _typed(key, asked, people, mode), mode)
        except Problem as odd:
            problem = sentence(odd)
    return Box(
        key,
        where,
        text,
        asked,
        answer_entry.control_of(asked, mode),
        _words(asked, now, people),
        told,
        written,
        request.form.get(f"r.{key}", ""),
        problem,
    )


def _words(asked: dict[str, Any], told: Any, people: dict[str, str]) -> str:
    if told is None:
        return t("conflicts.word_untold")
    if asked["id"] in merging.NUMBERS:
        return t("conflicts.word_number")
    if told == merging.DECLINED:
        return answer_words.DECLINED
    return answer_words.answer_words(asked, told, people)


def _typed(key: str, asked: dict[str, Any], people: dict[str, str], mode: str) -> Typed:
    control = answer_entry.control_of(asked, mode)
    names = list(people) if control == "people" else []
    if control == "counts":
        names = [one["name"] for one in asked.get("groups", [])]
    told = {one: tuple(request.form.getlist(f"v.{key}:{one}")) for one in names}
    return Typed(
        tuple(request.form.getlist(f"v.{key}")),
        {one: texts for one, texts in told.items() if texts},
        f"d.{key}" in request.form,
    )


def _changes(outlook: Outlook, keys: Sequence[str]) -> list[Change]:
    boxes = _boxes(outlook, keys, typed=True)
    if any(one.problem for one in boxes):
        raise Problem("answer")
    return [Change(one.key, one.told, one.reason) for one in boxes]


def _shown(content: dict[str, Any]) -> dict[str, Any]:
    members = [
        {name: told for name, told in one.items() if name not in merging.NUMBERS}
        for one in content["members"]
    ]
    return content | {"members": members}


def _wanted(keys: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(keys))
    if len(found) > MOST_KEYS or any(len(one) > 120 for one in found):
        raise Problem("malformed")
    return found


def _digest(written: str) -> bytes:
    try:
        return bytes.fromhex(written)
    except ValueError as odd:
        raise Problem("malformed") from odd


def _keys() -> Keys:
    found: Keys = current_app.extensions["keys"]
    return found
