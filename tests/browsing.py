"""A client of the served application that a test can use as it uses Flask's own."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status_code: int
    headers: dict[str, str]
    data: bytes

    @property
    def location(self) -> str | None:
        return self.headers.get("Location")

    @property
    def text(self) -> str:
        return self.data.decode()

    def get_data(self, *, as_text: bool) -> str | bytes:
        return self.text if as_text else self.data

    def get_json(self) -> Any:
        return json.loads(self.data)


class Client:
    """One person's cookies; every request has a connection of its own."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, SimpleCookie()

    def get(self, path: str, **more: Any) -> Answer:
        return self._ask("GET", path, None, more.get("headers", {}))

    def post(self, path: str, **more: Any) -> Answer:
        return self._send("POST", path, **more)

    def put(self, path: str, **more: Any) -> Answer:
        return self._send("PUT", path, **more)

    def _send(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        data: Any = None,
        headers: dict[str, str] | None = None,
        content_type: str = "application/x-www-form-urlencoded",
    ) -> Answer:
        body, kind = _body(json, data, content_type)
        return self._ask(method, path, body, {"Content-Type": kind} | (headers or {}))

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        sent = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, body, {"Cookie": sent} | headers)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    self.cookies.load(value)
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()


def _body(found: Any, data: Any, content_type: str) -> tuple[bytes, str]:
    if found is not None:
        return json.dumps(found).encode(), "application/json"
    return (data if isinstance(data, bytes) else urlencode(data or {}).encode()), content_type
