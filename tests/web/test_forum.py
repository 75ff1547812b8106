"""The forum at the office: drawn once, named, called up, compared, closed."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import forums, world
from tests.forums import ANSWERS, drawn, result, sample, told
from tests.handset import Handset
from tests.officer import OURS, Officer
from webapp.models.forum import Forum
from webapp.queries import forum_askers
from webapp.services import forum as acts

HERE = f"/office/forum/{world.NAM_SAI}"


@pytest.fixture
def village(the_world: Session, mali: Handset, chai: Handset) -> Session:
    """Ban Nam Sai, all of it interviewed."""
    forums.collected(the_world, mali, chai)
    return the_world


def posted(who: Officer, address: str, **fields: str) -> TestResponse:
    """The form of the page they were on."""
    who.token = who.token or token_of(who)
    return who.client.post(address, data={"csrf_token": who.token} | fields, headers=OURS)


def token_of(who: Officer) -> str:
    who.get("/office/forum")
    who.get("/office/review")
    return who.token


def forum_of(register: Session) -> Forum:
    register.rollback()
    [found] = register.query(Forum).all()
    return found


class TestBeforeTheDraw:
    def test_says_how_far_the_village_is(self, suda: Officer) -> None:
        page = suda.get(HERE)
        assert "ยังสุ่มไม่ได้: เยี่ยมแล้ว 0 จาก 2 หลัง" in page
        assert posted(suda, HERE, held_on=forums.soon()).status_code == 409

    def test_a_day_is_asked_for_and_checked(self, village: Session, suda: Officer) -> None:
        assert "สุ่มตัวอย่างได้แล้ว จะได้ประมาณ 8 ครัวเรือน" in suda.get(HERE)
        assert "บ้านน้ำใส" in suda.get("/office/forum")
        wrong = posted(suda, HERE, held_on="วันเสาร์หน้า")
        assert wrong.status_code == 422
        assert "วันเสาร์หน้า" in wrong.text
        assert posted(suda, HERE, held_on="1/1/2560").status_code == 422
        assert village.query(Forum).count() == 0


class TestTheDraw:
    def test_is_made_once_and_can_be_made_again_from_its_seed(
        self, village: Session, suda: Officer, app: Flask
    ) -> None:
        suda.get(HERE)
        assert posted(suda, HERE, held_on=forums.soon()).status_code == 303
        assert posted(suda, HERE, held_on=forums.soon()).status_code == 409
        forum = forum_of(village)
        kept = {one.household_id for one in sample(village, forum.id)}
        again = acts.drawn_again(forum)
        assert {one.household for one in again if not one.is_reserve} == kept
        page = suda.get(HERE)
        assert forum.seed in page
        printed = app.test_cli_runner().invoke(args=["forum", "sample", world.NAM_SAI])
        assert printed.exit_code == 0, printed.output
        assert all(str(one) in printed.output for one in kept)
        noted = "select after ->> 'seed' from audit_entries where act = 'forum.drawn'"
        assert village.scalar(text(noted)) == forum.seed

    def test_that_was_changed_in_the_register_is_found_out(
        self, village: Session, app: Flask
    ) -> None:
        forum = drawn()
        one = sample(village, forum)[0].household_id
        village.execute(
            text("update forum_houses set is_reserve = true where household_id = :one"),
            {"one": one},
        )
        village.commit()
        printed = app.test_cli_runner().invoke(args=["forum", "sample", world.NAM_SAI])
        assert printed.exit_code == 1
        assert "ไม่ตรง" in printed.output


class TestTheForum:
    def test_names_calls_compares_and_closes(
        self, village: Session, suda: Officer, chai: Handset
    ) -> None:
        forum = drawn()
        assert "ยังไม่มีผู้ถาม" in suda.get(HERE)
        acted = f"/office/forum/{forum}"
        assert posted(suda, f"{acted}/askers").status_code == 422
        assert posted(suda, f"{acted}/askers", account=str(world.ANAN)).status_code == 422
        assert posted(suda, f"{acted}/askers", account=str(world.CHAI)).status_code == 303
        [list_] = told(chai)
        house = next(one["id"] for one in list_["houses"] if not one["own"])
        one = result(chai, forum, house, answers=ANSWERS | {"members": 4})
        assert chai.put(one).status_code == 201
        page = suda.get(HERE)
        assert "ต่าง 1 ข้อ" in page
        assert "90.0%" in page
        interview = village.scalar(
            text("select interview_id from forum_houses where household_id = :house"),
            {"house": house},
        )
        beside = suda.get(f"/office/forum/interviews/{interview}")
        assert ("1 คน" in beside, "4 คน" in beside) == (True, True)
        assert "เทียบคำตอบ" in suda.get(f"/office/review/{interview}")

    def test_warns_while_everybody_named_has_interviewed_a_house_that_waits(
        self, village: Session, suda: Officer
    ) -> None:
        drawn([world.MALI])
        warned = re.search(r"รอถาม (\d+) หลังยังไม่มีใครถามได้[^<]*", suda.get(HERE))
        assert warned
        forum = forum_of(village)
        malis = [one for one in sample(village, forum.id) if one.household_id in forums.MALIS]
        assert int(warned[1]) == len(malis)
        assert warned[0].count("เลขที่") == len(malis)
        acted = f"/office/forum/{forum.id}/askers"
        assert posted(suda, acted, account=str(world.CHAI)).status_code == 303
        assert "ยังไม่มีใครถามได้" not in suda.get(HERE)

    def test_finds_who_may_ask_by_name_where_they_are_many(
        self, village: Session, suda: Officer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        forum = drawn()
        assert "ค้นชื่อผู้ถาม" not in suda.get(HERE)
        monkeypatch.setattr(forum_askers, "MOST", 1)
        assert "แสดง 1 คนแรก" in suda.get(HERE)
        found = suda.get(f"{HERE}?who=CHAI")
        assert (str(world.CHAI) in found, str(world.MALI) in found) == (True, False)
        assert "ไม่พบผู้ที่มีสิทธิ์ถามชื่อ “%”" in suda.get(f"{HERE}?who=%25")
        acted = f"/office/forum/{forum}/askers"
        assert posted(suda, acted, account=str(world.CHAI)).status_code == 303

    def test_says_of_how_many_drawn_houses_something_is_known(
        self, village: Session, suda: Officer, chai: Handset
    ) -> None:
        forum = drawn([world.CHAI])
        house = next(
            one.household_id for one in sample(village, forum) if one.household_id in forums.MALIS
        )
        gone = {"outcome": "absent", "answers": {}, "respondent": None}
        assert chai.put(result(chai, forum, house, **gone)).status_code == 201
        assert "มีผลแล้ว 1 จาก 8 หลังที่สุ่ม" in suda.get("/office/forum")
        assert "0 / 9" in suda.get(HERE)  # nobody has been asked; a reserve is called too

    def test_is_closed_with_a_word_while_houses_wait(self, village: Session, suda: Officer) -> None:
        acted = f"/office/forum/{drawn()}"
        suda.get(HERE)
        assert posted(suda, f"{acted}/close").status_code == 422
        assert posted(suda, f"{acted}/close", note="ฝนตกหนัก").status_code == 303
        assert "ฝนตกหนัก" in suda.get(HERE)
        assert posted(suda, f"{acted}/close", note="อีกครั้ง").status_code == 409
        assert posted(suda, f"{acted}/reopen").status_code == 303
        assert posted(suda, f"{acted}/reopen").status_code == 409

    def test_has_a_sheet_without_answers_or_interviewers(
        self, village: Session, suda: Officer
    ) -> None:
        forum = drawn()
        page = suda.get(f"{HERE}/sheet")
        assert page.count("หัวหน้า ") >= len(sample(village, forum))
        assert ("คุณmali" in page, "คุณchai" in page) == (False, False)

    def test_says_what_was_kept_and_not_counted(
        self, village: Session, suda: Officer, mali: Handset
    ) -> None:
        forum = drawn()
        mali.put(result(mali, forum, sample(village, forum)[0].household_id))
        page = suda.get(HERE)
        assert "รับไว้แต่ไม่นับ (1)" in page
        assert "ผู้ถามไม่ได้รับเลือกสำหรับเวทีนี้" in page

    def test_of_another_district_is_nowhere(self, village: Session, app: Flask) -> None:
        forum = drawn()
        anan = Officer(app, "anan")
        assert anan.client.get(HERE).status_code == 404
        assert "บ้านน้ำใส" not in anan.get("/office/forum")
        for act in ("askers", "close", "reopen", f"askers/{UUID(int=2)}/end"):
            assert posted(anan, f"/office/forum/{forum}/{act}").status_code in (404, 422)
