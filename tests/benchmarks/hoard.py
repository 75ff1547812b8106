"""What 200 finished interviews with evidence cost a phone: `python tests/benchmarks/hoard.py`.

A program, not a test. On the stage of the intake benchmark a volunteer's Chromium holds 200 sealed
interviews, each with a photo of 120 KB and a signature of 8 KB, lists them, and sends them when
there is a network again. Printed are the page's heap and the memory of its process (PSS).
"""

from __future__ import annotations

import base64
import hashlib
import sys
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bin"))

from playwright.sync_api import Browser, CDPSession, Page, expect, sync_playwright  # noqa: E402

from tests import world  # noqa: E402
from tests.benchmarks import making  # noqa: E402
from tests.benchmarks.stage import Stage, pss_mb  # noqa: E402
from tests.fixtures.browser import LAUNCH, PHONE  # noqa: E402
from tests.handset import Sealed  # noqa: E402
from tests.volunteer import CONTROLLED, MOVE, Volunteer  # noqa: E402

COUNT, PATIENCE_S = 200, 300
FINISHED = """async ({ entry, blobs }) => {
  const octets = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0))
  const work = await new Promise((done) => {
    const asked = indexedDB.open('jpt-work'); asked.onsuccess = () => done(asked.result)
  })
  const writing = work.transaction(['entries', 'sealed'], 'readwrite')
  const sealed = writing.objectStore('sealed')
  for (const [sha256, bytes] of blobs) sealed.put({ sha256, bytes: octets(bytes) })
  writing.objectStore('entries').put({ ...entry, due: Date.now() })
  await new Promise((done, failed) => { writing.oncomplete = done; writing.onabort = failed })
  work.close()
}"""
STATES = """() => new Promise((done) => {
  const asked = indexedDB.open('jpt-work')
  asked.onsuccess = () => {
    const entries = asked.result.transaction('entries').objectStore('entries')
    const complete = entries.index('state').count('complete')
    complete.onsuccess = () => { asked.result.close(); done(complete.result) }
  }
})"""


def entry_of(one: Sealed, envelope_sha256: str) -> dict[str, Any]:
    """The interview as the outbox keeps it, finished a moment ago."""
    files = [
        {"sha256": sha256, "size": len(content), "ingest_key": one.key}
        for sha256, content in one.files.items()
    ]
    envelope = {"sha256": envelope_sha256, "size": len(one.envelope), "ingest_key": one.key}
    moment = one.document["finished_at"]
    return {
        "digest": one.digest,
        "interview": one.interview,
        "number": 1,
        "based_on": [],
        "round": one.document["round"],
        "household": one.document["household"]["id"],
        "account": str(world.MALI),
        "device": one.device,
        "signature": one.signature,
        "envelope": envelope,
        "evidence": files,
        "blobs": [envelope_sha256, *one.files],
        "label": None,
        "state": "waiting",
        "finished_at": moment,
        "changed_at": moment,
        "tries": 0,
        "receipt": None,
        "receipt_at": None,
        "missing": [],
        "code": None,
        "handed_in": False,
    }


def fill(page: Page, interviews: list[Sealed]) -> None:
    """The phone holds them as if they had been finished on it."""
    for one in interviews:
        key = hashlib.sha256(one.envelope).hexdigest()
        blobs = {key: one.envelope} | one.files
        written = [[name, base64.b64encode(content).decode()] for name, content in blobs.items()]
        page.evaluate(FINISHED, {"entry": entry_of(one, key), "blobs": written})


class Watched:
    """The process that shows the app."""

    def __init__(self, browser: Browser, page: Page) -> None:
        self.page, self.session = page, page.context.new_cdp_session(page)
        self.system: CDPSession = browser.new_browser_cdp_session()

    def memory(self) -> float:
        """MB of the largest renderer, shared parts divided."""
        told = self.system.send("SystemInfo.getProcessInfo")["processInfo"]
        return max(pss_mb(one["id"]) for one in told if one["type"] == "renderer")

    def say(self, what: str) -> None:
        """One line of the table, after a collection."""
        self.session.send("HeapProfiler.collectGarbage")
        heap = float(self.page.evaluate("() => performance.memory.usedJSHeapSize / 1048576"))
        print(f"{what:44}heap {heap:6.1f} MB   process {self.memory():6.1f} MB", flush=True)


def measure(stage: Stage, browser: Browser) -> None:
    """The whole table."""
    patterns = making.patterns(stage.phone)
    places = stage.households(COUNT)
    finished = [
        making.interview(stage.phone, patterns[n % making.PATTERNS], place, with_files=True)
        for n, place in enumerate(places)
    ]
    volunteer = Volunteer(browser.new_context(**PHONE), stage.server.address)
    page = volunteer.page
    page.set_default_timeout(60_000)
    page.goto(f"{stage.server.address}/sign-in?next=/app/")
    page.locator("#username").fill("mali")
    page.locator("#password").fill(world.PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).tap()
    volunteer.unlock()
    expect(page.locator(".houses .house").first).to_be_visible(timeout=60_000)
    page.evaluate(CONTROLLED)
    volunteer.context.set_offline(True)
    watched = Watched(browser, page)
    watched.say("nothing held, the list open")
    fill(page, finished)
    volunteer.reload()
    expect(page.locator(".houses .house").first).to_be_visible()
    watched.say(f"{COUNT} held ({held_mb(finished):.0f} MB), the list open")
    page.evaluate(MOVE, "/app/outbox")
    page.locator(".entries li").first.wait_for()
    watched.say("the outbox open")
    send(volunteer, watched)


def held_mb(interviews: list[Sealed]) -> float:
    """Bytes of the envelopes and files."""
    sizes = (len(one.envelope) + sum(map(len, one.files.values())) for one in interviews)
    return sum(sizes) / 1048576


def send(volunteer: Volunteer, watched: Watched) -> None:
    """Everything goes out; the largest memory on the way is told."""
    volunteer.context.set_offline(False)
    begun, largest, complete = perf_counter(), 0.0, 0
    while complete < COUNT and perf_counter() - begun < PATIENCE_S:
        largest = max(largest, watched.memory())
        complete = int(volunteer.page.evaluate(STATES))
        sleep(0.2)
    seconds = perf_counter() - begun
    print(f"sent: {complete} complete in {seconds:.0f} s; process at most {largest:.1f} MB")
    watched.say("all sent")


def main() -> None:
    """Print the table."""
    stage = Stage()
    try:
        with sync_playwright() as driver, driver.chromium.launch(**LAUNCH) as browser:
            measure(stage, browser)
    finally:
        stage.close()


if __name__ == "__main__":
    main()
