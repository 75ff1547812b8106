"""A form sent again after a lost answer makes nothing twice: what it makes has an id of its own.

The id comes of the page's (made when it was rendered), of who sends it and of all that was sent. So
it cannot be chosen, and a page that was gone back to and changed is another thing, not lost.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from uuid import UUID, uuid4

from flask import Flask, request
from werkzeug.datastructures import FileStorage

from webapp.blueprints.people_view import secrets
from webapp.domain.actors import Actor

FIELD = "request_id"
"""The hidden box of `parts.made_once()`."""


def id_of(actor: Actor) -> UUID:
    """The id of what the form makes; a new one each time where its page gave none."""
    if not request.form.get(FIELD):
        return uuid4()
    typed = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
    files = [
        (name, one.filename, _digest(one))
        for name, several in request.files.lists()
        for one in several
    ]
    sent = json.dumps([request.path, str(actor.account), typed, files]).encode()
    made = hmac.digest(secrets()["blind_index"], b"form " + sent, "sha256")
    return UUID(bytes=made[:16], version=4)


def install(app: Flask) -> None:
    """Every page can give a form an id."""
    app.jinja_env.globals["request_id"] = lambda: str(uuid4())


def _digest(file: FileStorage) -> str:
    """Of the whole file, which can be read from its beginning afterwards."""
    digest = hashlib.sha256()
    while piece := file.stream.read(64 * 1024):
        digest.update(piece)
    file.stream.seek(0)
    return digest.hexdigest()
