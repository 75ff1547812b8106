"""The texts of the server's pages: every one in both languages, with the same blanks to fill."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.house import tree
from webapp import wording
from webapp.blueprints.language import said_date

ASKED = re.compile(r"""\bt\(\s*["']([a-z_]+\.[a-z0-9_]+)["']""")
BLANKS = re.compile(r"\{(\w+)\}")


def is_there(key: str) -> bool:
    """Whether there is a text of this key, or texts that begin so (`t("area.is_" ~ state)`)."""
    known = wording.texts("th")
    return key in known or (key.endswith("_") and any(one.startswith(key) for one in known))


class TestATextOfAPage:
    def test_is_there_in_thai_and_in_english_with_the_same_blanks(self) -> None:
        thai, english = wording.texts("th"), wording.texts("en")
        assert thai.keys() == english.keys(), "each text in both languages, acts too"
        for key, text in thai.items():
            assert sorted(BLANKS.findall(text)) == sorted(BLANKS.findall(english[key])), key

    def test_in_thai_is_thai(self) -> None:
        for key, text in wording.texts("th").items():
            words = BLANKS.sub("", text)
            assert re.search("[ก-๙]", words) or not re.search("[A-Za-z]{3}", words), key

    def test_that_a_page_asks_for_is_there(self) -> None:
        sources = [*tree.files(".html"), *tree.files(".py")]
        missing = {
            f"{name}: {key}"
            for name in sources
            if name.startswith(("webapp/templates/", "webapp/blueprints/"))
            for key in ASKED.findall(tree.text(name))
            if not is_there(key)
        }
        assert not missing, "\n".join(sorted(missing))

    @pytest.mark.parametrize("language", wording.LANGUAGES)
    def test_is_said_with_its_blanks_filled(self, language: str) -> None:
        assert "7" in wording.say(language, "office.selected", count=7)
        assert wording.say(language, "ไม่ใช่ชื่อของข้อความ") == "ไม่ใช่ชื่อของข้อความ"


class TestADay:
    @pytest.mark.parametrize(("language", "said"), [("th", "23 พ.ย. 2569"), ("en", "23 Nov 2569")])
    def test_is_said_in_the_language_chosen(self, app: Flask, language: str, said: str) -> None:
        with app.test_request_context(headers={"Cookie": f"jpt-language={language}"}):
            assert said_date("2026-11-23") == said
