"""How long a slow phone takes: `python tests/benchmarks/phone.py [--lock FILE]`.

A program, not a test. It reads the register that JPT_* variables name (made by `flask demo
generate`), signs in as the volunteer of one made-up village of it (1,000 households), and prints
what the same Chromium as in the tests takes at a quarter of its speed, with no network.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bin"))

import psycopg  # noqa: E402
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright  # noqa: E402

from tests.benchmarks.reading import address_of  # noqa: E402
from tests.browsing import Client  # noqa: E402
from tests.fixtures.application import Server  # noqa: E402
from tests.fixtures.browser import LAUNCH, PHONE  # noqa: E402
from tests.volunteer import CONTROLLED, Volunteer  # noqa: E402
from webapp.domain import questionnaire  # noqa: E402

SLOWER, TIMES = 4, 7
VILLAGE = """
    select village_code from households h join accounts a on a.username = 'mass-' || h.village_code
    group by village_code having count(*) >= 1000 order by 1 limit 1
"""
PASSWORD = "mass-demo-2565"
TURNED = """() => new Promise((done) => {
  const button = document.querySelector('nav.bar [data-next]'), before = location.pathname
  const begun = performance.now()
  const look = () => location.pathname !== before && document.querySelector('h1')
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)))
    : requestAnimationFrame(look)
  button.click()
  look()
})"""
"""From the tap to the frame after the next screen stands."""

HEAP = "() => performance.memory.usedJSHeapSize / 1048576"


def shell(port: int) -> None:
    """Bytes that the installation transfers, packed as a browser of today takes them."""
    packed = {"Accept-Encoding": "gzip, deflate, br"}
    client = Client(port)
    worker = client.get("/service-worker.js").text

    kept = json.loads(worker.split("self.KEPT=", 1)[1].split("];", 1)[0] + "]")

    addresses = [one["url"] for one in kept] + ["/service-worker.js"]
    addresses.append(f"/questionnaires/bmn-31/{questionnaire.digest('bmn-31')}.json")
    sizes = {one: len(client.get(one, headers=packed).data) for one in addresses}
    for address, size in sorted(sizes.items(), key=lambda one: -one[1]):
        print(f"  {size / 1000:8.1f} kB {address}")
    print(f"shell with fonts and questionnaire: {sum(sizes.values()) / 1000:.0f} kB in all")


class Held(Volunteer):
    """The volunteer of a village of the mass."""

    def begin(self, village: str) -> None:
        """Signed in, with everything on the phone."""
        page = self.page
        page.goto(f"{self.address}/sign-in?next=/app/")
        page.locator("#username").fill(f"mass-{village}")
        page.locator("#password").fill(PASSWORD)
        page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).tap()
        self.unlock()
        expect(page.locator(".houses .house").first).to_be_visible(timeout=60_000)
        page.evaluate(CONTROLLED)


def slow_down(context: BrowserContext, page: Page) -> None:
    """The processor does a quarter of its work from now on, and there is no network."""
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    context.set_offline(True)


def start_ms(volunteer: Held) -> tuple[float, float]:
    """From the address to the PIN's field, and from the PIN to the list."""
    page = volunteer.page
    begun = perf_counter()
    page.goto(f"{volunteer.address}/app/", wait_until="commit")
    page.locator("#lock-secret").wait_for()
    asked = perf_counter()
    volunteer.unlock()
    page.locator(".houses .house").first.wait_for()
    return (asked - begun) * 1000, (perf_counter() - asked) * 1000


def say(name: str, times: list[float]) -> None:
    print(f"{name:52}{median(times):8.0f} ms, at most {max(times):.0f} ms", flush=True)


def measure(volunteer: Held) -> None:
    """The whole table of one phone."""
    slow_down(volunteer.context, volunteer.page)
    starts = [start_ms(volunteer) for _ in range(TIMES)]
    say("cold offline start: to the PIN", [one for one, _ in starts])
    say("from the PIN (Argon2id) to a list of 1,000", [one for _, one in starts])
    print(f"heap with the list open: {volunteer.page.evaluate(HEAP):.0f} MB")
    volunteer.page.get_by_role("link", name="เพิ่มครัวเรือน").first.tap()
    volunteer.page.locator("#new-number").fill("1234/5")
    volunteer.next()
    volunteer.tap("ยินดีให้ข้อมูล")
    volunteer.fill_cover()
    volunteer.next()
    volunteer.add_people()
    volunteer.next()
    volunteer.is_at("สารบัญ")
    volunteer.next()
    turns = []
    while len(turns) < 40 and "/question/" in volunteer.page.url:
        volunteer.answer_screen()
        volunteer.page.locator("nav.bar [data-next]").wait_for()
        turns.append(float(volunteer.page.evaluate(TURNED)))
    say("tap to next question", turns)
    print(f"  nineteen of twenty within {sorted(turns)[int(len(turns) * 0.95)]:.0f} ms")
    print(f"heap in an interview: {volunteer.page.evaluate(HEAP):.0f} MB")


def alone(lock: str | None, act: Callable[[], None]) -> None:
    """With the machine to itself where others wait for this lock."""
    if lock is None:
        return act()
    with Path(lock).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        return act()


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lock", help="a file that others lock while they are busy")
    lock = asked.parse_args().lock
    with psycopg.connect(address_of("JPT_LOADER_URL")) as connection:
        [village] = connection.execute(VILLAGE).fetchone() or ("",)
    server = Server(dict(os.environ), Path(tempfile.mkdtemp()) / "log", workers=1)
    server.start()
    try:
        shell(server.port)
        with sync_playwright() as driver, driver.chromium.launch(**LAUNCH) as browser:
            volunteer = Held(browser.new_context(**PHONE), server.address)
            volunteer.page.set_default_timeout(60_000)
            volunteer.begin(str(village))
            alone(lock, lambda: measure(volunteer))
    finally:
        server.stop()


if __name__ == "__main__":
    main()
