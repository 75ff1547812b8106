"""The village forum at the office: the draw, who asks, the list to call up, how answers agree."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms.validators import InputRequired, ValidationError

from webapp import wording
from webapp.blueprints import access, forum_words
from webapp.blueprints.bodies import uuid_of
from webapp.blueprints.date_field import ThaiDateField
from webapp.blueprints.language import chosen as chosen_language
from webapp.blueprints.language import t
from webapp.db import transaction
from webapp.domain.actors import Actor
from webapp.domain.areas import level_of
from webapp.domain.forum import draw as drawing
from webapp.domain.forum import questions
from webapp.domain.forum.calls import WAITING
from webapp.domain.problems import Problem
from webapp.domain.service_plan import day_in_thailand
from webapp.queries import area_choices, forum_askers, places
from webapp.queries import forum as looking
from webapp.services import forum as acts

bp = Blueprint("forum", __name__, url_prefix="/office/forum")

MOST_NAMED = 20


class DayForm(FlaskForm):
    """When the forum is held."""

    held_on = ThaiDateField(validators=[InputRequired("forum.day_missing")])

    def validate_held_on(self, box: ThaiDateField) -> None:
        """From today to a year ahead."""
        if box.data and not acts.may_be_held(box.data, _today()):
            raise ValidationError("forum.day_wrong")


@bp.get("")
def listed() -> str:
    """The forums of an area, or of the asker's own, and villages whose sample may be drawn."""
    actor, within = access.signed_in(), request.args.get("area") or None
    if within and level_of(within) is None:
        raise Problem("malformed")
    with transaction(actor) as session:
        area = places.asked(session, actor, within)
        found = looking.listed(session, area.path if area else None)
        names = area_choices.places(session, {one.village_code for one in found})
    return render_template(
        "forum/list.html",
        area=area,
        forums=[one for one in found if one.forum_id],
        ready=[one for one in found if not one.forum_id],
        names=names,
        enough=drawing.VISITED,
        most=looking.MOST,
    )


@bp.get("/<int:village>")
def village(village: int) -> str:
    """A village's forum, or how far it is from one."""
    return _page(access.signed_in(), str(village), DayForm(formdata=None))


@bp.post("/<int:village>")
def draw(village: int) -> ResponseReturnValue:
    """The village's sample is drawn, once."""
    actor, form, code = access.signed_in(), DayForm(), str(village)
    if not form.validate_on_submit() or form.held_on.data is None:
        return _page(actor, code, form), 422
    with transaction(actor) as session:
        acts.draw(session, actor, code, acts.planned(form.held_on.data), _today())
    flash(t("forum.drawn_done"), "good")
    return redirect(url_for(".village", village=village), 303)


@bp.get("/<int:village>/sheet")
def sheet(village: int) -> str:
    """The list to call up, to print: no answer, no interviewer."""
    actor = access.signed_in()
    with transaction(actor) as session:
        standing = looking.standing(session, actor, str(village))
        shown = _shown(session, str(village))
    return render_template("forum/sheet.html", area=standing.area, shown=shown)


@bp.get("/interviews/<uuid:interview>")
def compared(interview: UUID) -> str:
    """One household's two tellings, question by question."""
    actor = access.signed_in()
    with transaction(actor) as session:
        found = looking.of_interview(session, interview)
        if found is None:
            raise Problem("not-found")
        forum, house, digest = found
        area = places.asked(session, actor, forum.village_code)
        version = looking.version_of(session, forum)
        first = looking.first_told(session, interview, digest)
    return render_template(
        "forum/compared.html",
        area=area,
        forum=forum,
        house=house,
        lines=forum_words.beside(version, first, house),
    )


@bp.post("/<uuid:forum>/askers")
def name(forum: UUID) -> ResponseReturnValue:
    """They may ask, and their phones get the list."""
    actor = access.signed_in()
    chosen = {uuid_of(one) for one in request.form.getlist("account")[:MOST_NAMED]}
    with transaction(actor) as session:
        code = acts.name(session, actor, forum, chosen)
    flash(t("forum.named_done"), "good")
    return redirect(url_for(".village", village=int(code)), 303)


@bp.post("/<uuid:forum>/askers/<uuid:account>/end")
def end_naming(forum: UUID, account: UUID) -> ResponseReturnValue:
    """Somebody asks no more."""
    actor = access.signed_in()
    with transaction(actor) as session:
        code = acts.end_naming(session, actor, forum, account)
    flash(t("forum.unnamed_done"), "good")
    return redirect(url_for(".village", village=int(code)), 303)


@bp.post("/<uuid:forum>/close")
def close(forum: UUID) -> ResponseReturnValue:
    """The forum is over."""
    actor = access.signed_in()
    with transaction(actor) as session:
        waiting = looking.waiting(session, forum)
        note = request.form.get("note", "")
        code = acts.close(session, actor, forum, note, waiting=waiting)
    flash(t("forum.closed_done"), "good")
    return redirect(url_for(".village", village=int(code)), 303)


@bp.post("/<uuid:forum>/reopen")
def reopen(forum: UUID) -> ResponseReturnValue:
    """It goes on."""
    actor = access.signed_in()
    with transaction(actor) as session:
        code = acts.reopen(session, actor, forum)
    flash(t("forum.reopened_done"), "good")
    return redirect(url_for(".village", village=int(code)), 303)


def _page(actor: Actor, code: str, form: DayForm) -> str:
    who = request.args.get("who", "")
    with transaction(actor) as session:
        standing = looking.standing(session, actor, code)
        forum = looking.of_village(session, code)
        if forum is None:
            return render_template(
                "forum/none.html",
                standing=standing,
                form=form,
                size=drawing.size(standing.recording.interviewed, 1),
                enough=drawing.VISITED,
                rule=drawing,
                why=_why(looking.version_now(session)),
            )
        shown = looking.read(session, forum)
        candidates = forum_askers.candidates(session, code, who)
        barred = forum_askers.barred(session, forum.id)
        version = looking.version_of(session, forum)
    named = {one.account for one in shown.askers if not one.is_ended}
    return render_template(
        "forum/page.html",
        area=standing.area,
        shown=shown,
        agreed=forum_words.agreed(version, shown),
        candidates=[one for one in candidates.people if one.account not in named],
        most=forum_askers.MOST if candidates.are_more else 0,
        who=who,
        barred=[one for one in shown.calls if one.state == WAITING and one.household in barred],
        numbers={one.household: one.house_number for one in shown.houses},
        rule=drawing,
        why=_why(version),
    )


def _shown(session: Session, code: str) -> looking.Shown:
    forum = looking.of_village(session, code)
    if forum is None:
        raise Problem("not-found")
    return looking.read(session, forum)


def _why(version: str) -> str:
    """Why these questions are asked again."""
    chosen = questions.load(version)
    return (
        str(chosen["why_en" if chosen_language() == wording.ENGLISH else "why_th"])
        if chosen
        else ""
    )


def _today() -> date:
    return day_in_thailand(datetime.now(UTC))
