"""The texts of the pages the server renders: one file an area and language, Thai the fallback."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from webapp.domain.policy import ROUTES
from webapp.domain.problems import SENTENCES

FOLDER = Path(__file__).parent / "texts"
THAI, ENGLISH = "th", "en"
LANGUAGES = (THAI, ENGLISH)


def key_of(code: str) -> str:
    """The text of a problem by its code."""
    return f"problems.{code.replace('-', '_')}"


_PROBLEMS = {key_of(code): sentence for code, sentence in SENTENCES.items()}
_ACTS = {f"acts.{route.replace('.', '__')}": rule.act_th for route, rule in ROUTES.items()}
_BLANK = re.compile(r"\{(\w+)\}")


@cache
def texts(language: str) -> dict[str, str]:
    """Every text of a language by `area.key`; Thai of problems and acts is the domain's."""
    found = {
        f"{file.stem}.{key}": text
        for file in sorted((FOLDER / language).glob("*.json"))
        for key, text in json.loads(file.read_text(encoding="utf-8")).items()
    }
    return found | (_PROBLEMS | _ACTS if language == THAI else {})


def say(language: str, key: str, **values: object) -> str:
    """The text of `area.key` with its {blanks} filled in.

    A sentence that is no key (an error that a service has already put into words) is said as it is.
    """
    text = texts(language).get(key) or texts(THAI).get(key) or key
    return _BLANK.sub(lambda blank: str(values.get(blank[1], blank[0])), text) if values else text
