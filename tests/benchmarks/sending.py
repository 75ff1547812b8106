"""The phones of a benchmark: threads of one process of its own, with connections kept alive."""

from __future__ import annotations

import json
import multiprocessing
import socket
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from tests.handset import APP, Sealed

OCTETS = {"Content-Type": "application/octet-stream"}
JSON = {"Content-Type": "application/json"}
NOT_DONE = 0
"""Stands among the statuses for an interview that was not finished by its last answer."""


@dataclass(frozen=True)
class Sent:
    """What came of it: how many were done, in what time, with which answers, and our own CPU."""

    done: int
    seconds: float
    statuses: Counter[int]
    each_ms: list[float]
    cpu_ms: float

    def p95(self) -> float:
        """Milliseconds within which nineteen of twenty were done."""
        return sorted(self.each_ms)[int(len(self.each_ms) * 0.95)] if self.each_ms else 0.0


class Phone:
    """One connection; counts the answers it gets. It speaks HTTP by hand, to cost little itself."""

    def __init__(self, port: int, cookie: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.headers = APP | {"Host": f"localhost:{port}", "Cookie": cookie}
        self.statuses: Counter[int] = Counter()

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        """The answer's body."""
        lines = [f"{method} /api/v1{path} HTTP/1.1", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in (self.headers | headers).items()]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.socket.sendall(body)
        status, answer = self._answer()
        self.statuses[status] += 1
        return answer

    def _answer(self) -> tuple[int, bytes]:
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            if not (more := self.socket.recv(65536)):
                raise ConnectionError("the register hung up")
            received += more
        head = received[:end].lower()
        length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        body = received[end + 4 :]
        while len(body) < length:
            body += self.socket.recv(65536)
        return int(head[9:12]), body

    def whole(self, sealed: Sealed) -> None:
        """A revision with its files, as a phone sends it that has coverage."""
        parts = [sealed.envelope, *sealed.files.values()]
        sizes = {"Jpt-Parts": ",".join(str(len(part)) for part in parts)}
        path = f"/interviews/{sealed.interview}/whole/{sealed.digest}"
        told = self.ask("PUT", path, b"".join(parts), sealed.headers | sizes | OCTETS)
        self.statuses[NOT_DONE] += b'"complete"' not in told

    def one(self, sealed: Sealed) -> None:
        """A revision, then its files, as after a try that failed."""
        folder = f"/interviews/{sealed.interview}"
        path = f"{folder}/revisions/{sealed.digest}"
        told = self.ask("PUT", path, sealed.envelope, sealed.headers | OCTETS)
        for digest, content in sealed.files.items():
            key = {"Jpt-Ingest-Key": sealed.key}
            told = self.ask("PUT", f"{folder}/evidence/{digest}", content, key | OCTETS)
        self.statuses[NOT_DONE] += b'"complete"' not in told

    def batch(self, many: list[Sealed]) -> None:
        """Twenty revisions in one request."""
        items = [one.item for one in many]
        told = self._json("/revisions", items)
        self.statuses.update(one["status"] for one in told["items"])

    def plan(self, many: list[Sealed]) -> None:
        """Asks what the register holds of these already."""
        items = [
            {"interview": one.interview, "digest": one.digest, "evidence": list(one.files)}
            for one in many
        ]
        told = self._json("/plan", items)["items"]
        self.statuses[NOT_DONE] += sum(one["needs"] is not None for one in told)

    def _json(self, path: str, items: list[dict[str, Any]]) -> dict[str, Any]:
        body = json.dumps({"items": items}).encode()
        found: dict[str, Any] = json.loads(self.ask("POST", path, body, JSON))
        return found


def send(port: int, cookie: str, act: str, work: list[Any], clients: int, seconds: float) -> Sent:
    """All of the work, or what could be done in the time, by a process that is forked for it."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)

    def process() -> None:
        theirs.send(_send(lambda: Phone(port, cookie), act, work, clients, seconds))

    child = fork.Process(target=process)
    child.start()
    if not ours.poll(seconds + 90):
        child.kill()
        raise RuntimeError("the phones did not come back")
    found: Sent = ours.recv()
    child.join(10)
    return found


def _send(
    phone: Callable[[], Phone], act: str, work: list[Any], clients: int, seconds: float
) -> Sent:
    """Each client takes every n-th piece of the work until the time is over."""
    begun, cpu = time.perf_counter(), time.process_time()

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
    spent, cpu = time.perf_counter() - begun, (time.process_time() - cpu) * 1000
    times = [one for _, some in answers for one in some]
    statuses = sum((one for one, _ in answers), Counter())
    return Sent(len(times), spent, statuses, times, cpu)
