"""Every question of the desk of conflicts and custody, as `asked` asks them of a large register.

Half of a district's households have something in custody there: far more than there will be.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.house.asked import A_DISTRICT, DISTRICT, Asked, Known, _asked
from webapp.queries import desk

A_WAY_IN = desk.After.parse("2020-01-01T00:00:00+00:00 c0000000000000000001")
SUBDISTRICT = "TH.43.4301.430101."


def _pair(session: Session, _: Known) -> Any:
    [line], _more = desk.listed(session, DISTRICT, desk.SAME_PERSON, page=1)
    return desk.pair(session, line.finding or 0)


def _names(session: Session, _: Known) -> Any:
    [line], _more = desk.listed(session, DISTRICT, "late", page=1)
    return desk.names(session, line.custody or 0)


DESK: list[Asked] = [
    _asked(desk.counts, lambda s, _: desk.counts(s, DISTRICT),
           "ix_custody_open ix_findings_same_person", most=A_DISTRICT * 4),
    _asked(desk.listed, lambda s, _: desk.listed(s, SUBDISTRICT, None),
           most=A_DISTRICT * 2, about="of a subdistrict"),
    _asked(desk.listed, lambda s, _: desk.listed(s, DISTRICT, "hand_in", A_WAY_IN),
           most=A_DISTRICT * 4, about="of one kind, going on"),
    _asked(desk.pair, _pair, "pk_interviews", most=A_DISTRICT * 4),
    _asked(desk.names, _names, most=A_DISTRICT * 4),
]  # fmt: skip
