"""flask questionnaire: check, evaluate, publish."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from webapp.cli.questionnaire import questionnaire_cli
from webapp.domain import questionnaire

EXTRA = Path(__file__).parent.parent / "questionnaires"
INTERVIEW = {
    "interview": "0199",
    "date": "2026-11-23",
    "mode": "doorstep",
    "members": [{"id": "m1", "born": "1990"}],
    "answers": {"home.a": "hired", "home.b": 0, "read.1": {"who": {}}},
}


@pytest.fixture(autouse=True)
def extra_versions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JPT_QUESTIONNAIRES_EXTRA", f"{EXTRA}:{tmp_path}")
    monkeypatch.setattr(questionnaire, "PUBLISHED", tmp_path / "published.json")


def run(*arguments: str, lines: str = "") -> Result:
    return CliRunner().invoke(questionnaire_cli, arguments, input=lines)


def said(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def broken_version(folder: Path, name: str, **changes: object) -> None:
    definition = questionnaire.load("tiny-3") | {"id": name} | changes
    (folder / name).mkdir()
    (folder / name / "version.json").write_text(json.dumps(definition))


class TestCheck:
    def test_finds_our_versions_sound(self) -> None:
        result = run("check", "--all")
        assert result.exit_code == 0, result.output
        assert "bmn-31: ถูกต้อง" in result.output
        assert "tiny-3: ถูกต้อง" in result.output

    def test_says_in_plain_words_what_is_wrong(self, tmp_path: Path) -> None:
        rule = questionnaire.load("tiny-3")["rules"][0] | {"fails_when": "#home.c <= 0"}
        broken_version(tmp_path, "broken-rule", rules=[rule])
        result = run("check", "broken-rule")
        assert result.exit_code == 1
        assert "rule T1, fails_when: ไม่มีข้อ home.c (ตัวอักษรที่ 1)" in result.output

    def test_survives_a_definition_without_shape(self, tmp_path: Path) -> None:
        broken_version(tmp_path, "broken-shape", questions=[5], sections=[{}])
        assert "โครงสร้างไม่ถูกต้อง" in run("check", "broken-shape").output

    def test_names_the_versions_there_are(self) -> None:
        result = run("check", "bmn-99")
        assert result.exit_code == 1
        assert "bmn-31" in result.output


class TestEvaluate:
    def test_prints_results_and_failures_of_each_interview(self) -> None:
        result = run("evaluate", "tiny-3", lines=json.dumps(INTERVIEW) + "\n\n")
        (line,) = said(result)
        assert result.exit_code == 0
        assert (line["line"], line["interview"]) == (1, "0199")
        assert line["indicators"][1] == {"no": 2, "result": "met", "eligible": 1, "failing": 0}
        assert line["failures"] == [{"id": "T1", "code": "T1", "severity": "hard"}]
        assert "cover.visit_date" in line["missing"]

    def test_obeys_a_rounds_settings(self) -> None:
        lines = json.dumps(INTERVIEW | {"answers": {"home.a": "hired", "home.b": 3000}})
        for line, result in (("3000", "met"), ("2999", "not_met")):
            output = run("evaluate", "tiny-3", "--setting", f"rent_line={line}", lines=lines)
            assert said(output)[0]["indicators"][0]["result"] == result

    def test_refuses_a_setting_that_is_none(self) -> None:
        assert "rent_line" in run("evaluate", "tiny-3", "--setting", "x=1").output
        assert run("evaluate", "tiny-3", "--setting", "rent_line=มาก").exit_code == 1

    def test_goes_on_after_a_line_it_cannot_read(self) -> None:
        result = run("evaluate", "tiny-3", lines="{\n5\n" + json.dumps(INTERVIEW))
        assert result.exit_code == 1
        assert ["problem" in line for line in said(result)] == [True, True, False]


class TestPublish:
    def test_puts_the_digest_on_record_once_and_for_all(self) -> None:
        assert questionnaire.digest("tiny-3") in run("publish", "tiny-3").output
        assert questionnaire.published() == {"tiny-3": questionnaire.digest("tiny-3")}
        questionnaire.PUBLISHED.write_text(json.dumps({"tiny-3": "0" * 64}))
        assert run("publish", "tiny-3").exit_code == 1
        assert "ถูกแก้ไข" in run("check", "tiny-3").output

    def test_refuses_a_version_with_problems(self, tmp_path: Path) -> None:
        broken_version(tmp_path, "broken-name", name_th="")
        assert run("publish", "broken-name").exit_code == 1
        assert not questionnaire.published()
