"""The functions of screening, and whom they answer."""

from __future__ import annotations

from tests.services.scopes_functions import Call, finds, reviews, rows
from tests.services.scopes_places import BESIDE, OWN, ROUND
from webapp.domain.actors import Scope

_AGAIN = f"jpt_screening_again('{ROUND}') > 0"

CALLS: dict[str, Call] = {
    "jpt_screening_mark": Call(
        f"select jpt_screening_mark('{BESIDE.interview}')",
        finds,
        then=(Scope("finder"), "select jpt_screening_take('0') is not null"),
    ),
    "jpt_screening_again": Call(f"select {_AGAIN}", finds),
    "jpt_screening_take": Call(
        f"select case when {_AGAIN} then jpt_screening_take('0') is not null end", finds
    ),
    "jpt_screening_read": Call(rows(f"jpt_screening_read('{ROUND}', '{OWN.code}', 99, 9)"), finds),
    "jpt_screening_forget": Call(
        f"select jpt_screening_forget('{ROUND}', '{BESIDE.code}') > 0", finds
    ),
    "jpt_screened": Call(
        rows(
            f"jpt_screened('{ROUND}', '{OWN.code}', 9999, '{OWN.volunteer}', '', 9)",
            f"account_id = '{OWN.volunteer}'",
        ),
        reviews,
    ),
}
