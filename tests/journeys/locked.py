"""A phone's lock, as a volunteer and somebody who searches the whole browser profile meet it."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests import world
from tests.volunteer import Volunteer

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LISTED, OTHERS = "วาฬบิน โคจรดวงจันทร์", "หิ่งห้อย ใต้ทะเลลึก"
"""Heads of households in Mali's list and in Chai's: words that nothing else contains."""
TYPED = "แมงกะพรุนขี่จักรยาน"


def readable(folder: Path, *secrets: str) -> list[tuple[str, str]]:
    """File and secret, wherever a browser's profile tells one in a way that text is written.

    LevelDB compresses with Snappy, which leaves the first of a word it has not seen as it is.
    """
    found = []
    for path in (one for one in folder.rglob("*") if one.is_file() and not one.is_symlink()):
        content = path.read_bytes()
        for secret in secrets:
            ways = [secret.encode(way) for way in ("utf-8", "utf-16-le", "utf-16-be")]
            ways += [base64.b64encode(secret.encode())[:-4], secret.encode("unicode_escape")]
            found += [(path.name, secret) for way in ways if way in content]
    return found


def lock_screen(page: Page) -> Locator:
    """Where the PIN is asked."""
    return page.locator("form.lock")


def give(page: Page, *secrets: str) -> None:
    """Into the one box, or both."""
    for box, secret in zip(("#lock-secret", "#lock-again"), secrets, strict=False):
        page.locator(box).fill(secret)
    page.locator("form.lock button[type=submit]").tap()


def is_drafting(mali: Volunteer) -> None:
    """What she typed is before her again."""
    mali.open_list_at("2/1")
    expect(mali.page.locator("#cover-soi")).to_have_value(TYPED, timeout=15_000)


def sign_in_again(page: Page, name: str = "mali") -> None:
    """On the sign-in page, to which the app led."""
    page.wait_for_url("**/sign-in?**")
    page.locator("#username").fill(name)
    page.locator("#password").fill(world.PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).tap()
