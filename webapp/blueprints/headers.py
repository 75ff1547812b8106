"""Security headers on every answer, and one log line a request without anything personal."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

from webapp.blueprints import access
from webapp.config import Config

PAGE = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' blob: data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "media-src": "blob:",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}
APP_SCRIPTS = {"script-src": "'self' 'wasm-unsafe-eval'"}
"""Argon2 on the phone is WebAssembly; nothing else is evaluated."""
PHONE = ("pwa.shell", "static")
"""The shell, and the files a worker of it is made from: those have a policy of their own."""
TRUSTED_TYPES = {"require-trusted-types-for": "'script'", "trusted-types": "default lit-html jpt"}
API = "default-src 'none'; frame-ancestors 'none'; sandbox"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
}
TLS = "max-age=63072000; includeSubDomains"


def install(app: Flask, config: Config) -> None:
    """Every answer carries the headers; every request leaves one line in the log."""
    page = _joined(PAGE | TRUSTED_TYPES | _tls(config))
    phone = _joined(PAGE | APP_SCRIPTS | TRUSTED_TYPES | _tls(config))
    map_page = _joined(_for_map(config) | _tls(config))

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _finish(response: Response) -> Response:
        response.headers.update(FIXED)
        bare = request.path.startswith("/api/") or request.endpoint == "interviews.evidence"
        policy = API if bare else page
        policy = map_page if request.endpoint == "map.page" else policy
        policy = phone if request.endpoint in PHONE else policy
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Cache-Control", "no-store")
        if config.behind_tls:
            response.headers["Strict-Transport-Security"] = TLS
        _log(response)
        return response


def _for_map(config: Config) -> dict[str, str]:
    """MapLibre makes its own worker and needs no Trusted Types; tiles may come from elsewhere."""
    policy = dict(PAGE)
    policy["worker-src"] = "'self' blob:"
    if config.basemap_tile_url:
        origin = "/".join(config.basemap_tile_url.split("/")[:3])
        policy["img-src"] += f" {origin}"
        policy["connect-src"] += f" {origin}"
    return policy


def _tls(config: Config) -> dict[str, str]:
    return {"upgrade-insecure-requests": ""} if config.behind_tls else {}


def _joined(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}".strip() for name, value in policy.items())


def _log(response: Response) -> None:
    """Route template, not address: ids and names stay out of the log."""
    spent = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
    line = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code,
        "ms": round(spent, 1),
        "role": access.role().value,
        "in": request.content_length or 0,
    }
    sys.stderr.write(json.dumps(line) + "\n")
