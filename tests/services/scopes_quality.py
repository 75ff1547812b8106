"""The eight checks: who may see and decide what, and whom the functions answer."""

from __future__ import annotations

from typing import Any

from tests.services.scopes_conditions import REVIEWERS, Condition, inside, made, own, part
from tests.services.scopes_functions import Call, rows
from tests.services.scopes_places import OWN, ROUND
from tests.services.scopes_rights import Rights
from tests.services.scopes_world import Rows, Who
from webapp.domain.actors import Scope


def reckons(who: Who) -> bool:
    """The reckoner, which judges villages."""
    return who.role == "reckoner"


def noted(who: Who, row: dict[str, Any], all_rows: Rows) -> bool:
    """Whoever reviews around there, in their own name."""
    reviewed = inside(*REVIEWERS)(who, row, all_rows)
    return reviewed and own("made_by", *REVIEWERS)(who, row, all_rows)


def _reckoned(*see: Condition) -> Rights:
    own_work = (part("reckoner"),)
    return Rights(see=(*see, *own_work), add=own_work, change=own_work, remove=own_work)


TABLES: dict[str, Rights] = {
    "working_group_members": Rights(
        see=(inside(*REVIEWERS),),
        add=(made("made_by"),),
        change=(inside("officer"),),
        columns=("ended_at", "ended_by", "ended_as", "end_reason"),
    ),
    "working_group_minutes": Rights(
        see=(inside(*REVIEWERS),),
        add=(made("made_by"),),
        change=(inside("officer"),),
        columns=("withdrawn_at", "withdrawn_by", "withdrawal_reason"),
    ),
    **dict.fromkeys(
        ("reconciliations", "clearances", "explanations", "explanation_reads"),
        Rights(see=(inside(*REVIEWERS),), add=(noted,)),
    ),
    "quality_exceptions": _reckoned(inside(*REVIEWERS)),
}
FIGURES = dict.fromkeys(
    ("village_quality", "subdistrict_quality"), _reckoned(inside("viewer", *REVIEWERS))
)
"""Figures: no person is in them, and still only the reckoner writes them."""

_TOLD = f'[{{"interview": "{OWN.interview}", "code": "income_low", "weight": 1, "detail": {{}}}}]'

CALLS: dict[str, Call] = {
    "jpt_tell_incomes": Call(
        f"select jpt_tell_incomes('{ROUND}', '{OWN.code}', '{_TOLD}')",
        reckons,
        then=(Scope("finder"), "select exists (select from findings where code = 'income_low')"),
    ),
    "jpt_quality_take": Call("select exists (select from jpt_quality_take(9))", reckons),
    "jpt_quality_houses": Call(
        rows(f"jpt_quality_houses('{ROUND}', '{OWN.code}', '{{}}')"), reckons
    ),
    "jpt_quality_place": Call(
        f"select jpt_quality_place('{ROUND}', '{OWN.code}') is not null", reckons
    ),
    "jpt_quality_collectors_of": Call(
        f"select jpt_quality_collectors_of('{ROUND}', '{OWN.code[:6]}') is not null", reckons
    ),
}
