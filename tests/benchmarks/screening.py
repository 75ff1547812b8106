"""How well screening finds seeded frauds: `python tests/benchmarks/screening.py [--seeds 1 2 …]`.

A program, not a test. For each seed two thousand honest interviews of many volunteers and forty
that are made up in seven ways (webapp/demo/seeded, written before the screening). It prints, by
seed, how many of the forty stand out (recall) and how many of the honest do, then the same by way,
and what measuring and judging an interview costs. Seeds of four digits were never looked at while
the screening was written; those of three digits were (version 2: 201 to 224).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from webapp.demo.rates import QUESTIONNAIRE  # noqa: E402
from webapp.demo.seeded import field_work  # noqa: E402
from webapp.demo.seeded.field_work import HandedIn  # noqa: E402
from webapp.domain import questionnaire  # noqa: E402
from webapp.domain.screening import judging, volunteers  # noqa: E402
from webapp.domain.screening.judging import Judged  # noqa: E402
from webapp.domain.screening.measuring import Figures, Read, Reader  # noqa: E402

SEEDS = tuple(range(1001, 1037))
WANTED_RECALL, WANTED_FALSE = 0.80, 0.02


@dataclass(frozen=True)
class Outcome:
    """One seed: which interviews stood out, by the way they were made up (None: honest)."""

    seed: int
    out: dict[str | None, list[bool]]
    reasons: dict[str | None, list[str]]
    first_ten: int
    measuring_ms: float
    judging_ms: float

    @property
    def recall(self) -> float:
        return mean(one for way, found in self.out.items() if way for one in found)

    @property
    def false(self) -> float:
        return mean(self.out[None])


def outcome(seed: int) -> Outcome:
    """The screening of one seed's field work, as the register does it village by village."""
    work = field_work.handed_in(seed)
    reader = Reader(questionnaire.load(QUESTIONNAIRE))
    began = time.perf_counter()
    figures = [reader.measure(read(one)) for one in work]
    measured = time.perf_counter()
    judged = judge(work, figures)
    ended = time.perf_counter()
    out: dict[str | None, list[bool]] = defaultdict(list)
    reasons: dict[str | None, list[str]] = defaultdict(list)
    for one, about in zip(work, figures, strict=True):
        found = judged.get(about.interview)
        out[one.way].append(bool(found and found.stands_out))
        if found and found.stands_out:
            reasons[one.way] += sorted({reason.finding for reason in found.reasons})
    whose = {one.interview: one.volunteer for one in judged.values()}
    ranked = volunteers.rank(list(judged.values()), whose)[:10]
    guilty = {one.volunteer for one in work if one.way}
    first = sum(one.volunteer in guilty for one in ranked)
    each = 1000 / len(work)
    return Outcome(seed, out, reasons, first, (measured - began) * each, (ended - measured) * each)


def read(one: HandedIn) -> Read:
    """What the register reads of the interview."""
    told = one.document
    return Read(
        UUID(told["interview"]),
        one.volunteer,
        told["questionnaire"],
        told["mode"],
        told["started_at"],
        told["finished_at"],
        told["answers"],
        told["members"],
        told["paradata"],
    )


def judge(work: list[HandedIn], figures: list[Figures]) -> dict[UUID, Judged]:
    """Each village and mode beside itself, small ones beside their subdistrict."""
    villages: dict[str, list[Figures]] = defaultdict(list)
    around: dict[tuple[str, str], list[Figures]] = defaultdict(list)
    for one, about in zip(work, figures, strict=True):
        villages[one.village].append(about)
        around[one.village[:6], about.mode].append(about)
    found: dict[UUID, Judged] = {}
    for code, group in villages.items():
        here = {one.interview for one in group}
        for mode, number in Counter(one.mode for one in group).items():
            others = around[code[:6], mode] if number < judging.FEWEST else []
            beside = group + [one for one in others if one.interview not in here]
            judged = judging.judge(beside, mode)
            found |= {one.interview: one for one in judged if one.interview in here}
    return found


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    seeds = asked.parse_args().seeds
    print(
        f"{'seed':>6}{'recall':>9}{'honest':>9}{'first 10':>10}{'measure ms':>12}{'judge ms':>10}"
    )
    found = []
    with ProcessPoolExecutor(max_workers=2) as pool:
        for one in pool.map(outcome, seeds):
            found.append(one)
            print(
                f"{one.seed:6}{one.recall:9.1%}{one.false:9.2%}{one.first_ten:10}"
                f"{one.measuring_ms:12.2f}{one.judging_ms:10.2f}",
                flush=True,
            )
    recalls, falses = [one.recall for one in found], [one.false for one in found]
    print(f"median{median(recalls):9.1%}{median(falses):9.2%}")
    print(f" worst{min(recalls):9.1%}{max(falses):9.2%}")
    print(f"wanted{WANTED_RECALL:9.1%}{WANTED_FALSE:9.2%}  (at least, at most)\n")
    by_way(found)


def by_way(found: list[Outcome]) -> None:
    """How many stand out of each way, the seeds together, and for which reasons."""
    for way in sorted({way for one in found for way in one.out}, key=str):
        out = [stands for one in found for stands in one.out[way]]
        reasons = [reason for one in found for reason in one.reasons[way]]
        often = sorted(set(reasons), key=lambda reason: -reasons.count(reason))[:3]
        print(
            f"{way or 'honest':18}{sum(out):5} of {len(out):6}{mean(out):8.1%}  {', '.join(often)}"
        )


if __name__ == "__main__":
    main()
