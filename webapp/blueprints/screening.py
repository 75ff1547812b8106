"""Screening: volunteers whose interviews differ from the village's, with reasons to look."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from webapp.blueprints import access, cursors, screening_words
from webapp.db import transaction
from webapp.domain.areas import COUNTRY, level_of, path_of
from webapp.domain.problems import Problem
from webapp.domain.screening import judging, volunteers
from webapp.queries import area_choices, places, rounds, screening

bp = Blueprint("screening", __name__, url_prefix="/office/screening")
bp.add_app_template_global(screening_words.reason, "screening_reason")


@bp.get("")
def listed() -> str:
    """The volunteers of an area, those first whose interviews most need a look."""
    actor = access.signed_in()
    code = request.args.get("area") or None
    if code and level_of(code) is None:
        raise Problem("malformed")
    with transaction(actor) as session:
        area = places.asked(session, actor, code)
        current = rounds.current(session)
        here = area.code if area else COUNTRY
        filters = [here, current.id]
        after = cursors.read(request.args.get("after"), filters)
        lines = screening.listed(session, current.id, here, after)
        above = area_choices.levels_of(session, here)[:-1]
        above = [one for one in above if actor.works_in(path_of(one))]
        trail = area_choices.named(session, above) if area else {}
        below = area_choices.below(session, here, actor.areas)
    full = len(lines) == screening.PAGE
    more = cursors.written(lines[-1].place, filters) if full else ""
    return render_template(
        "screening/list.html",
        area=area,
        round_th=current.name_th,
        trail=[trail[one] for one in above if one in trail],
        below=below,
        lines=lines,
        more=url_for(".listed", area=code, after=more) if more else "",
        first=url_for(".listed", area=code) if after else "",
        **_rule(),
    )


@bp.get("/<int:village>/<uuid:account>")
def one(village: int, account: UUID) -> str:
    """One volunteer's interviews beside everybody's in the village; which to look at, and why."""
    actor = access.signed_in()
    code = str(village)
    with transaction(actor) as session:
        current = rounds.current(session)
        found = screening.beside(session, current.id, code, account)
        place = area_choices.places(session, [code])[code]
    return render_template(
        "screening/one.html",
        found=found,
        place=place,
        round_th=current.name_th,
        compared=screening_words.compared(found.screened.beside),
        most_shown=screening.MOST_SHOWN,
        **_rule(),
    )


def _rule() -> dict[str, int | float | str]:
    """The numbers of the rule, as the page states them."""
    return {
        "version": judging.VERSION,
        "fewest_beside": judging.FEWEST,
        "fewest_own": volunteers.FEWEST,
        "reach": judging.REACH,
        "least": f"{judging.LEAST:.0f}",
    }
