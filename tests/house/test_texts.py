"""The client's texts: every one in both languages, with the same blanks to fill."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import pytest

from tests.house import tree

FOLDER = tree.ROOT / "webapp/client/ui/texts"
READ = """
    const texts = {}
    for (const path of process.argv.slice(1)) texts[path] = (await import(path)).default
    console.log(JSON.stringify(texts))
"""
CALL = re.compile(r"""\bt\(\s*['"`]([a-z_]+)\.([a-z0-9_.]+)['"`]""")


@pytest.fixture(scope="module")
def texts() -> dict[str, dict[str, Any]]:
    """Texts by `language/area`, read by Node as the client reads them."""
    paths = sorted(FOLDER.glob("[a-z][a-z]/*.ts"))
    done = subprocess.run(
        [tree.program("node"), "--input-type=module", "-e", READ, "--", *map(str, paths)],
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return {f"{path.parent.name}/{path.stem}": found[str(path)] for path in paths}


def areas(texts: dict[str, Any], language: str) -> set[str]:
    return {name.split("/")[1] for name in texts if name.startswith(f"{language}/")}


class TestATextOfTheClient:
    def test_is_there_in_thai_and_in_english(self, texts: dict[str, Any]) -> None:
        assert areas(texts, "th")
        assert areas(texts, "th") == areas(texts, "en")
        for area in areas(texts, "th"):
            assert texts[f"th/{area}"].keys() == texts[f"en/{area}"].keys(), area

    def test_has_the_same_blanks_in_both_languages(self, texts: dict[str, Any]) -> None:
        for area in areas(texts, "th") & areas(texts, "en"):
            for key, thai in texts[f"th/{area}"].items():
                english = str(texts[f"en/{area}"].get(key))
                blanks = [set(re.findall(r"\{(\w+)\}", str(t))) for t in (thai, english)]
                assert blanks[0] == blanks[1], f"{area}.{key}"

    def test_in_thai_is_thai(self, texts: dict[str, Any]) -> None:
        for name, area in texts.items():
            if name.startswith("th/"):
                area = {k: v for k, v in area.items() if k != "language"}  # named in itself
                for key, text in area.items():
                    words = re.sub(r"\{\w+\}", "", str(text))
                    assert not re.search("[A-Za-z]{3}", words) or re.search("[ก-๙]", words), key

    def test_that_a_screen_asks_for_is_there(self, texts: dict[str, Any]) -> None:
        missing = {
            f"{name}: {area}.{key}"
            for name in tree.files(".ts")
            if name.startswith("webapp/client/")
            for area, key in CALL.findall(tree.text(name))
            if key not in texts.get(f"th/{area}", {})
        }
        assert not missing, "\n".join(sorted(missing))
