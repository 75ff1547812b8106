"""Our own files as small as the browser takes them: packed when the client is built, or once here.

Only what is the same for everybody is packed; an answer about people is not.
"""

from __future__ import annotations

import gzip
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request, send_from_directory
from flask.typing import ResponseReturnValue

PACKINGS = (("br", ".br"), ("gzip", ".gz"))
"""What a browser calls it and how the build names it, the smaller one first."""

WHOLE = frozenset({"pwa.shell", "pwa.service_worker", "pwa.manifest", "pwa.questionnaire"})
"""Answers that nobody's sign-in changes, by endpoint."""

YEAR = "public, max-age=31536000, immutable"


def install(app: Flask) -> None:
    """Static files are sent packed where the build has them so; the shell's answers are packed."""
    folder = Path(app.static_folder or "")

    def static(filename: str) -> ResponseReturnValue:
        return _static(folder, filename)

    app.view_functions["static"] = static
    app.after_request(_pack)


def _static(folder: Path, filename: str) -> Response:
    encoding, suffix = _packing(folder, filename)
    kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    response = send_from_directory(folder, f"{filename}{suffix}", mimetype=kind)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.vary.add("Accept-Encoding")
    if filename.startswith("dist/") and "-" in filename:
        response.headers["Cache-Control"] = YEAR  # the name holds the digest of the content
    return response


def _packing(folder: Path, filename: str) -> tuple[str, str]:
    """The best packing that the browser takes and the build made; none, where there is none."""
    for encoding, suffix in PACKINGS:
        if encoding in request.accept_encodings and (folder / f"{filename}{suffix}").is_file():
            return encoding, suffix
    return "", ""


def _pack(response: Response) -> Response:
    if request.endpoint not in WHOLE or response.status_code != 200 or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    if "gzip" in request.accept_encodings and "Content-Encoding" not in response.headers:
        response.set_data(_packed(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=16)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
