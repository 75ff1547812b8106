"""What an example request is: about whom, how it is asked, and what somebody who may is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from tests.web.rights_world import AREAS, Person, Target

APP = {"Jpt-App": "test", "Sec-Fetch-Site": "same-origin"}

Asked = Callable[[Flask, Person, Target], dict[str, Any]]
Whose = Callable[[Person, Target], bool]


@dataclass(frozen=True)
class Example:
    """What is asked; `values` are the address's parts, query included, `form` a form's fields.

    `whose` says to whom the thing asked for belongs, where that is not whoever covers its area;
    `only` who of the role may ask at all.
    """

    ok: tuple[int, ...] = (200,)
    values: Asked = lambda app, person, target: {}
    about: tuple[Target, ...] = ()
    request: Callable[[Flask], dict[str, Any]] = lambda app: {}
    form: Callable[[Target], dict[str, Any]] | None = None
    signs_out: bool = False
    html: bool = False
    whose: Whose = Person.reaches
    only: Callable[[Person], bool] = lambda person: True


def area(**others: Any) -> dict[str, Any]:
    """Asked about an area by its code."""
    return {
        "about": tuple(Target(code) for code in AREAS),
        "values": lambda app, person, target: {"area": target.code, **others},
    }


def page(*ok: int, **more: Any) -> Example:
    """A page for people."""
    return Example(ok=ok or (200,), html=True, **more)


def json_of(body: dict[str, Any]) -> Callable[[Flask], dict[str, Any]]:
    """A JSON body."""
    return lambda app: {"json": body}


def form_of(**fields: Any) -> Callable[[Target], dict[str, Any]]:
    """A form that says the same about everything."""
    return lambda target: fields
