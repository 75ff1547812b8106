"""Lighthouse on the sign-in page, the home page and a question, as a phone sees them.

Home and question are looked at twice: opened, which ends at the lock, and from the PIN on.

`python -m tests.benchmarks.lighthouse` after `bin/setup test` and `bin/build`. Lighthouse itself is
installed under var/lighthouse at the first run: it is large, and no test needs it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "bin"))

from cluster import free_port  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from sqlalchemy import create_engine  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from tests import world  # noqa: E402
from tests.benchmarks.stage import BENCH, Stage  # noqa: E402
from tests.fixtures.browser import DOORSTEP, LAUNCH  # noqa: E402
from tests.fixtures.database import VAR  # noqa: E402
from tests.volunteer import PIN, Volunteer  # noqa: E402
from webapp import keys  # noqa: E402

HERE, PLACE = Path(__file__).parent, VAR / "lighthouse"
NODE = Path(sys.executable).parent
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


class SmallStage(Stage):
    """The tests' small world instead of a thousand villages."""

    def _build(self, *held: int) -> None:
        engine = create_engine(self.addresses.loader)
        with Session(engine) as session:
            world.build(session, keys.load(BENCH / "keys").secrets["pepper"])
        engine.dispose()


def install() -> None:
    """Lighthouse is under var/lighthouse, exactly as locked."""
    lock = (HERE / "package-lock.json").read_bytes()
    installed = PLACE / "installed"
    if installed.exists() and installed.read_bytes() == lock:
        return
    PLACE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, PLACE / name)
    npm = [NODE / "npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(npm, cwd=PLACE, check=True)
    installed.write_bytes(lock)


def report(address: str, port: int) -> dict[str, Any]:
    """What Lighthouse says of a page, in the browser that is signed in."""
    asked = [f"--port={port}", "--output=json", "--quiet", "--disable-storage-reset"]
    program = PLACE / "node_modules" / "lighthouse" / "cli" / "index.js"
    told = subprocess.run(
        [NODE / "node", program, address, *asked, f"--only-categories={','.join(CATEGORIES)}"],
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def behind(address: str, port: int) -> dict[str, dict[str, Any]]:
    """The same from the PIN to the page, and of the page that stands behind it."""
    asked = [HERE / "behind.mjs", PLACE, str(port), address, PIN]
    told = subprocess.run([NODE / "node", *asked], capture_output=True, cwd=ROOT, check=True)
    found: dict[str, dict[str, Any]] = json.loads(told.stdout)
    return found


def show(name: str, told: dict[str, Any]) -> None:
    """The scores, and each audit that is not perfect."""
    looked_at = [key for key in CATEGORIES if key in told["categories"]]
    scores = {key: round(100 * (told["categories"][key]["score"] or 0)) for key in looked_at}
    print(name, " ".join(f"{key} {score}" for key, score in scores.items()))
    for key in looked_at:
        for part in told["categories"][key]["auditRefs"]:
            audit = told["audits"][part["id"]]
            if audit["score"] is not None and audit["score"] < 1 and part["weight"]:
                print(f"    {key}: {part['id']} {audit['score']} {audit.get('displayValue', '')}")
                print(f"        {json.dumps(audit.get('details', {}).get('items', [])[:3])[:600]}")


def pages(mali: Volunteer) -> dict[str, str]:
    """A question, home and the sign-in page; signed in first and last."""
    mali.sign_in()
    mali.open_household("1")
    mali.tap("ยินดีให้ข้อมูล")
    mali.is_at_path("cover")
    interview = mali.page.url.rsplit("/", 1)[0]
    mali.page.goto("about:blank")  # lets go of the draft
    return {
        "interview": f"{interview}/question/s4",
        "home": f"{mali.address}/app/home",
        "sign-in": f"{mali.address}/sign-in",
    }


def main() -> None:
    """Installs, measures, prints."""
    install()
    stage, port = SmallStage(), free_port()
    launch = LAUNCH | {"args": [*LAUNCH["args"], f"--remote-debugging-port={port}"]}
    try:
        with sync_playwright() as driver, TemporaryDirectory() as profile:
            context = driver.chromium.launch_persistent_context(profile, **launch, **DOORSTEP)
            mali = Volunteer(context, stage.server.address)
            for name, address in pages(mali).items():
                if name == "sign-in":
                    context.clear_cookies()
                show(name, report(address, port))
                if name != "sign-in":
                    for way, told in behind(address, port).items():
                        show(f"{name} behind the PIN, {way}", told)
            context.close()
    finally:
        stage.close()


if __name__ == "__main__":
    main()
