"""The shared vectors once more, in the browser that phones have."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from webapp.domain import engine, questionnaire

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

VECTORS = json.loads((questionnaire.HOME / "vectors.json").read_text(encoding="utf-8"))
JUDGE_ALL = """([versions, cases]) => cases.map(([version, settings, interview]) => {
    const key = version + settings
    const judged = ENGINE.judge(key, interview)
    if (judged) return judged
    ENGINE.keep(key, versions[version], settings)
    return ENGINE.judge(key, interview)
})"""


def case(vector: dict[str, Any]) -> list[str]:
    settings = json.dumps(vector.get("settings", {}))
    return [vector["questionnaire"], settings, json.dumps(vector["interview"])]


class TestChromium:
    def test_says_of_every_vector_what_quickjs_says(self, phone: BrowserContext) -> None:
        names = {vector["questionnaire"] for vector in VECTORS}
        versions = {name: questionnaire.content(name).decode() for name in names}
        page = phone.new_page()
        page.evaluate(engine._source())
        found = page.evaluate(JUDGE_ALL, [versions, [case(vector) for vector in VECTORS]])
        for vector, said in zip(VECTORS, found, strict=True):
            here = engine.judge(
                vector["questionnaire"], vector["interview"], vector.get("settings")
            )
            assert json.loads(said) == here, vector["why"]
