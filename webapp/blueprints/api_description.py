"""The OpenAPI document of the phone's API; a test keeps it equal to the routes."""

from __future__ import annotations

from typing import Any

from webapp.config import VERSION

UUID_TEXT = {"type": "string", "format": "uuid"}
DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
OCTETS = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "retry"],
    "properties": {
        name: {"type": "string"} for name in ("type", "title", "detail", "code", "retry")
    }
    | {"status": {"type": "integer"}},
}
RECEIPT = {
    "type": "object",
    "required": ["receipt", "level"],
    "properties": {
        "receipt": {"type": ["string", "null"]},
        "level": {"enum": ["custody", "data", "complete", None]},
        "missing": {"type": "array", "items": DIGEST},
    },
}
TEXT = {"type": "string", "minLength": 1}
PLANNED = {
    "type": "object",
    "required": ["interview", "digest", "evidence"],
    "properties": {
        "interview": UUID_TEXT,
        "digest": DIGEST,
        "evidence": {"type": "array", "maxItems": 12, "items": DIGEST},
    },
}
SEALED = {
    "type": "object",
    "required": ["interview", "digest", "ingest_key", "device", "signature", "envelope"],
    "properties": {
        "interview": UUID_TEXT,
        "digest": DIGEST,
        "ingest_key": TEXT | {"maxLength": 100},
        "device": UUID_TEXT,
        "signature": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
        "envelope": TEXT | {"contentEncoding": "base64", "maxLength": 2 * 256 * 1024},
    },
}
DEVICE = {
    "type": "object",
    "required": ["id", "public_key"],
    "properties": {
        "id": UUID_TEXT,
        "name": {"type": "string"},
        "public_key": {
            "type": "object",
            "required": ["kty", "crv", "x", "y"],
            "properties": {"kty": {"const": "EC"}, "crv": {"const": "P-256"}}
            | {name: {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"} for name in "xy"},
        },
    },
}
VAULT_KEY = {
    "type": "object",
    "required": ["device", "ingest_key", "sealed"],
    "properties": {
        "device": UUID_TEXT,
        "ingest_key": {"type": "string", "minLength": 1, "maxLength": 100},
        "sealed": {"type": "string", "minLength": 1, "maxLength": 400},
    },
}
PUBLIC_KEY = {
    "type": "object",
    "required": ["public_key"],
    "properties": {"public_key": {"type": "string", "minLength": 1, "maxLength": 100}},
}
SIZES = {
    "type": "string",
    "pattern": "^[1-9][0-9]{0,6}(,[1-9][0-9]{0,6}){0,12}$",
    "description": "Bytes of each part of the body in order: the sealed interview, then its files.",
}
APP = {"name": "Jpt-App", "in": "header", "required": True, "schema": {"type": "string"}}


READ_NOTICES: dict[str, Any] = {
    "type": "object",
    "required": ["notices"],
    "properties": {"notices": {"type": "array", "maxItems": 200, "items": {"type": "integer"}}},
}


REPLY: dict[str, Any] = {
    "type": "object",
    "required": ["id", "finding", "text"],
    "properties": {
        "id": UUID_TEXT,
        "finding": {"type": "integer", "minimum": 1},
        "text": TEXT | {"maxLength": 750, "pattern": "\\S"},
    },
}
RETURNED: dict[str, Any] = {
    "type": "object",
    "required": ["interview", "decision", "kind", "comments", "answers", "base", "number"],
    "properties": {
        "interview": UUID_TEXT,
        "household": UUID_TEXT,
        "decision": {"type": "integer"},
        "kind": {"enum": ["returned", "evidence_again"]},
        "reason": {"type": "string"},
        "deadline": {"type": ["string", "null"], "format": "date"},
        "comments": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["about", "comment"],
                "properties": {"about": {"type": "string"}, "comment": {"type": "string"}},
            },
        },
        "answers": {"type": "object"},
        "numbers": {"type": "array", "items": {"type": "string"}},
        "base": {"type": "array", "items": DIGEST},
        "number": {"type": "integer", "minimum": 1},
    },
}
CARD: dict[str, Any] = {
    "type": "object",
    "required": ["counts", "returns", "findings"],
    "properties": {
        "counts": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
        "returns": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
        "findings": {
            "type": "array",
            "items": {"type": "object", "required": ["id", "code", "state", "th", "replies"]},
        },
    },
}
FORUM_HOUSE = {
    "type": "object",
    "required": ["id", "place", "stratum", "reserve", "house_number", "head_name", "state", "own"],
    "properties": {"id": UUID_TEXT, "state": TEXT},
}
FORUMS: dict[str, Any] = {
    "type": "object",
    "required": ["forums"],
    "properties": {
        "forums": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "round", "village", "notice", "questions", "houses"],
                "properties": {"houses": {"type": "array", "items": FORUM_HOUSE}},
            },
        }
    },
}
CHANGES: dict[str, Any] = {
    "type": "object",
    "required": ["cursor", "more", "households", "villages", "returned", "open_returns"],
    "properties": {
        "cursor": {"type": "string"},
        "more": {"type": "boolean"},
        "settled": {"type": "boolean"},
        "returned": {"type": "array", "items": RETURNED},
        "open_returns": {"type": "array", "items": UUID_TEXT},
    },
}


def document() -> dict[str, Any]:
    """The whole description, OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ทะเบียนกลาง จปฐ.",
            "version": VERSION,
            "description": "Phone to register. Every call may be repeated; receipts are JWS.",
        },
        "paths": _paths(),
        "components": {
            "schemas": {"Problem": PROBLEM, "Receipt": RECEIPT},
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "__Host-jpt"},
                "handIn": {"type": "apiKey", "in": "header", "name": "Authorization"},
            },
        },
        "security": [{"session": []}, {"handIn": []}],
    }


def _paths() -> dict[str, Any]:
    hello = {
        "type": "object",
        "required": ["nonce", "device"],
        "properties": {
            "nonce": {"type": "string", "minLength": 1, "maxLength": 100},
            "device": DEVICE,
        },
    }
    headers = [_header("Jpt-Ingest-Key"), _header("Jpt-Device"), _header("Jpt-Signature")]
    interview = _path("interview", UUID_TEXT)
    after = {"name": "after", "in": "query", "required": False, "schema": {"type": "string"}}
    return {
        "/api/v1/hello": {"post": _operation("hello", body=_json(hello))},
        "/api/v1/plan": {"post": _operation("plan", body=_json(_items(PLANNED, 50)))},
        "/api/v1/revisions": {"post": _operation("postRevisions", body=_json(_items(SEALED, 20)))},
        "/api/v1/interviews/{interview}/revisions/{digest}": {
            "put": _operation(
                "putRevision", [interview, _path("digest", DIGEST), *headers], OCTETS, RECEIPT
            )
        },
        "/api/v1/interviews/{interview}/whole/{digest}": {
            "put": _operation(
                "putWhole",
                [interview, _path("digest", DIGEST), *headers, _header("Jpt-Parts", SIZES)],
                OCTETS,
                RECEIPT,
            )
        },
        "/api/v1/interviews/{interview}/evidence/{digest}": {
            "put": _operation(
                "putEvidence", [interview, _path("digest", DIGEST), headers[0]], OCTETS, RECEIPT
            )
        },
        "/api/v1/vault-keys/{vault}": {
            "put": _operation("keepVaultKey", [_path("vault", UUID_TEXT)], _json(VAULT_KEY))
        },
        "/api/v1/vault-keys/{vault}/hand-back": {
            "post": _operation("handBackVaultKey", [_path("vault", UUID_TEXT)], _json(PUBLIC_KEY))
        },
        "/api/v1/standing": {"get": _operation("standing")},
        "/api/v1/changes": {"get": _operation("changes", [after], answer=CHANGES)},
        "/api/v1/boundaries/{code}": {
            "get": _operation("boundary", [_path("code", {"type": "string", "maxLength": 12})])
        },
        "/api/v1/notices": {"get": _operation("notices")},
        "/api/v1/notices/read": {"post": _operation("readNotices", body=_json(READ_NOTICES))},
        "/api/v1/openapi.json": {"get": _operation("openapi")},
    } | _own_work()


def _own_work() -> dict[str, Any]:
    replies = _operation("replyToFindings", body=_json(_items(REPLY, 20)))
    return {
        "/api/v1/forums": {"get": _operation("forums", answer=FORUMS)},
        "/api/v1/card": {"get": _operation("card", answer=CARD)},
        "/api/v1/card/replies": {"post": replies},
    }


def _operation(
    name: str,
    parameters: list[dict[str, Any]] | None = None,
    body: dict[str, Any] | None = None,
    answer: dict[str, Any] | None = None,
) -> dict[str, Any]:
    content = {"application/json": {"schema": answer or {"type": "object"}}}
    problem = {"application/problem+json": {"schema": PROBLEM}}
    told = {status: {"description": "ok", "content": content} for status in ("200", "201", "202")}
    told["default"] = {"description": "problem", "content": problem}
    found: dict[str, Any] = {"operationId": name, "responses": told}
    found["parameters"] = [*(parameters or []), *([APP] if body else [])]
    if body:
        found["requestBody"] = {"required": True, "content": body}
    return found


def _items(schema: dict[str, Any], most: int) -> dict[str, Any]:
    items = {"type": "array", "maxItems": most, "items": schema}
    return {"type": "object", "required": ["items"], "properties": {"items": items}}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _path(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _header(name: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "schema": schema or {"type": "string"}}
