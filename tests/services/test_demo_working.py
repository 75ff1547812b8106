"""The demo shows what screening is for: one volunteer with interviews that are worth a look."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

from webapp.demo import cast, fates, households, papers, working
from webapp.demo.fates import Fate
from webapp.demo.households import HOUSEHOLDS
from webapp.domain import questionnaire
from webapp.domain.screening import judging
from webapp.domain.screening.measuring import Figures, Read, Reader

SUBDISTRICT = "430104"
READER = Reader(questionnaire.load("bmn-31"))


def figures(fate: Fate) -> Figures:
    made = working.as_worked(fate, papers.document(fate, "2569", []), "2569")
    times = (made["mode"], made["started_at"], made["finished_at"])
    asked = (UUID(made["interview"]), fate.volunteer.id, "bmn-31", *times)
    return READER.measure(Read(*asked, made["answers"], made["members"], made["paradata"]))


def visited() -> list[Fate]:
    listed = households.dwellings(1, date(2026, 11, 23), HOUSEHOLDS)
    here = [one for one in listed if one.village.startswith(SUBDISTRICT)]
    told = fates.fates(here, [])
    return [one for one in told if one.outcome == "interviewed" and not one.custody]


def test_some_interviews_of_one_volunteer_stand_out_and_few_of_the_others() -> None:
    every = visited()
    odd = {papers.interview_id(one) for one in every if working._way(one)}
    judged = judging.judge([figures(one) for one in every], "doorstep")
    out = [one for one in judged if one.stands_out]
    assert len(odd) >= 4
    assert len({one.interview for one in out} & odd) >= 3
    assert len({one.interview for one in out} - odd) <= 2
    assert Counter(one.volunteer for one in out).most_common(1)[0][0] == cast.BY_NAME["mali"].id


def test_an_interview_takes_as_long_as_its_questions() -> None:
    usual = [figures(one) for one in visited() if not working._way(one) and one.mode == "doorstep"]
    assert all(180 < (one.seconds or 0) < 6_000 for one in usual)
