"""Forums: who may see, name and close, and whom the functions answer; as `scopes_quality`."""

from __future__ import annotations

import json
from typing import Any

from tests.services.scopes_conditions import PERSONS, REVIEWERS, inside, own
from tests.services.scopes_functions import Call, reviews, rows, works
from tests.services.scopes_places import OWN, SPARE
from tests.services.scopes_rights import Rights
from tests.services.scopes_world import Rows, Who
from webapp.domain.actors import Scope

FORUM = OWN.order


def named(who: Who, row: dict[str, Any], all_rows: Rows) -> bool:
    """Whoever reviews around there, in their own name."""
    reviewed = inside(*REVIEWERS)(who, row, all_rows)
    return reviewed and own("named_by", *REVIEWERS)(who, row, all_rows)


def is_asker(who: Who) -> bool:
    """The volunteer of the village, who is named for its forum."""
    askers = set(PERSONS) - {"viewer"}
    return bool(who.role in askers and who.scope and who.scope.account == OWN.volunteer)


def draws(who: Who) -> bool:
    """Whoever reviews around the village that has no forum yet."""
    return who.role in REVIEWERS and who.covers(SPARE.path)


TABLES: dict[str, Rights] = {
    "forums": Rights(
        see=(inside(*REVIEWERS),),
        change=(inside(*REVIEWERS),),
        columns=("held_on", "closed_at", "closed_by", "closing_note"),
    ),
    "forum_houses": Rights(see=(inside(*REVIEWERS),)),
    "forum_askers": Rights(
        see=(inside(*REVIEWERS),),
        add=(named,),
        change=(inside(*REVIEWERS),),
        columns=("ended_at",),
    ),
    "back_checks": Rights(see=(inside(*REVIEWERS),)),
}
RESULT = json.dumps(
    {
        "id": str(OWN.interview),
        "digest": r"\x02",
        "forum_id": str(FORUM),
        "household_id": str(OWN.household),
        "village_code": OWN.code,
        "path": OWN.path,
        "asker_id": str(OWN.volunteer),
        "carried_by": str(OWN.volunteer),
        "outcome": "asked",
        "note": "",
        "standing": "counted",
        "answers": {},
        "compared": {"8.2": False},
        "app": "x",
        "ingest_key": "x",
        "envelope": r"\x00",
    }
)
OFFICE = Scope("officer", OWN.volunteer, (OWN.path,))

CALLS: dict[str, Call] = {
    "jpt_forum_draw": Call(
        "select jpt_forum_draw(jsonb_build_object('id', gen_random_uuid(), 'village_code', "
        f"'{SPARE.code}', 'held_on', current_date, 'questions_version', 1, 'rule_version', 1, "
        "'seed', 'x', 'frame', '[]'::jsonb), '[]')",
        draws,
    ),
    "jpt_forum_recording": Call(
        f"select interviewed is not null from jpt_forum_recording('{OWN.code}')", reviews
    ),
    "jpt_forum_candidates": Call(rows(f"jpt_forum_candidates('{OWN.code}', '', null, 9)"), reviews),
    "jpt_forum_people": Call(rows(f"jpt_forum_people('{FORUM}')"), reviews),
    "jpt_forums": Call(f"""select jpt_forums() @> '[{{"id": "{FORUM}"}}]'""", is_asker),
    "jpt_forums_listed": Call(
        rows(f"jpt_forums_listed('{OWN.path}', 9, 90)", f"village_code = '{OWN.code}'"), reviews
    ),
    "jpt_back_check_arrival": Call(
        f"select jpt_back_check_arrival('{OWN.interview}', '', '{FORUM}', '{OWN.household}', "
        f"'{OWN.volunteer}', '{OWN.device}') is not null",
        works,
    ),
    "jpt_keep_back_check": Call(
        f"select jpt_keep_back_check('{RESULT}', 40::smallint) is null",
        works,
        then=(OFFICE, r"select exists (select from back_checks where digest = '\x02')"),
    ),
}
