"""Somebody who looks at screens: a picture for people; axe, a ruler and the demo's mark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from tests.fixtures.database import VAR

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

SMALL = """() => {
    const own = (one) => one.matches('input') && one.closest('label') || one
    const inText = (one) => one.matches('a') && getComputedStyle(one).display === 'inline'
    const all = document.querySelectorAll('button, a[href], select, input, textarea, summary')
    const seen = [...all].filter((one) => one.checkVisibility() && !inText(one)).map(own)
    return [...new Set(seen)].flatMap((one) => {
        const { width, height } = one.getBoundingClientRect()
        const isSmall = width > 1 && Math.min(width, height) < 47.5
        return isSmall ? [`${one.tagName} ${one.className} ${Math.round(height)}`] : []
    })
}"""
"""What is smaller than a thumb: nothing under 48 px may have to be hit on a phone."""


class Looking:
    """What is wrong with the screens seen so far."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.seen: list[str] = []
        self.folder = Path(VAR) / "screens"
        self.folder.mkdir(parents=True, exist_ok=True)

    def at(self, page: Page, name: str, *, picture: bool = True) -> None:
        """Note what is wrong with the screen that is open."""
        self.seen.append(name)
        if picture:
            page.screenshot(path=self.folder / f"{name}.png")
        found = Axe().run(page).response["violations"]
        told = [f"{one['id']} {node['target']}" for one in found for node in one["nodes"][:3]]
        told += [] if page.locator(".top__demo").count() else ["not marked as made-up data"]
        told += [f"small: {one}" for one in page.evaluate(SMALL)] if is_phone(page) else []
        wide = page.evaluate(WIDER)
        told += [f"{wide} px wider than the screen"] if wide > 0 else []
        self.problems += [f"{name}: {one}" for one in told]


def is_phone(page: Page) -> bool:
    """Whether fingers do it here, not a mouse."""
    return bool(page.evaluate("matchMedia('(pointer: coarse)').matches"))
