"""Check 5: answers are plausible: open failures per hundred households, explained ones read.

Source: the letter's quality table, check 5 (the handbook's page 35); the rules are the
questionnaire's edit rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from webapp.domain.quality.facts import House, Village
from webapp.domain.quality.states import Check, Exceptional, Judged, Line, State, kept, percent

NO = 5
MOST_PER_HUNDRED = 5


def judge(village: Village) -> Judged:
    """No open failure, and what volunteers explained has been read by an inspector."""
    rules: Counter[str] = Counter()
    figures = dict.fromkeys(("interviewed", "hard", "soft", "explained", "unread"), 0)
    exceptions = []
    for house in village.interviewed:
        open_ones, explained = _split(house)
        figures["interviewed"] += 1
        figures["hard"] += sum(one.get("severity") == "hard" for one in open_ones)
        figures["soft"] += sum(one.get("severity") != "hard" for one in open_ones)
        figures["explained"] += explained
        figures["unread"] += explained if not house.is_read else 0
        rules.update(f"rule:{one['id']}" for one in open_ones)
        exceptions += _exceptions(house, open_ones, explained)
    return Judged(
        _state(figures),
        figures | dict(rules),
        exceptions=exceptions,
        blockers=kept(
            failures=figures["hard"] + figures["soft"], explanations_unread=figures["unread"]
        ),
    )


def lines(figures: Mapping[str, int]) -> list[Line]:
    """Open failures per hundred households, all of them and by rule, and what is explained."""
    asked = figures["interviewed"]
    rate = [
        Line(name, percent(count, asked), "rate")
        for name, count in sorted(figures.items(), key=lambda one: (-one[1], one[0]))
        if name.startswith("rule:")
    ]
    found = figures["hard"] + figures["soft"]
    return [
        Line("interviewed", asked),
        Line("open_rate", percent(found, asked), "rate"),
        Line("hard", figures["hard"]),
        Line("soft", figures["soft"]),
        Line("explained", figures["explained"]),
        Line("unread", figures["unread"]),
        *rate,
    ]


def _split(house: House) -> tuple[list[Mapping[str, str]], int]:
    """Failures without an explanation, and how many have one."""
    open_ones = [one for one in house.failures if not house.explanations.get(_key(one))]
    return open_ones, len(house.failures) - len(open_ones)


def _key(failure: Mapping[str, str]) -> str:
    member = failure.get("member")
    return f"{failure['id']}:{member}" if member else failure["id"]


def _exceptions(
    house: House, open_ones: list[Mapping[str, str]], explained: int
) -> list[Exceptional]:
    found = []
    if open_ones:
        detail = {f"rule:{one['id']}": 1 for one in open_ones}
        found.append(Exceptional("failures_open", house.household, house.interview, detail=detail))
    if explained:
        found.append(
            Exceptional(
                "explanation",
                house.household,
                house.interview,
                house.is_read,
                {"explained": explained},
            )
        )
    return found


def _state(figures: Mapping[str, int]) -> State:
    found = figures["hard"] + figures["soft"]
    if not figures["interviewed"]:
        return State.UNKNOWN
    if figures["hard"] or found * 100 > MOST_PER_HUNDRED * figures["interviewed"]:
        return State.BAD
    return State.ATTENTION if found or figures["unread"] else State.GOOD


CHECK = Check(NO, "plausibility", 1, judge, lines, shows_households=True)
