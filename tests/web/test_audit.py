"""The audit log is read in words, by area, and every act has its words."""

from __future__ import annotations

import ast
import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests import world
from tests.handset import Handset, sign_in
from tests.house import tree
from webapp import wording
from webapp.db import transaction
from webapp.domain.actors import Role, Scope
from webapp.domain.review import Decision
from webapp.models.forum import STANDINGS
from webapp.models.interview import CUSTODY_REASONS
from webapp.queries import audit as log
from webapp.services import audit

FAMILIES = {
    "back_check": STANDINGS,
    "custody": CUSTODY_REASONS,
    "interview": ("received", *(one.value for one in Decision if one is not Decision.REPLACED)),
    "group": ("ended", "removed"),
}
"""Acts whose last word is a value: every value of it."""


def acts_noted() -> set[str]:
    """Every act that some part of the application notes, read from its source."""
    found: set[str] = set()
    for name in tree.files(".py"):
        if name.startswith("webapp/"):
            for node in ast.walk(ast.parse(tree.text(name))):
                found |= _acts_of(node)
    return found


def _acts_of(node: ast.AST) -> set[str]:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return set()
    if node.func.attr != "note" or getattr(node.func.value, "id", "") != "audit":
        return set()
    act = node.args[1] if len(node.args) > 1 else None
    if isinstance(act, ast.Constant):
        return {str(act.value)}
    if isinstance(act, ast.JoinedStr):
        family = ast.unparse(act)[2:].split(".")[0]
        return {f"{family}.{last}" for last in FAMILIES[family]}
    return set()


class TestAnAct:
    def test_has_its_words_in_both_languages(self) -> None:
        noted = acts_noted() | {"demo.begun", "demo.loaded"}
        assert len(noted) > 10
        for language in wording.LANGUAGES:
            keys = wording.texts(language)
            lacking = {one for one in noted if f"audit.act_{one.replace('.', '__')}" not in keys}
            assert not lacking, lacking


@pytest.fixture
def officer(app: Flask, the_world: Session) -> FlaskClient:
    """Orathai, of the province."""
    client = app.test_client()
    assert sign_in(client, "orathai").status_code == 302
    return client


def note(account: object, act: str, village: str, **fields: object) -> None:
    """Somebody did something in a village."""
    scope = Scope(Role.OFFICER.value, account, ("TH.",))  # type: ignore[arg-type]
    with transaction(scope) as session:
        audit.note(session, act, account, world.PATHS[village], **fields)  # type: ignore[arg-type]


def read(*areas: str, **filters: object) -> list[log.Shown]:
    """The newest entries as an officer of these areas reads them."""
    with transaction(Scope(Role.OFFICER.value, world.OFFICER, areas)) as session:
        return log.listed(session, log.Filters(**filters)).entries  # type: ignore[arg-type]


class TestTheLog:
    def test_says_who_did_what_before_and_after(self, officer: FlaskClient) -> None:
        before, after = {"closes_on": "2026-07-15"}, {"closes_on": "2026-07-31"}
        note(world.OFFICER, "plan.window", world.NAM_SAI, before=before, after=after)
        page = officer.get("/office/audit").get_data(as_text=True)
        assert "เปลี่ยนวันเปิดปิดบริการ" in page
        assert "คุณorathai" in page
        assert re.search(r"<del>15 ก\.ค\. 2569</del> → <ins>31 ก\.ค\. 2569</ins>", page)

    def test_is_read_by_area(self, the_world: Session) -> None:
        note(world.OFFICER, "plan.window", world.NAM_SAI)
        note(world.OFFICER, "plan.round", world.FAR)
        assert [one.act for one in read("TH.43.4301.")] == ["plan.window"]
        assert [one.act for one in read("TH.43.4302.")] == ["plan.round"]
        assert [one.act for one in read("TH.43.")] == ["plan.round", "plan.window"]
        assert read() == []

    def test_is_for_officers_only(self, nida: FlaskClient, mali: Handset) -> None:
        assert nida.get("/office/audit").status_code == 403
        assert mali.client.get("/office/audit").status_code == 403
        with transaction(Scope("inspector", world.NIDA, ("TH.43.4301.",))) as session:
            assert log.listed(session, log.Filters()).entries == []

    def test_shows_what_lies_nowhere_to_the_department_only(self, the_world: Session) -> None:
        with transaction(Scope("officer", world.OFFICER, ("TH.",))) as session:
            audit.note(session, "demo.loaded", None, None)
        assert [one.act for one in read("TH.")] == ["demo.loaded"]
        assert read("TH.43.") == []


class TestTheFilters:
    def test_narrow_by_act_person_area_and_day(self, the_world: Session) -> None:
        note(world.OFFICER, "plan.window", world.NAM_SAI)
        note(world.VIEWER, "plan.round", world.FAR)
        today = date.today() + timedelta(days=1)  # Thailand is ahead of Greenwich
        assert [one.act for one in read("TH.", act="plan.round")] == ["plan.round"]
        assert [one.act for one in read("TH.", person=world.OFFICER)] == ["plan.window"]
        assert [one.act for one in read("TH.", within="TH.43.4302.")] == ["plan.round"]
        assert len(read("TH.", since=today - timedelta(days=2), until=today)) == 2
        assert read("TH.", since=today + timedelta(days=1)) == []
        assert read("TH.43.4302.", within="TH.43.4301.") == []

    def test_that_are_no_day_are_told_and_kept(self, officer: FlaskClient) -> None:
        page = officer.get("/office/audit?since=32/13/2569").get_data(as_text=True)
        assert "อ่านวันที่ไม่ได้" in page
        assert 'value="32/13/2569"' in page

    @pytest.mark.parametrize("asked", ["before=x", "before=-1", "person=7", "before=" + "9" * 30])
    def test_refuse_nonsense(self, officer: FlaskClient, asked: str) -> None:
        assert officer.get(f"/office/audit?{asked}").status_code == 400

    def test_never_reach_another_area(self, officer: FlaskClient) -> None:
        assert officer.get("/office/audit?area=10").status_code == 404


class TestManyEntries:
    def test_come_page_by_page_without_gap_or_double(
        self, officer: FlaskClient, owner_engine: Engine
    ) -> None:
        with owner_engine.begin() as connection:
            connection.execute(
                text(
                    "insert into audit_entries (act, path, subject) select 'plan.window', :path, "
                    "jsonb_build_object('count', n) from generate_series(1, 120) n"
                ),
                {"path": world.PATHS[world.NAM_SAI]},
            )
        seen: list[str] = []
        address = "/office/audit?act=plan.window"
        while address:
            page = officer.get(address).get_data(as_text=True)
            seen += re.findall(r"<small>จำนวน: (\d+)</small>", page)
            more = re.search(r'rel="next" href="([^"]+)"', page)
            address = more[1].replace("&amp;", "&") if more else ""
        assert seen == [str(n) for n in range(120, 0, -1)]
