"""Versions as data: merged, known by their digest, never edited once published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from webapp.domain import engine, questionnaire

EXTRA = Path(__file__).parent.parent / "questionnaires"


@pytest.fixture(autouse=True)
def extra_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPT_QUESTIONNAIRES_EXTRA", str(EXTRA))


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(questionnaire, "PUBLISHED", tmp_path / "published.json")
    return tmp_path / "published.json"


class TestAVersion:
    def test_is_found_among_ours_and_in_the_extra_folder(self) -> None:
        assert {"bmn-31", "tiny-3"} <= set(questionnaire.versions())
        assert questionnaire.exists("tiny-3")
        assert not questionnaire.exists("../questionnaires")

    def test_is_merged_from_its_files(self) -> None:
        definition = questionnaire.load("tiny-3")
        assert definition["id"] == "tiny-3"
        assert [one["id"] for one in definition["questions"]] == ["home.a", "home.b", "read.1"]
        assert questionnaire.indicator_numbers("tiny-3") == (1, 2)

    def test_that_nobody_has_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            questionnaire.load("bmn-99")

    def test_has_the_same_bytes_however_it_is_written(self) -> None:
        content = questionnaire.content("tiny-3")
        assert json.loads(content) == questionnaire.load("tiny-3")
        assert "แบบสอบถามทดลองสามข้อ".encode() in content
        assert len(questionnaire.digest("tiny-3")) == 64

    @pytest.mark.parametrize("version", ["bmn-31", "tiny-3"])
    def test_has_no_problems(self, version: str) -> None:
        assert engine.check(questionnaire.load(version)) == []

    @pytest.mark.parametrize("version", ["bmn-31", "tiny-3"])
    def test_is_named_like_its_folder(self, version: str) -> None:
        assert questionnaire.load(version)["id"] == version


class TestAPublishedVersion:
    def test_is_still_what_was_published(self) -> None:
        changed = [one for one in questionnaire.published() if not questionnaire.is_unchanged(one)]
        assert not changed, "a published version is never edited: make a new one"

    def test_is_on_record(self, record: Path) -> None:
        digest = questionnaire.publish("tiny-3")
        assert questionnaire.published() == {"tiny-3": digest}
        assert questionnaire.publish("tiny-3") == digest
        assert json.loads(record.read_text()) == {"tiny-3": digest}

    def test_that_was_edited_is_refused(self, record: Path) -> None:
        record.write_text(json.dumps({"tiny-3": "0" * 64}))
        assert not questionnaire.is_unchanged("tiny-3")
        with pytest.raises(questionnaire.ChangedAfterPublication):
            questionnaire.publish("tiny-3")
