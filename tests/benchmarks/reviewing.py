"""What a day of review costs on a large register: `python tests/benchmarks/reviewing.py`.

A program, not a test. It works on the database that the JPT_* variables name, which holds the
demo's cast and mass interviews, as inspector, province and department. Figures are the
server's time of a whole request in this process: guard, queries, page. Each interview that is
accepted is taken back, so that the database says the same afterwards.
"""

from __future__ import annotations

import gc
import os
import re
import sys
import time
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bin"))

from tests import cast  # noqa: E402
from tests.benchmarks.office import quiet  # noqa: E402
from tests.officer import OURS  # noqa: E402
from webapp import create_app  # noqa: E402
from webapp.config import Config  # noqa: E402

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from webapp.demo.cast import Person

LIST = "/office/review"
ROUNDS, INTERVIEWS = 20, 60
WHO = {"inspector": cast.ORAWAN, "province": cast.ANAN, "department": cast.CHALERM}
KINDS = (
    "any",
    "nothing",
    "hard",
    "soft",
    "explained",
    "evidence",
    "finding",
    "conflict",
    "outcome",
)
SECONDS_A_DAY = 8 * 3600


def p95(spent: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    cuts = quantiles(spent, n=20)
    return f"median {cuts[9]:6.1f} ms   p95 {cuts[18]:6.1f} ms"


def timed(client: FlaskClient, address: str, times: int = ROUNDS) -> tuple[list[float], str]:
    """The server's time for each asking, and the page of the last."""
    spent, page = [], ""
    client.get(address)
    for _ in range(times):
        began = time.perf_counter()
        answer = client.get(address)
        spent.append((time.perf_counter() - began) * 1000)
        page = answer.get_data(as_text=True)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
    return spent, page


def worklist(client: FlaskClient, who: str) -> None:
    """The list of everything, its next page, and each reason to look."""
    spent, page = timed(client, LIST)
    print(f"  {who:11} list            {p95(spent)}")
    [more] = re.findall(r'rel="next" href="([^"]+)"', page) or [""]
    if more:
        print(f"  {who:11} its next page   {p95(timed(client, more.replace('&amp;', '&'))[0])}")
    worst = [(timed(client, f"{LIST}?kind={kind}", 8)[0], kind) for kind in KINDS]
    for spent, kind in worst:
        print(f"  {who:11} {kind:15} {p95(spent)}")
    print(f"  {who:11} at once         {p95(timed(client, f'{LIST}/at-once', 8)[0])}")


def narrowed(client: FlaskClient, who: str) -> None:
    """The list of the areas below, level by level, and what could be accepted at once in each."""
    area = ""
    while below := re.findall(r'<option value="(\d+)"[^>]*>– ', client.get(area or LIST).text):
        for name, page in ((f"{len(below[0])} digits", LIST), ("… at once", f"{LIST}/at-once")):
            each = [timed(client, f"{page}?area={code}", 2)[0] for code in below[:8]]
            print(f"  {who:11} {name:15} {p95([one for many in each for one in many])}")
        area = f"{LIST}?area={below[0]}"


def day(client: FlaskClient) -> None:
    """Interview after interview: opened, accepted, the next one opened, as the page does it."""
    page = client.get(f"{LIST}?kind=outcome").text  # the first of all may be conflicts alone
    address = re.findall(rf'href="({LIST}/[0-9a-f-]{{36}}[^"]*)"', page)[0].replace("&amp;", "&")
    opened, decided, accepted = [], [], []
    for _ in range(INTERVIEWS):
        began = time.perf_counter()
        page = client.get(address, headers={"Sec-Fetch-Dest": "empty"}).get_data(as_text=True)
        opened.append((time.perf_counter() - began) * 1000)
        digest = re.findall(r'data-digest="(\w+)"', page)[0]
        began = time.perf_counter()
        headers = OURS | {"Accept": "application/json"}
        path, _, asked = address.partition("?")
        answer = client.post(f"{path}/accept?{asked}", data={"digest": digest}, headers=headers)
        if answer.status_code == 200:
            decided.append((time.perf_counter() - began) * 1000)
            accepted.append((path, digest))
            address = answer.get_json()["next"]
        else:  # a conflict is settled at its own desk: on to the next
            address = re.findall(r'data-next="([^"]+)"', page)[0].replace("&amp;", "&")
    for done, digest in accepted:
        form = {"digest": digest, "reason": "การวัดความเร็ว"}
        client.post(f"{done}/withdraw", data=form, headers=OURS | {"Accept": "application/json"})
    print(f"  opened one      {p95(opened)}")
    print(f"  accepted one    {p95(decided)}   ({len(accepted)} of {INTERVIEWS})")
    spent = (sum(opened) / len(opened) + sum(decided) / len(decided)) / 1000
    print(f"  server time of 1,000 interviews: {1000 * spent:.0f} s of a day's {SECONDS_A_DAY} s")
    print("  keys: accepted 1 (A); returned for what fails 3 (C, R, Ctrl+Enter); undone 1 (U)")


def signed_in(person: Person) -> FlaskClient:
    """Their browser, without a screen."""
    client = APP.test_client()
    if cast.sign_in(client, person).status_code != 302:
        raise RuntimeError(f"{person.username} could not sign in")
    return client


APP = create_app(Config.from_environment({**os.environ, "JPT_TESTING": "1"}))


def main() -> None:
    """Prints the figures."""
    with quiet():
        clients = {name: signed_in(person) for name, person in WHO.items()}
    gc.collect()
    gc.freeze()
    for name, client in clients.items():
        with quiet():
            worklist(client, name)
            narrowed(client, name)
    print("a day of the inspector")
    with quiet():
        day(clients["inspector"])


if __name__ == "__main__":
    main()
