"""The finished interview of a made-up household, as a phone would write it."""

from __future__ import annotations

import json
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from webapp.demo import answers, rates
from webapp.demo.chance import source, uuid7
from webapp.demo.fates import BANGKOK, NEARLY, READY, Fate
from webapp.demo.seeded import villages
from webapp.domain import engine, questionnaire

APP = "0.1.0"
SLIPS = 0.12
"""How often something is typed wrongly or is really unusual, so that an edit rule fails."""

VARIED = ("43010401", "43010402", "43010451")
"""Villages of one subdistrict that differ as villages do; elsewhere nearly all is as usual."""

LAND = {"own": 0.85, "rented": 0.06, "public": 0.06, "other": 0.03}
OUTCOME_NOTES = {
    "refused": "ไม่สะดวกให้ข้อมูล (ตัวอย่าง)",
    "nobody_home": "ไปสามครั้งไม่พบผู้ใด (ตัวอย่าง)",
    "empty": "บ้านว่าง ไม่มีผู้อยู่อาศัย (ตัวอย่าง)",
    "moved": "ย้ายไปอยู่ต่างจังหวัด (ตัวอย่าง)",
    "demolished": "รื้อบ้านแล้ว (ตัวอย่าง)",
}
EXPLAINED = "สอบถามซ้ำแล้ว ยืนยันตามนี้ (ตัวอย่าง)"

Document = dict[str, Any]


def interview_id(fate: Fate, *about: object) -> UUID:
    """The id the phone gave the interview when it was opened."""
    return uuid7(fate.dwelling.chance("interview", *about), fate.started_at)


def document(fate: Fate, round_id: str, evidence: list[dict[str, Any]]) -> Document:
    """The whole document of section 2 of the contract between phone and register."""
    chance = fate.dwelling.chance("answers")
    made = _frame(fate, round_id) | {"evidence": evidence, "paradata": _paradata(chance)}
    if fate.outcome != "interviewed":
        return made
    made["cover"] = _cover(fate)
    made["members"] = [dict(one) for one in fate.dwelling.members]
    made["answers"] = _customs(fate, made["members"])
    evaluation = answers.fill(chance, made)
    is_tidy = fate.dwelling.village in (READY, NEARLY)
    if not is_tidy and chance.random() < SLIPS and _slip(chance, made["answers"]):
        evaluation = engine.evaluate(rates.QUESTIONNAIRE, made)
    made["explanations"] = _explanations(chance, evaluation, 1 if is_tidy else 0.4)
    return made


def written(made: Document) -> bytes:
    """The exact bytes whose digest names the revision."""
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def _customs(fate: Fate, members: list[dict[str, Any]]) -> dict[str, Any]:
    """In villages that live each in its own way, what is answered because one lives there."""
    one = fate.dwelling
    if one.village not in VARIED:
        return {}
    place = VARIED.index(one.village)
    where = villages.village(source(0, "customs", one.village), place)
    return villages.customs(one.chance("customs"), where, members, one.today.year)


def _frame(fate: Fate, round_id: str) -> Document:
    one = fate.dwelling
    notice = questionnaire.load(rates.QUESTIONNAIRE)["notice"]["version"]
    return {
        "schema": 1,
        "interview": str(interview_id(fate)),
        "number": 1,
        "based_on": [],
        "round": round_id,
        "questionnaire": rates.QUESTIONNAIRE,
        "mode": fate.mode,
        "app": APP,
        "author": {"account": str(fate.volunteer.id), "device": str(fate.volunteer.device)},
        "household": {
            "id": str(one.id),
            "new": fate.is_new,
            "village": one.village,
            "house_number": one.house_number,
        },
        "outcome": fate.outcome,
        "outcome_note": OUTCOME_NOTES.get(fate.outcome, ""),
        "notice": {
            "version": notice,
            "agreed": fate.outcome != "refused",
            "shown_at": (fate.started_at + timedelta(seconds=20)).isoformat(),
        },
        "date": (fate.started_at + BANGKOK).date().isoformat(),
        "started_at": fate.started_at.isoformat(),
        "finished_at": fate.finished_at.isoformat(),
        "clock": {
            "server_time": (fate.started_at - timedelta(hours=1)).isoformat(),
            "elapsed_ms": int((fate.finished_at - fate.started_at).total_seconds() * 1000)
            + 3_600_000,
        },
        "cover": {},
        "members": [],
        "answers": {},
        "declined": [],
        "explanations": {},
    }


def _cover(fate: Fate) -> dict[str, Any]:
    one, chance = fate.dwelling, fate.dwelling.chance("cover")
    cover: dict[str, Any] = {
        "survey_date": (fate.started_at + BANGKOK).date().isoformat(),
        "has_house_number": "yes",
        "house_number": one.house_number,
        "house_code_known": "yes" if one.house_code else "no",
        "residence_land": chance.choices(list(LAND), list(LAND.values()))[0],
        "livelihood_land": chance.choice(("own", "own", "rented", "none")),
    }
    if one.house_code:
        cover["house_code"] = one.house_code
    if cover["residence_land"] == "other":
        cover["residence_land_other"] = "ที่ดินญาติ (ตัวอย่าง)"
    if cover["livelihood_land"] != "none":
        cover["livelihood_land_rai"] = chance.randint(2, 28)
    return cover


def _paradata(chance: Random) -> dict[str, Any]:
    sections = questionnaire.load(rates.QUESTIONNAIRE)["sections"]
    return {
        "section_seconds": {
            one["id"]: chance.randint(40, 420) for one in sections if one["enabled"]
        },
        "shortcuts": [],
        "edits_after_result": chance.choice((0, 0, 0, 1, 2)),
        "screens_visited": chance.randint(38, 70),
        "result_private": chance.random() < 0.05,
        "notice_read_aloud": chance.random() < 0.6,
    }


def _slip(chance: Random, given: dict[str, Any]) -> bool:
    """One of the known slips, where its question was answered."""
    fitting = [one for one in rates.data()["slips"] if given.get(one["question"])]
    if not fitting:
        return False
    slip = chance.choice(fitting)
    question = slip["question"]
    given[question] = given[question] * slip["times"] if "times" in slip else slip["value"]
    return True


def _explanations(chance: Random, evaluation: dict[str, Any], share: float) -> dict[str, str]:
    """Hard failures are answered or explained before an interview is finished; soft ones may be."""
    return {
        f"{one['id']}:{one['member']}" if one.get("member") else one["id"]: EXPLAINED
        for one in evaluation["failures"]
        if one["severity"] == "hard" or chance.random() < share
    }
