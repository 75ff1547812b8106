"""The menu of the back office: what this person may open, from the policy table."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from webapp.blueprints import access
from webapp.domain import policy
from webapp.domain.actors import Role


@dataclass(frozen=True)
class Entry:
    """One line of the menu: the text's key, its address, whether it is the page shown."""

    text: str
    address: str
    is_here: bool


PLACES = {
    "office.front": "office.front",
    "review.worklist": "office.review",
    "people.worklist": "office.people",
    "orders.listed": "office.orders",
    "assignments.villages": "office.assignments",
    "exports.volunteers": "office.exports",
    "map.page": "office.map",
    "progress.page": "office.progress",
    "conflicts.listed": "office.conflicts",
    "quality.page": "office.quality",
    "forum.listed": "office.forum",
    "screening.listed": "office.screening",
    "plan.page": "office.plan",
    "notices.listed": "office.notices",
    "areas.listed": "office.areas",
    "audit.listed": "office.audit",
    "me.page": "office.me",
}
"""Endpoint to text; a blueprint that is not mounted has no line."""


def entries() -> list[Entry]:
    """What the asker may open, in the table's order; nothing for a volunteer or a stranger."""
    role = access.role()
    if role in (Role.ANONYMOUS, Role.VOLUNTEER):
        return []
    return [
        Entry(text, url_for(endpoint), _is_here(endpoint))
        for endpoint, text in PLACES.items()
        if endpoint in current_app.view_functions and policy.ROUTES[endpoint].allows(role)
    ]


def _is_here(endpoint: str) -> bool:
    """The page itself, or one of the same blueprint."""
    return (request.endpoint or "").split(".")[0] == endpoint.split(".")[0]


def install(app: Flask) -> None:
    """Every template can ask for the menu."""
    app.jinja_env.globals["office_menu"] = entries
