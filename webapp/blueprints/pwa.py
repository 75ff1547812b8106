"""The installable app: its shell, its worker with the list of kept files in front, its manifest."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from webapp.assets import DIST, Assets
from webapp.config import VERSION
from webapp.domain import questionnaire
from webapp.domain.problems import Problem

bp = Blueprint("pwa", __name__)

IMAGES = Path(__file__).parent.parent / "static" / "img"
ICONS = ("icon-192.png", "icon-512.png", "maskable-512.png")
YEAR = "public, max-age=31536000, immutable"


@bp.get("/app/")
@bp.get("/app/<path:rest>")
def shell(rest: str = "") -> Response:
    """The volunteer's app; the same bytes at every address below it, and nothing personal."""
    return Response(_shell(), headers={"Cache-Control": "no-cache"}, mimetype="text/html")


@bp.get("/service-worker.js")
def service_worker() -> Response:
    """The worker; any changed file of the app changes its bytes, so that browsers notice."""
    files = _kept()
    version = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:16]
    front = f"self.KEPT={json.dumps(files)};self.VERSION={json.dumps(version)};"
    front += f"self.APP={json.dumps(VERSION)};\n"
    body = front + (DIST / "service-worker.js").read_text(encoding="utf-8")
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return Response(body, headers=headers, mimetype="text/javascript")


@bp.get("/manifest.webmanifest")
def manifest() -> Response:
    """How the app presents itself when it is installed."""
    response = jsonify(_manifest())
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/questionnaires/<version>/<digest>.json", endpoint="questionnaire")
def published(version: str, digest: str) -> ResponseReturnValue:
    """A version's exact bytes; the address names their digest, so they may be kept for ever."""
    if not questionnaire.exists(version) or questionnaire.digest(version) != digest:
        raise Problem("not-found")
    headers = {"Cache-Control": YEAR}
    return Response(questionnaire.content(version), headers=headers, mimetype="application/json")


def _shell() -> str:
    return render_template("pwa/app.html", version=VERSION)


def _kept() -> list[dict[str, str]]:
    """Everything the app needs with no network: the shell, the built files, icons and manifest."""
    built: Assets = current_app.extensions["assets"]
    manifest_text = jsonify(_manifest()).get_data()
    own = {"/app/": _digest(_shell().encode()), "/manifest.webmanifest": _digest(manifest_text)}
    own |= {f"/static/img/{name}": _image_digest(name) for name in (*ICONS, "apple-touch-icon.png")}
    return [{"url": url, "digest": digest} for url, digest in own.items()] + built.kept


def _manifest() -> dict[str, Any]:
    return {
        "id": "/app/",
        "name": "จปฐ. เก็บข้อมูลครัวเรือน",
        "short_name": "จปฐ.",
        "description": "สัมภาษณ์ครัวเรือนได้แม้ไม่มีสัญญาณ แล้วส่งเข้าทะเบียนกลางเมื่อมีสัญญาณ",
        "lang": "th",
        "dir": "ltr",
        "start_url": "/app/",
        "scope": "/",
        "display": "standalone",
        "orientation": "any",
        "background_color": "#ffffff",
        "theme_color": "#00539c",
        "categories": ["government", "productivity"],
        "icons": [
            _icon("icon-192.png", 192),
            _icon("icon-512.png", 512),
            _icon("maskable-512.png", 512) | {"purpose": "maskable"},
        ],
        "screenshots": _screenshots(),
        "shortcuts": [
            {"name": "ครัวเรือนของฉัน", "url": "/app/home"},
            {"name": "กล่องรอส่ง", "url": "/app/outbox"},
        ],
    }


def _icon(name: str, size: int) -> dict[str, str]:
    return {"src": f"/static/img/{name}", "sizes": f"{size}x{size}", "type": "image/png"}


def _screenshots() -> list[dict[str, str]]:
    """Pictures of the real app, made by the journeys."""
    pictures = {
        "screenshot-phone.png": ("360x740", "narrow"),
        "screenshot-desk.png": ("1366x768", "wide"),
    }
    return [
        {"src": f"/static/img/{name}", "sizes": size, "type": "image/png", "form_factor": form}
        for name, (size, form) in pictures.items()
        if (IMAGES / name).exists()
    ]


@cache
def _image_digest(name: str) -> str:
    return _digest((IMAGES / name).read_bytes())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
