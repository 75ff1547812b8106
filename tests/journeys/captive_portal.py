"""A café's Wi-Fi: whatever is asked, it answers 200 with its own page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<!doctype html><title>Wi-Fi</title><h1>captive portal: please accept</h1>"


class Portal(BaseHTTPRequestHandler):
    """Every method, every address, one answer."""

    asked: list[str]

    def answer(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    do_GET = do_POST = do_PUT = do_HEAD = answer  # noqa: N815 (the library's names)

    def log_message(self, format: str, *values: object) -> None:
        """Nothing is logged."""


@contextmanager
def portal(port: int) -> Iterator[list[str]]:
    """It stands where the register stood, until the block ends; gives what it was asked."""
    asked: list[str] = []
    handler = type("ThisPortal", (Portal,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield asked
        finally:
            server.shutdown()
