"""What the follow-up's functions answer, and whom; as `scopes_functions`."""

from __future__ import annotations

from tests.services.scopes_functions import Call, finds, reviews, rows
from tests.services.scopes_places import OWN
from webapp.domain.actors import Scope

CALLS: dict[str, Call] = {
    "jpt_map_chosen": Call(
        rows(
            f"jpt_map_chosen(null, '{OWN.code}', null, null, null, null, null, false, 9)",
            f"id = '{OWN.household}'",
        ),
        reviews,
    ),
    "jpt_follow_up": Call("select jpt_follow_up() is not null", finds),
    "jpt_followed_up": Call(
        "select jpt_followed_up(array(select generate_series(1, 999)))",
        finds,
        then=(Scope("finder"), "select jpt_follow_up() is null"),
    ),
    "jpt_put_back": Call(
        "select jpt_put_back(array[1])",
        finds,
        then=(Scope("finder"), "select not jpt_follow_up() -> 'lines' @> '[1]'"),
    ),
    "jpt_finder_facts": Call(
        f"select jpt_finder_facts('{OWN.interview}', 8, 6, 9) is not null", finds
    ),
    "jpt_keep_fix": Call(
        f"select jpt_keep_fix('{OWN.interview}', now(), null, 0, false) is not null", finds
    ),
    "jpt_ways": Call(rows(f"jpt_ways('{OWN.interview}')"), finds),
    "jpt_tell_findings": Call(
        f"select jpt_tell_findings('{OWN.interview}', array['photo_plain'], "
        """'[{"code": "photo_plain", "source": "evidence", "weight": 1, "detail": {}}]', """
        """'[{"code": "photo_plain"}]', 6) > 0""",
        finds,
    ),
    "jpt_seen_position": Call(f"select jpt_seen_position('{OWN.interview}') is not null", reviews),
}
