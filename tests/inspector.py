"""An inspector at the map: what she does with finger, mouse and keys, and what she sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests import world
from tests.fixtures.database import VAR

if TYPE_CHECKING:
    from uuid import UUID

    from playwright.sync_api import BrowserContext, Locator

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Inspector:
    """Nida, signed in, with the map open; what the browser complains of is kept."""

    def __init__(self, context: BrowserContext, address: str, name: str = "nida") -> None:
        self.page, self.address = context.new_page(), address
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )
        self.page.goto(f"{address}/sign-in?next=/map")
        self.page.locator("#username").fill(name)
        self.page.locator("#password").fill(world.PASSWORD)
        self.page.get_by_role("button", name="เข้าสู่ระบบ").click()
        expect(self.page.locator(".household-line").first).to_be_visible()

    def line(self, household: UUID) -> Locator:
        """The household's line in the list."""
        return self.page.locator(f'[data-id="{household}"]')

    @property
    def title(self) -> Locator:
        """The heading of the household that is open."""
        return self.page.locator("#panel-title")

    def choose(self, household: UUID) -> None:
        """Open a household from the list."""
        self.line(household).click()
        expect(self.page.locator(f'#panel [data-household="{household}"]')).to_be_visible()

    def filter(self, name: str, value: str) -> None:
        """Choose what to see."""
        self.page.locator(f"#filter-{name}").select_option(value)

    def asked(self) -> dict[str, str]:
        """What the address bar says."""
        found: dict[str, str] = self.page.evaluate(
            "Object.fromEntries(new URLSearchParams(location.search))"
        )
        return found

    def look(self, name: str) -> list[str]:
        """A picture for people; what axe and a ruler find wrong with what is on the screen."""
        folder = VAR / "screens"
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.png")
        found = Axe().run(self.page).response["violations"]
        told = [f"{one['id']} {node['target']}" for one in found for node in one["nodes"][:3]]
        wide = self.page.evaluate(WIDER)
        return [f"{name}: {one}" for one in told + ([f"{wide} px wider"] if wide else [])]
