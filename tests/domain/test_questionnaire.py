"""The published versions of the questionnaire: sound, and never edited."""

from __future__ import annotations

import hashlib
import json

import pytest

from webapp.domain import engine, questionnaire

PUBLISHED = questionnaire.published()


@pytest.mark.parametrize("version", ["bmn-31"])
def test_a_version_has_nothing_to_complain_of(version: str) -> None:
    assert engine.check(questionnaire.load(version)) == []


def test_the_current_version_is_published() -> None:
    assert "bmn-31" in PUBLISHED


@pytest.mark.parametrize("version", sorted(PUBLISHED))
def test_a_published_version_is_never_edited(version: str) -> None:
    assert questionnaire.digest(version) == PUBLISHED[version]


def test_the_digest_is_of_exactly_what_phones_receive() -> None:
    content = questionnaire.content("bmn-31")
    assert hashlib.sha256(content).hexdigest() == questionnaire.digest("bmn-31")
    assert json.loads(content) == questionnaire.load("bmn-31")


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(KeyError):
        questionnaire.load("../bmn-31")
