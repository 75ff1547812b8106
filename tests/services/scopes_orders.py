"""What the functions of appointment orders and of quality check 3 answer, and whom."""

from __future__ import annotations

from tests.services.scopes_functions import Call, manages, rows
from tests.services.scopes_places import BESIDE, OWN, ROUND

CALLS: dict[str, Call] = {
    "jpt_standing_check": Call(rows(f"jpt_standing_check('{ROUND}', '{OWN.path}', 9)"), manages),
    "jpt_standing_list": Call(
        rows(
            f"jpt_standing_list('{ROUND}', '{OWN.path}', 'home_unknown', null, null, 9)",
            f"account = '{OWN.volunteer}'",
        ),
        manages,
    ),
    "jpt_order_tallies": Call(
        rows(f"jpt_order_tallies(array['{OWN.order}'::uuid])", "matched = 1"), manages
    ),
    "jpt_open_names": Call(
        rows(f"jpt_open_names('{ROUND}', '{BESIDE.path}', null, null, 9)"), manages
    ),
    "jpt_open_names_count": Call(
        f"select jpt_open_names_count('{ROUND}', '{BESIDE.path}') > 0", manages
    ),
}
