"""The phones of a benchmark: threads of one process of its own, with connections kept alive."""

from __future__ import annotations

import base64
import http.client
import json
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from tests.handset import APP, Sealed

OCTETS = {"Content-Type": "application/octet-stream"}


@dataclass(frozen=True)
class Sent:
    """What came of it: how many were done, in what time, with which answers."""

    done: int
    seconds: float
    statuses: Counter[int]
    each_ms: list[float]

    def p95(self) -> float:
        """Milliseconds within which nineteen of twenty were done."""
        return sorted(self.each_ms)[int(len(self.each_ms) * 0.95)] if self.each_ms else 0.0


class Phone:
    """One connection; counts the answers it gets."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = APP | {"Cookie": cookie}
        self.statuses: Counter[int] = Counter()

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        """The answer's body."""
        self.connection.request(method, f"/api/v1{path}", body, self.headers | headers)
        answer = self.connection.getresponse()
        self.statuses[answer.status] += 1
        return answer.read()

    def one(self, sealed: Sealed) -> None:
        """A revision, then its files."""
        folder = f"/interviews/{sealed.interview}"
        path = f"{folder}/revisions/{sealed.digest}"
        self.ask("PUT", path, sealed.envelope, sealed.headers | OCTETS)
        for digest, content in sealed.files.items():
            key = {"Jpt-Ingest-Key": sealed.key}
            told = self.ask("PUT", f"{folder}/evidence/{digest}", content, key | OCTETS)
        if sealed.files and json.loads(told)["level"] != "complete":
            self.statuses[0] += 1

    def batch(self, many: list[Sealed]) -> None:
        """Twenty revisions in one request."""
        items = [
            {
                "interview": one.interview,
                "digest": one.digest,
                "ingest_key": one.key,
                "device": one.device,
                "signature": one.signature,
                "envelope": base64.b64encode(one.envelope).decode(),
            }
            for one in many
        ]
        told = self._json("/revisions", items)
        self.statuses.update(one["status"] for one in told["items"])

    def plan(self, many: list[Sealed]) -> None:
        """Asks what the register holds of these already."""
        items = [
            {"interview": one.interview, "digest": one.digest, "evidence": list(one.files)}
            for one in many
        ]
        if any(one["needs"] for one in self._json("/plan", items)["items"]):
            self.statuses[0] += 1

    def _json(self, path: str, items: list[dict[str, Any]]) -> dict[str, Any]:
        body = json.dumps({"items": items}).encode()
        found: dict[str, Any] = json.loads(
            self.ask("POST", path, body, {"Content-Type": "application/json"})
        )
        return found


def send(port: int, cookie: str, act: str, work: list[Any], clients: int, seconds: float) -> Sent:
    """All of the work, or what could be done in the time, by a process that is forked for it."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)

    def process() -> None:
        theirs.send(_send(lambda: Phone(port, cookie), act, work, clients, seconds))

    child = fork.Process(target=process)
    child.start()
    if not ours.poll(seconds + 60):
        child.kill()
        raise RuntimeError("the phones did not come back")
    found: Sent = ours.recv()
    child.join(10)
    return found


def _send(
    phone: Callable[[], Phone], act: str, work: list[Any], clients: int, seconds: float
) -> Sent:
    """Each client takes every n-th piece of the work until the time is over."""
    begun = time.perf_counter()

    def one_client(number: int) -> tuple[Counter[int], list[float]]:
        ours, times = phone(), []
        for piece in work[number::clients]:
            started = time.perf_counter()
            if started - begun > seconds:
                break
            getattr(ours, act)(piece)
            times.append((time.perf_counter() - started) * 1000)
        return ours.statuses, times

    with ThreadPoolExecutor(clients) as pool:
        answers = list(pool.map(one_client, range(clients)))
    times = [one for _, some in answers for one in some]
    statuses = sum((one for one, _ in answers), Counter())
    return Sent(len(times), time.perf_counter() - begun, statuses, times)
