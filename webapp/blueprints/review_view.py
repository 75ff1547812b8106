"""What the pages of review share: filters, areas to narrow to, whom to ask, a plot of the place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import cos, radians
from uuid import UUID

from flask import request, url_for
from sqlalchemy.orm import Session

from webapp.blueprints.language import t
from webapp.domain import review
from webapp.domain.actors import Actor, Role
from webapp.domain.areas import EVERYWHERE
from webapp.domain.findings import KINDS as FINDINGS
from webapp.domain.problems import Problem
from webapp.domain.service_plan import RECORDING, day_in_thailand
from webapp.queries import area_choices, assignments, rounds, worklist
from webapp.queries.interviews import Shown
from webapp.queries.review import Neighbour
from webapp.queries.worklist import Wanted

FINDING = "finding-"
"""Before the code of a finding among the reasons to choose from."""
DAYS = (3, 5, 7, 10, 14, 21, 30)
METRES_A_DEGREE = 111_320
NEAREST, FARTHEST = 150, 3_000
HALF = 100


@dataclass(frozen=True)
class Filters:
    """What the address says of the list; ids and codes only."""

    area: str
    state: str
    kind: str
    who: str

    def address(self, endpoint: str = "review.worklist", **changed: object) -> str:
        """The page with these filters, or some of them changed."""
        kept = vars(self) | changed
        usual = kept["state"] == "received" and "state" not in changed
        given = {name: value for name, value in kept.items() if value and value is not None}
        if usual:
            del given["state"]
        return url_for(endpoint, **given)  # type: ignore[arg-type]


def filters() -> Filters:
    """As the address has them; what is no filter of ours is left out."""
    area, state, kind, who = (
        request.args.get(name, "")[:40] for name in ("area", "state", "kind", "who")
    )
    known = kind in worklist.KINDS or kind.removeprefix(FINDING) in FINDINGS
    return Filters(
        area,
        state if state in worklist.STATES else "received",
        kind if known else "",
        who,
    )


def wanted(session: Session, actor: Actor, asked: Filters) -> Wanted:
    """What the list is asked for; all of one's own areas where none is named.

    Raises:
        Problem: `not-found` for an area outside the asker's own.
    """
    path = worklist.path_of(session, asked.area) if asked.area else None
    if asked.area and not (path and actor.works_in(path)):
        raise Problem("not-found")
    is_finding = asked.kind.startswith(FINDING)
    try:
        author = UUID(asked.who) if asked.who else None
    except ValueError as broken:
        raise Problem("malformed") from broken
    return Wanted(
        within=path,
        state=asked.state,
        kind=None if is_finding else asked.kind or None,
        author=author,
        code=asked.kind.removeprefix(FINDING) if is_finding else None,
    )


def place_of(written: str | None) -> tuple[int, UUID] | None:
    """Where a page begins, from the signed word of the address."""
    if not written:
        return None
    weight, _, last = written.partition(" ")
    return int(weight), UUID(last)


def left(session: Session, wanted: Wanted) -> str:
    """How many still wait there, in words; more than a thousand are not counted on."""
    count = worklist.counts(session, wanted.within).waiting
    more = "+" if count >= worklist.MOST_COUNTED else ""
    return t("review.left", count=f"{count:,}{more}")


def areas(session: Session, actor: Actor, within: str | None) -> list[tuple[str, str]]:
    """Areas to narrow the list to, with how many households wait: own, those above, those below.

    Nothing is counted for the country and beside its provinces: they have 75,000 villages.
    """
    own = [area_choices.code_of(path) for path in actor.areas]
    path = within or (actor.areas[0] if len(actor.areas) == 1 else "")
    steps = path.strip(".").split(".")
    paths = {code: ".".join(steps[: at + 1]) + "." for at, code in enumerate(steps) if code}
    here = [code for code, one in paths.items() if actor.works_in(one)]
    below = area_choices.below(session, steps[-1]) if path else []
    paths |= {one.code: f"{path}{one.code}." for one in below}
    paths |= dict(zip(own, actor.areas, strict=True))
    counted = [] if path == EVERYWHERE else [one for one in paths.values() if one != EVERYWHERE]
    counts = worklist.waiting(session, counted)
    named = area_choices.named(session, [*own, *here])
    listed = [(code, named[code].name_th) for code in dict.fromkeys([*own, *here]) if code in named]
    listed += [(one.code, f"– {one.name_th}") for one in below]
    return [
        (code, f"{name} ({counts[paths[code]]:,})" if paths[code] in counts else name)
        for code, name in listed
    ]


def takers(session: Session, actor: Actor, shown: Shown) -> list[tuple[UUID, str, bool]]:
    """Who may correct the interview: id, name, and whether they have work there already.

    An officer may also choose somebody who does not, and gives them the household with the return.
    """
    found = {one: (name, True) for one, name in worklist.assigned(session, shown.house.place.id)}
    if actor.role is Role.OFFICER:
        for near in assignments.candidates(session, shown.interview.village_code):
            found.setdefault(near.account, (near.name_th, False))
    first = shown.interview.given_to or shown.interview.author_id
    order = sorted(found, key=lambda one: (one != first, not found[one][1], found[one][0]))
    return [(one, *found[one]) for one in order]


def deadlines(session: Session) -> list[tuple[date, bool]]:
    """Days to choose a deadline from, and which is the usual one, by the service plan."""
    today = day_in_thailand(datetime.now(UTC))
    usual = review.usual_deadline(today, rounds.window(session, RECORDING))
    days = sorted({usual, *(today + timedelta(days=one) for one in DAYS)})
    return [(one, one == usual) for one in days]


def flags(shown: Shown) -> dict[str, list[str]]:
    """What fails at each line of the answers, in the rule's words, explained or not."""
    found: dict[str, list[str]] = {}
    for failure in shown.failures:
        for line in failure["answers"]:
            found.setdefault(line.key, []).append(failure["message_th"])
    return found


@dataclass(frozen=True)
class Dot:
    """One place on the plot: where on it, and what it is."""

    x: int
    y: int
    kind: str


@dataclass(frozen=True)
class Plot:
    """The interview in the middle, the village's other interviews around; half a side in metres."""

    dots: list[Dot]
    metres: int
    left_out: int


def plot(shown: Shown, neighbours: list[Neighbour]) -> Plot | None:
    """A small plan of the place, true to scale; None where the phone gave no position."""
    longitude, latitude = shown.longitude, shown.latitude
    if longitude is None or latitude is None:
        return None
    place = shown.house.place
    all_: list[tuple[float, float, str]] = [
        (one.longitude, one.latitude, "accepted" if one.is_accepted else "received")
        for one in neighbours
    ]
    if place.village_longitude is not None:
        all_.append((place.village_longitude, place.village_latitude, "village"))
    east = METRES_A_DEGREE * cos(radians(latitude))
    away = [((x - longitude) * east, (y - latitude) * METRES_A_DEGREE, kind) for x, y, kind in all_]
    reach = max((max(abs(x), abs(y)) for x, y, _ in away), default=NEAREST)
    half = min(FARTHEST, max(NEAREST, reach * 1.05))
    dots = [
        Dot(round(HALF + x / half * HALF), round(HALF - y / half * HALF), kind)
        for x, y, kind in away
        if max(abs(x), abs(y)) <= half
    ]
    return Plot(dots, round(half), len(away) - len(dots))
