"""Somebody who switches every screen of the app to English and back, and reads it out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from tests import thai_words
from tests.families import Family
from tests.journeys.looking import Looking

if TYPE_CHECKING:
    from playwright.sync_api import Page

SPEAK = """language => {
    document.documentElement.lang = language
    dispatchEvent(new PopStateEvent('popstate'))
}"""
"""What the switch in the menu does, without leaving the screen for the menu."""
SAID = """() => {
    const seen = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const words = []
    for (let at = seen.nextNode(); at; at = seen.nextNode()) {
        const inside = at.parentElement
        if (!inside.closest('[lang=th], script, style, noscript, textarea'))
            words.push(at.textContent)
    }
    for (const one of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
        if (one.closest('[lang=th]')) continue
        for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
            words.push(one.getAttribute(name) ?? '')
    }
    return words.join(' ')
}"""
LATIN = re.compile("[A-Za-z]{3,}")
SETTLED = "new Promise(done => requestAnimationFrame(() => setTimeout(done, 60)))"


class InEnglish:
    """Thai that is no data on the screens read so far."""

    def __init__(self, register: Session, family: Family) -> None:
        self.known = thai_words.in_the_register(register)
        for person in family.people:
            self.known |= set(thai_words.THAI.findall(" ".join(map(str, person.values()))))
        self.problems: list[str] = []
        self.read: list[str] = []

    def at(self, page: Page, name: str) -> None:
        """Note what is still Thai when the screen that is open speaks English."""
        page.evaluate(SPEAK, "en")
        page.evaluate(SETTLED)
        words = str(page.evaluate(SAID))
        self.read.append(name)
        left = sorted(thai_words.left(words, self.known))
        if len(LATIN.findall(words)) < 3:
            self.problems.append(f"{name}: says nothing in English")
        self.problems += [f"{name}: {left}"] if left else []
        page.evaluate(SPEAK, "th")
        page.evaluate(SETTLED)


class InBothLanguages:
    """Screens that are looked at, and then read in English."""

    def __init__(self, register: Session, family: Family) -> None:
        self.looking = Looking()
        self.english = InEnglish(register, family)

    def at(self, page: Page, name: str) -> None:
        """The screen that is open."""
        self.looking.at(page, name)
        self.english.at(page, name)

    @property
    def problems(self) -> list[str]:
        """Whatever was found."""
        return self.looking.problems + self.english.problems
