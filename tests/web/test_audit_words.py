"""What an entry of the audit log says is in words: its fields, its codes, areas and people."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import world
from tests.handset import sign_in
from tests.house import tree
from webapp import wording
from webapp.db import transaction
from webapp.domain.actors import Scope
from webapp.models.quality import SUBJECTS
from webapp.services import audit


def fields_noted() -> set[str]:
    """Every field that some part of the application names to the log, read from its source."""
    found: set[str] = set()
    for name in tree.files(".py"):
        if name.startswith("webapp/"):
            for node in ast.walk(ast.parse(tree.text(name))):
                if isinstance(node, ast.FunctionDef):
                    found |= _fields_of(node)
    return found


def _fields_of(function: ast.FunctionDef) -> set[str]:
    """Fields in the calls of one function; a dictionary may have been given a name before."""
    kept = {
        target.id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: set[str] = set()
    for keyword in _keywords(function):
        value = keyword.value
        if keyword.arg in ("before", "after"):
            found |= _keys(kept.get(value.id, value) if isinstance(value, ast.Name) else value)
        elif keyword.arg:
            found.add(keyword.arg)
    return found


def _keywords(function: ast.FunctionDef) -> Iterator[ast.keyword]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("audit.note", "audit.entry"):
            yield from node.keywords


def _keys(value: ast.expr) -> set[str]:
    keys = [one for node in ast.walk(value) if isinstance(node, ast.Dict) for one in node.keys]
    return {str(one.value) for one in keys if isinstance(one, ast.Constant)}


class TestAField:
    def test_has_its_words_in_both_languages(self) -> None:
        noted = fields_noted()
        assert {"finding", "issued_on", "counts"} <= noted
        for language in wording.LANGUAGES:
            keys = wording.texts(language)
            lacking = {one for one in noted if f"audit.field_{one}" not in keys}
            assert not lacking, (language, lacking)

    def test_says_which_figure_was_explained(self) -> None:
        for language in wording.LANGUAGES:
            assert {f"audit.subject_{one}" for one in SUBJECTS} <= set(wording.texts(language))


class TestAnEntry:
    @pytest.fixture
    def page(self, app: Flask, the_world: Session) -> str:
        """What Orathai of the province reads after three acts in Nam Sai."""
        path = world.PATHS[world.NAM_SAI]
        with transaction(Scope("officer", world.OFFICER, ("TH.",))) as session:
            audit.note(session, "finding.explained", None, path, code="income_high", finding=7)
            audit.note(session, "custody.aside", None, path, reason="unknown_author")
            audit.note(
                session, "assignment.handed_over", None, path,
                area=world.NAM_SAI, other=world.MALI, reason="ย้ายบ้าน",
            )  # fmt: skip
        client = app.test_client()
        sign_in(client, "orathai")
        return client.get("/office/audit").get_data(as_text=True)

    def test_says_codes_in_words(self, page: str) -> None:
        assert "income_high" not in page
        assert "รายได้" in page
        assert "เหตุผล: ยืนยันผู้เก็บไม่ได้" in page
        assert "เหตุผล: ย้ายบ้าน" in page

    def test_names_areas_and_people(self, page: str) -> None:
        assert f"พื้นที่: {world.NAM_SAI}" not in page
        assert str(world.MALI) not in page
        assert "ผู้รับช่วง: คุณmali" in page

    def test_says_in_a_persons_history_where_and_as_what(
        self, app: Flask, the_world: Session
    ) -> None:
        after = {"role": "volunteer", "home_village": world.DON}
        with transaction(Scope("officer", world.OFFICER, ("TH.",))) as session:
            path, mali = world.PATHS[world.NAM_SAI], str(world.MALI)
            audit.note(session, "person.created", None, path, after=after, account=mali)
        client = app.test_client()
        sign_in(client, "orathai")
        page = client.get(f"/office/people/{world.MALI}").get_data(as_text=True)
        history = page[page.index('class="history"') :]
        assert "บทบาท: อาสาสมัคร" in history
        assert world.DON not in history
