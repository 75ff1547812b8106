"""The blueprints of the application, in one list."""

from webapp.blueprints import (
    audit,
    auth,
    entry,
    first,
    hello,
    interviews,
    language,
    me,
    office,
    pages,
    people,
    plan,
    proof,
    pwa,
    register,
    second,
    vault,
)
from webapp.blueprints import map as map_page

BLUEPRINTS = (
    pages.bp,
    auth.bp,
    language.bp,
    pwa.bp,
    hello.bp,
    map_page.bp,
    interviews.bp,
    office.bp,
    register.bp,
)
    people.bp,
    audit.bp,
    plan.bp,
